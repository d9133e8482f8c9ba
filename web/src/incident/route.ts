import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseTimelineSearch } from './timelineSearch.ts';

export const incidentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/incidents/$number',
  validateSearch: parseTimelineSearch,
  component: lazyRouteComponent(() => import('./IncidentScreen.tsx'), 'IncidentScreen'),
});
