import { useCallback } from 'react';
import { type MaintenanceSearch, parseMaintenanceSearch } from './maintenanceSearch.ts';
import { maintenanceRoute } from './route.ts';

export interface MaintenanceControls {
  readonly search: MaintenanceSearch;
  /** Changes part of the address; undefined takes a part away. */
  readonly change: (patch: { readonly [K in keyof MaintenanceSearch]?: MaintenanceSearch[K] | undefined }) => void;
}

export function useMaintenanceSearch(): MaintenanceControls {
  // The router lays what a route has parsed over the raw address: what was left out there would still be here.
  const search = maintenanceRoute.useSearch({
    select: (raw) => parseMaintenanceSearch({ ...raw }),
    structuralSharing: true,
  });
  const navigate = maintenanceRoute.useNavigate();
  const change: MaintenanceControls['change'] = useCallback(
    (patch) => void navigate({ search: (before) => parseMaintenanceSearch({ ...before, ...patch }), replace: true }),
    [navigate],
  );
  return { search, change };
}
