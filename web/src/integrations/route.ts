import { IconPlug } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';
import { freshSecret } from './freshSecret.ts';
import { parseNewSearch } from './newSearch.ts';

export const integrationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations',
  staticData: { nav: { label: 'Integrations', icon: IconPlug, goKey: 's' } },
  component: lazyRouteComponent(() => import('./IntegrationsScreen.tsx'), 'IntegrationsScreen'),
});

export const newIntegrationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations/new',
  validateSearch: parseNewSearch,
  component: lazyRouteComponent(() => import('./NewIntegrationScreen.tsx'), 'NewIntegrationScreen'),
});

export const integrationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations/$id',
  // The page says that the secret is shown only now; so it is.
  onLeave: () => freshSecret.set(null),
  component: lazyRouteComponent(() => import('./IntegrationScreen.tsx'), 'IntegrationScreen'),
});

export const mappingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations/$id/mapping',
  component: lazyRouteComponent(() => import('./mapping/MappingScreen.tsx'), 'MappingScreen'),
});
