import { useState } from 'react';
import type { CombinedError } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useLiveEvents } from '../live/useLiveEvents.ts';
import { type Funnel, kpiQuery, kpiTicksSubscription, type KpiValue } from './analyticsQueries.ts';
import { type KpiQuery, metrics } from './kpiTypes.ts';

interface Computed {
  readonly values: readonly KpiValue[];
  readonly funnel: Funnel;
  /** Null for the first answer, which comes before the first tick. */
  readonly computedAt: string | null;
}

export interface Kpis {
  readonly data: Computed | null;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
}

/** The tiles and the funnel: asked for once, then as the server recomputes them, at most once a second. */
export function useKpis(query: KpiQuery): Kpis {
  const variables = { query, metrics: [...metrics] };
  const key = JSON.stringify(query);
  const [tick, setTick] = useState<(Computed & { readonly key: string }) | null>(null);
  const { data, error, refetch } = useLiveQuery({ query: kpiQuery, variables });
  useLiveEvents({
    query: kpiTicksSubscription,
    variables,
    onData: ({ kpiTicks: { values, funnel, computedAt } }) => setTick({ key, values, funnel, computedAt }),
  });
  const answer = data && { values: data.kpi, funnel: data.noiseFunnel, computedAt: null };
  // While the period moves on, the numbers of the one before stay on screen.
  const isCurrent = tick !== null && (tick.key === key || !answer);
  return { data: isCurrent ? tick : (answer ?? null), error, retry: refetch };
}
