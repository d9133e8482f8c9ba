import { useCallback } from 'react';
import { type IncidentSearch, parseIncidentSearch } from './incidentSearch.ts';
import { incidentsRoute } from './route.ts';

export interface SearchControls {
  readonly search: IncidentSearch;
  /** Changes part of the address; undefined or an empty list takes a filter away. */
  readonly change: (patch: Record<string, unknown>) => void;
  readonly clear: () => void;
}

/** The filters, which live in the address and nowhere else. */
export function useIncidentSearch(): SearchControls {
  // The router lays what a route has parsed over the raw address: what was left out there would still be here.
  const search = incidentsRoute.useSearch({
    select: (raw) => parseIncidentSearch({ ...raw }),
    structuralSharing: true,
  });
  const navigate = incidentsRoute.useNavigate();
  const change = useCallback(
    (patch: Record<string, unknown>) =>
      void navigate({ search: (previous) => parseIncidentSearch({ ...previous, ...patch }), replace: true }),
    [navigate],
  );
  const clear = useCallback(() => void navigate({ search: {}, replace: true }), [navigate]);
  return { search, change, clear };
}
