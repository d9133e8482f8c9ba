import { useCallback } from 'react';
import { servicesRoute } from './route.ts';
import { parseServiceSearch, type ServiceSearch } from './serviceSearch.ts';

export interface ServiceControls {
  readonly search: ServiceSearch;
  /** Changes part of the address; undefined takes a part away. */
  readonly change: (patch: { readonly [K in keyof ServiceSearch]?: ServiceSearch[K] | undefined }) => void;
}

export function useServiceSearch(): ServiceControls {
  // The router lays what a route has parsed over the raw address: what was left out there would still be here.
  const search = servicesRoute.useSearch({ select: (raw) => parseServiceSearch({ ...raw }), structuralSharing: true });
  const navigate = servicesRoute.useNavigate();
  const change: ServiceControls['change'] = useCallback(
    (patch) => void navigate({ search: (before) => parseServiceSearch({ ...before, ...patch }), replace: true }),
    [navigate],
  );
  return { search, change };
}
