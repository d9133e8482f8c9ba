import { IconRoute } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseRuleSearch } from './ruleSearch.ts';

export const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules',
  validateSearch: parseRuleSearch,
  staticData: { nav: { label: 'Rules', icon: IconRoute, goKey: 'r' } },
  component: lazyRouteComponent(() => import('./RulesScreen.tsx'), 'RulesScreen'),
});
