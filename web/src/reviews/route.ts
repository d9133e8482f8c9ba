import { IconReport } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';

export const reviewsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reviews',
  staticData: { nav: { label: 'Reviews', icon: IconReport, goKey: 'v' } },
  component: lazyRouteComponent(() => import('./ReviewsScreen.tsx'), 'ReviewsScreen'),
});

export const actionItemsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/action-items',
  component: lazyRouteComponent(() => import('./ActionItemsScreen.tsx'), 'ActionItemsScreen'),
});
