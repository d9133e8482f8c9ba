import { IconBellRinging } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseAlertSearch } from './alertSearch.ts';

export const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts',
  validateSearch: parseAlertSearch,
  staticData: { nav: { label: 'Alerts', icon: IconBellRinging, goKey: 'a' } },
  component: lazyRouteComponent(() => import('./AlertsScreen.tsx'), 'AlertsScreen'),
});
