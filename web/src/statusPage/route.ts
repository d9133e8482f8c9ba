import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../router/rootRoute.tsx';

export const statusPageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/status-page',
  component: lazyRouteComponent(() => import('./StatusPageScreen.tsx'), 'StatusPageScreen'),
});
