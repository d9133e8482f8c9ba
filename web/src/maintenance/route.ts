import { IconBellOff } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseMaintenanceSearch } from './maintenanceSearch.ts';

export const maintenanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/maintenance',
  validateSearch: parseMaintenanceSearch,
  staticData: { nav: { label: 'Maintenance', icon: IconBellOff, goKey: 'm' } },
  component: lazyRouteComponent(() => import('./MaintenanceScreen.tsx'), 'MaintenanceScreen'),
});
