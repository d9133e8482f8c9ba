import { useRouter } from '@tanstack/react-router';
import type { NavEntry } from './navEntry.ts';

export interface NavTarget extends NavEntry {
  readonly path: string;
}

/** The screens of the navigation, taken from the routes themselves. */
export function useNavEntries(): readonly NavTarget[] {
  const router = useRouter();
  return Object.values(router.routesById).flatMap((route) => {
    const nav = route.options.staticData?.nav;
    return nav ? [{ ...nav, path: route.fullPath }] : [];
  });
}
