import { createRouter } from '@tanstack/react-router';
import { Broken } from '../ui/states.tsx';
import { rootRoute } from './rootRoute.tsx';
import { screens } from './screens.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([...screens]),
  defaultErrorComponent: Broken,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
