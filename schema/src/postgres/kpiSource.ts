import { readIncidentFacts } from './incidentFact.js';
import { completeLogRange, nextLogRange, type LogRange } from './logReader.js';
import type { Queryable } from './pool.js';

/** The row in `log_reader` of whoever writes ClickHouse. */
export const kpiReader = 'kpi';

/** Events in one range. */
export const kpiRangeLimit = 5_000;

/**
 * The log as the projection reads it, under the lock of {@link kpiReader} that `client` holds. Events and facts come
 * through `source`, which may be a snapshot.
 */
export function kpiSource(client: Queryable, source: Queryable = client, limit = kpiRangeLimit) {
  return {
    next: () => nextLogRange(client, kpiReader, limit, source),
    facts: (incidentIds: readonly number[], alertIds: readonly number[]) =>
      readIncidentFacts(source, incidentIds, alertIds),
    complete: (range: LogRange) => completeLogRange(client, kpiReader, range),
  };
}
