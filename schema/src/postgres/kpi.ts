import { noNumbers, type KpiMetric, type KpiNumbers } from '../domain/kpi.js';
import { incidentKpiSql, receivedKpiSql, type KpiGrouping } from './kpiSql.js';
import type { Queryable } from './pool.js';

/** One recomputed number. `key` is a name, the start of a UTC day in milliseconds, or '' for overall and for none. */
export interface RecomputedKpi extends KpiNumbers {
  readonly metric: KpiMetric;
  readonly key: string;
  readonly excluded: number;
}

/**
 * Every metric over everything stored, straight from `incident` and the log: for `verify`, so it shares nothing with
 * the queries it checks. Instants are cut to milliseconds, which is what events, facts and the API carry.
 */
export async function recomputeKpis(db: Queryable, grouping: KpiGrouping): Promise<readonly RecomputedKpi[]> {
  const { rows } = await db.query<RecomputedKpi>(incidentKpiSql(grouping));
  const sql = receivedKpiSql(grouping);
  if (sql === null) return rows;
  const received = (await db.query<ReceivedRow>(sql)).rows;
  const opened = new Map(rows.filter((row) => row.metric === 'INCIDENTS_OPENED').map((row) => [row.key, row.n]));
  return [...rows, ...received.flatMap((row) => receivedKpis(row, opened.get(row.key) ?? 0))];
}

interface ReceivedRow {
  readonly key: string;
  readonly received: number;
  readonly alerts: number;
}

function receivedKpis({ key, received, alerts }: ReceivedRow, incidents: number): readonly RecomputedKpi[] {
  const row = (metric: KpiMetric, n: number, value: number | null): RecomputedKpi => {
    return { ...noNumbers, metric, key, n, value, excluded: 0 };
  };
  return [
    row('ALERTS_RECEIVED', received, received),
    row('ALERTS_OPENED', alerts, alerts),
    row('DEDUP_RATIO', received, received === 0 ? null : 1 - alerts / received),
    row('COMPRESSION', alerts, alerts === 0 ? null : 1 - incidents / alerts),
  ];
}

/** The first and the last instant that any KPI is dated by, epoch milliseconds, or null when nothing is stored. */
export async function kpiExtent(db: Queryable): Promise<{ readonly first: number; readonly last: number } | null> {
  const { rows } = await db.query<{ first: number | null; last: number | null }>(
    `select min(at) as first, max(at) as last from (
       select unnest(array[min(opened_at), min(first_resolved_at), min(resolved_at),
                           max(opened_at), max(first_resolved_at), max(resolved_at)]) as at from incident
       union all
       select unnest(array[min(occurred_at), max(occurred_at)]) from event where kind = 'alerts.received') as instants`,
  );
  const row = rows[0];
  return row === undefined || row.first === null || row.last === null ? null : { first: row.first, last: row.last };
}

/** How many rows of each kind the log has, and how many alerts are stored: whether anything was lost on the way. */
export async function countStored(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ what: string; n: number }>(
    `select kind as what, count(*) as n from event where kind like 'alert.%' or kind like 'incident.%' group by kind
      union all select 'alerts stored', count(*) from alert
      union all select 'alerts in incidents', count(*) from alert where incident_id is not null
      union all select 'incidents stored', count(*) from incident`,
  );
  return new Map(rows.map((row) => [row.what, row.n]));
}
