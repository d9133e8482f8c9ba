import type { permissions } from '@tocsin/schema/domain/permission';
import type { ResultOf } from 'gql.tada';
import { createContext, use } from 'react';
import { graphql } from '../graphql/graphql.ts';

export const viewerFields = graphql(`
  fragment ViewerFields on Viewer {
    person {
      id
      handle
      name
      role
      timeZone
    }
    permissions
  }
`);

export type Viewer = ResultOf<typeof viewerFields>;

/** A row of the permission table. */
export type PermissionName = keyof typeof permissions;

export const ViewerContext = createContext<Viewer | null>(null);

/** Who is signed in; null until the server has said so. For what stands around the screens. */
export function useViewerIfKnown(): Viewer | null {
  return use(ViewerContext);
}

/** Who is signed in. On the screens it is always known. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error('useViewer is for components below BootGate');
  return viewer;
}

type May = (permission: PermissionName) => boolean;

export function mayOf(viewer: Viewer | null): May {
  const held = new Set(viewer?.permissions);
  return (permission) => held.has(permission);
}

/**
 * What the viewer may, everywhere or in some team: for hiding what cannot work. The server decides; where somebody may
 * it in another team only, it refuses, and says why.
 */
export function useMay(): May {
  return mayOf(useViewerIfKnown());
}
