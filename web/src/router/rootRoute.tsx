import { createRootRoute, Link } from '@tanstack/react-router';
import { Shell } from '../shell/Shell.tsx';
import { NotFound } from '../ui/states.tsx';

export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <NotFound title="There is no such page">
      The address may be mistyped. <Link to="/">Go to the overview</Link>
    </NotFound>
  ),
});
