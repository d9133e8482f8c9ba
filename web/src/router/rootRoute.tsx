import { createRootRoute, Link, Outlet, useMatches } from '@tanstack/react-router';
import { Shell } from '../shell/Shell.tsx';
import { NotFound } from '../ui/states.tsx';

/** The sign-in stands alone: nothing around it would work yet. */
function Root() {
  // The matches, not the address: while the way there is still loading, the screen that is left has its frame.
  const isSignIn = useMatches({ select: (matches) => matches.at(-1)?.fullPath === '/sign-in' });
  return isSignIn ? <Outlet /> : <Shell />;
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: () => (
    <NotFound title="There is no such page">
      The address may be mistyped. <Link to="/">Go to the overview</Link>
    </NotFound>
  ),
});
