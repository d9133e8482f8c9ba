import { IconPhoneCall } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';

export const onCallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/on-call',
  staticData: { nav: { label: 'On call', icon: IconPhoneCall, goKey: 'c' } },
  component: lazyRouteComponent(() => import('./OnCallScreen.tsx'), 'OnCallScreen'),
});

/** `new` for one that is not there yet. */
export const scheduleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/on-call/$schedule',
  component: lazyRouteComponent(() => import('./ScheduleScreen.tsx'), 'ScheduleScreen'),
});

export const policiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/on-call/policies',
  component: lazyRouteComponent(() => import('./PoliciesScreen.tsx'), 'PoliciesScreen'),
});

/** `new` for one that is not there yet. */
export const policyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/on-call/policies/$policy',
  component: lazyRouteComponent(() => import('./PolicyScreen.tsx'), 'PolicyScreen'),
});
