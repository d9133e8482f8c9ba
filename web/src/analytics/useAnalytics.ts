import { useCallback, useMemo } from 'react';
import { useNow } from '../ui/useNow.ts';
import { type AnalyticsSearch, kpiQueryOf, parseAnalyticsSearch, periodOf } from './analyticsSearch.ts';
import type { KpiQuery } from './kpiTypes.ts';
import type { Period } from './period.ts';
import { analyticsRoute } from './route.ts';

export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface Analytics {
  readonly search: AnalyticsSearch;
  readonly period: Period;
  /** The same object for as long as it asks the same. */
  readonly query: KpiQuery;
  /** Changes part of the address; undefined or an empty list goes back to the default. */
  readonly change: (patch: Record<string, unknown>) => void;
}

/** Period and filters, which live in the address and nowhere else. */
export function useAnalytics(): Analytics {
  // The router lays what a route has parsed over the raw address: what was left out there would still be here.
  const search = analyticsRoute.useSearch({
    select: (raw) => parseAnalyticsSearch({ ...raw }),
    structuralSharing: true,
  });
  const navigate = analyticsRoute.useNavigate();
  const { from, to } = periodOf(search, useNow());
  const change = useCallback(
    (patch: Record<string, unknown>) =>
      void navigate({
        search: (previous) => parseAnalyticsSearch({ ...previous, ...patch }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return useMemo(() => {
    const period = { from, to };
    return { search, period, query: kpiQueryOf(search, period, timeZone), change };
  }, [search, from, to, change]);
}
