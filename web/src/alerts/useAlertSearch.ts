import { useCallback } from 'react';
import { type AlertSearch, parseAlertSearch } from './alertSearch.ts';
import { alertsRoute } from './route.ts';

export interface AlertControls {
  readonly search: AlertSearch;
  /** Changes part of the address; undefined or an empty list takes a filter away. */
  readonly change: (patch: Record<string, unknown>) => void;
  /** Takes all filters away; the order and the alert that is open stay. */
  readonly clear: () => void;
}

/** The filters and the open alert, which live in the address and nowhere else. */
export function useAlertSearch(): AlertControls {
  // The router lays what a route has parsed over the raw address: what was left out there would still be here.
  const search = alertsRoute.useSearch({ select: (raw) => parseAlertSearch({ ...raw }), structuralSharing: true });
  const navigate = alertsRoute.useNavigate();
  const change = useCallback(
    (patch: Record<string, unknown>) =>
      void navigate({ search: (previous) => parseAlertSearch({ ...previous, ...patch }), replace: true }),
    [navigate],
  );
  const clear = useCallback(
    () => void navigate({ search: ({ sort, alert }) => parseAlertSearch({ sort, alert }), replace: true }),
    [navigate],
  );
  return { search, change, clear };
}
