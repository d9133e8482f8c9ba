import { IconListDetails } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseIncidentSearch } from './incidentSearch.ts';

export const incidentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/incidents',
  validateSearch: parseIncidentSearch,
  staticData: { nav: { label: 'Incidents', icon: IconListDetails, goKey: 'i' } },
  component: lazyRouteComponent(() => import('./IncidentsScreen.tsx'), 'IncidentsScreen'),
});
