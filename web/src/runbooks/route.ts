import { IconListCheck } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';

export const runbooksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runbooks',
  staticData: { nav: { label: 'Runbooks', icon: IconListCheck, goKey: 'b' } },
  component: lazyRouteComponent(() => import('./RunbooksScreen.tsx'), 'RunbooksScreen'),
});

export const runbookRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runbooks/$id',
  component: lazyRouteComponent(() => import('./RunbookScreen.tsx'), 'RunbookScreen'),
});
