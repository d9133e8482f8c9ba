import type { KpiDimension } from '../domain/kpi.js';

export type KpiGrouping = 'OVERALL' | 'DAY' | KpiDimension;

/** Every fragment below is a constant of this file: nothing from outside reaches the text of a statement. */
type Instant = 'opened_at' | 'first_resolved_at' | 'resolved_at';

function keyOf(grouping: KpiGrouping, at: string): string {
  switch (grouping) {
    case 'OVERALL':
      return `''`;
    case 'DAY':
      return `(floor(extract(epoch from ${at}) / 86400) * 86400000)::bigint::text`;
    case 'SEVERITY':
      return `(array['critical', 'high', 'medium', 'low', 'info'])[severity + 1]`;
    case 'SERVICE':
    case 'TEAM':
    case 'ENVIRONMENT':
    case 'SOURCE':
    case 'TYPE':
      return `coalesce(${grouping.toLowerCase()}, '')`;
  }
}

/** One row per metric and key: metric, key, n, value, mean, median, p90, excluded. */
export function incidentKpiSql(grouping: KpiGrouping): string {
  const seconds = (metric: string, at: Instant, duration: string, counted: string, excluded: string): string =>
    `select '${metric}' as metric, ${keyOf(grouping, at)} as key, count(*) filter (where ${counted}) as n,
            null::float8 as value, (avg(${duration}) filter (where ${counted}))::float8 as mean,
            percentile_cont(0.5) within group (order by (${duration})::float8) filter (where ${counted}) as median,
            percentile_cont(0.9) within group (order by (${duration})::float8) filter (where ${counted}) as p90,
            count(*) filter (where ${excluded}) as excluded
       from fact where ${at} is not null group by 2`;
  const count = (metric: string, at: Instant, counted: string, excluded: string): string =>
    `select '${metric}', ${keyOf(grouping, at)}, count(*) filter (where ${counted}), count(*) filter (where ${counted}),
            null, null, null, count(*) filter (where ${excluded})
       from fact where ${at} is not null group by 2`;
  const share = (metric: string, at: Instant, hit: string, counted: string, excluded: string): string =>
    `select '${metric}', ${keyOf(grouping, at)}, count(*) filter (where ${counted}),
            (count(*) filter (where (${counted}) and (${hit})))::float8 / nullif(count(*) filter (where ${counted}), 0),
            null, null, null, count(*) filter (where ${excluded})
       from fact where ${at} is not null group by 2`;
  const working = `phase not in ('merged', 'dismissed')`;
  const dismissed = `phase = 'dismissed'`;
  return `with fact as (
      select phase, severity, environment, team, source, type, reopened_count, resolved_by_kind, dismiss_reason,
             ${grouping === 'SERVICE' ? 'service' : 'null::text as service'},
             date_trunc('milliseconds', impact_started_at) as impact_started_at,
             date_trunc('milliseconds', opened_at) as opened_at,
             date_trunc('milliseconds', acknowledged_at) as acknowledged_at,
             date_trunc('milliseconds', first_resolved_at) as first_resolved_at,
             date_trunc('milliseconds', resolved_at) as resolved_at
        from incident ${grouping === 'SERVICE' ? `left join lateral unnest(services) as service on true` : ''})
    ${[
      seconds(
        'MTTA',
        'opened_at',
        'extract(epoch from acknowledged_at - opened_at)',
        `${working} and acknowledged_at is not null`,
        `${working} and acknowledged_at is null`,
      ),
      seconds(
        'MTTR_FIRST',
        'first_resolved_at',
        'extract(epoch from first_resolved_at - opened_at)',
        working,
        dismissed,
      ),
      seconds('MTTR_FINAL', 'resolved_at', 'extract(epoch from resolved_at - opened_at)', working, dismissed),
      seconds('MTTD', 'opened_at', 'extract(epoch from opened_at - impact_started_at)', working, dismissed),
      count('INCIDENTS_OPENED', 'opened_at', `phase <> 'merged'`, `phase = 'merged'`),
      count('INCIDENTS_RESOLVED', 'resolved_at', working, dismissed),
      share('AUTO_RESOLVED_SHARE', 'resolved_at', `resolved_by_kind <> 'person'`, working, dismissed),
      share('FALSE_ALARM_SHARE', 'opened_at', `dismiss_reason = 'false_alarm'`, `phase <> 'merged'`, 'false'),
      share('REOPENING_RATE', 'resolved_at', 'reopened_count > 0', working, dismissed),
    ].join('\nunion all\n')}`;
}

/** One row per key: received, alerts. Null where alerts do not have the dimension. */
export function receivedKpiSql(grouping: KpiGrouping): string | null {
  if (grouping === 'TEAM' || grouping === 'TYPE') return null;
  const key = grouping === 'SEVERITY' ? 'severity' : keyOf(grouping, 'occurred_at');
  return `select ${key} as key,
                 coalesce(sum(count) filter (where outcome not in ('test', 'deadLettered')), 0)::bigint as received,
                 coalesce(sum(count) filter (where outcome in ('opened', 'superseded', 'suppressed')), 0)::bigint as alerts
            from event, jsonb_to_recordset(data -> 'counts')
                   as c (source text, service text, environment text, severity text, outcome text, count bigint)
           where kind = 'alerts.received' group by 1`;
}
