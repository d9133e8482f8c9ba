import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../router/rootRoute.tsx';

interface SignInSearch {
  readonly returnTo?: string;
  readonly error?: string;
}

function parseSignInSearch(raw: Readonly<Record<string, unknown>>): SignInSearch {
  const { returnTo, error } = raw;
  return {
    ...(typeof returnTo === 'string' && { returnTo }),
    ...(typeof error === 'string' && { error }),
  };
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyRouteComponent(() => import('./SignInScreen.tsx'), 'SignInScreen'),
});
