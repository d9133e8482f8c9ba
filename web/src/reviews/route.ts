import { IconReport } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseItemsSearch, parseReviewsSearch } from './lessonsSearch.ts';

export const reviewsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reviews',
  validateSearch: parseReviewsSearch,
  staticData: { nav: { label: 'Reviews', icon: IconReport, goKey: 'v' } },
  component: lazyRouteComponent(() => import('./ReviewsScreen.tsx'), 'ReviewsScreen'),
});

export const actionItemsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/action-items',
  validateSearch: parseItemsSearch,
  component: lazyRouteComponent(() => import('./ActionItemsScreen.tsx'), 'ActionItemsScreen'),
});
