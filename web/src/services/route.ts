import { IconTopologyStar3 } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { parseServiceSearch } from './serviceSearch.ts';

export const servicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/services',
  validateSearch: parseServiceSearch,
  staticData: { nav: { label: 'Services', icon: IconTopologyStar3, goKey: 'v' } },
  component: lazyRouteComponent(() => import('./ServicesScreen.tsx'), 'ServicesScreen'),
});

export const serviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/services/$name',
  component: lazyRouteComponent(() => import('./ServiceScreen.tsx'), 'ServiceScreen'),
});
