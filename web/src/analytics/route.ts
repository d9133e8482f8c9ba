import { IconChartBar } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseAnalyticsSearch } from './analyticsSearch.ts';

export const analyticsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/analytics',
  validateSearch: parseAnalyticsSearch,
  staticData: { nav: { label: 'Analytics', icon: IconChartBar, goKey: 'n' } },
  component: lazyRouteComponent(() => import('./AnalyticsScreen.tsx'), 'AnalyticsScreen'),
});
