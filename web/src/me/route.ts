import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../router/rootRoute.tsx';

export const meRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/me',
  component: lazyRouteComponent(() => import('./MeScreen.tsx'), 'MeScreen'),
});
