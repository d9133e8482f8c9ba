import type { KpiDimension, KpiFilter, KpiMetric } from '../domain/kpi.js';

/** The metrics that are counted in incidents; the others are counted in alerts. */
export type IncidentMetric = Exclude<KpiMetric, 'ALERTS_OPENED' | 'ALERTS_RECEIVED' | 'DEDUP_RATIO' | 'COMPRESSION'>;
export type DatingColumn = 'opened_at' | 'first_resolved_at' | 'resolved_at';

/** Fragments of SQL, all constants of this file; what users choose travels as parameters. */
interface MetricSql {
  readonly datedBy: DatingColumn;
  readonly counted: string;
  readonly excluded: string;
  /** Set for SECONDS: what is measured on a counted incident. */
  readonly seconds?: string;
  /** Set for RATIO: which counted incidents are in the numerator. */
  readonly hit?: string;
}

const working = `phase not in ('merged', 'dismissed')`;
const dismissed = `phase = 'dismissed'`;
const seconds = (from: string, to: string): string =>
  `(toUnixTimestamp64Milli(assumeNotNull(${to})) - toUnixTimestamp64Milli(${from})) / 1000`;
const resolved = { datedBy: 'resolved_at', counted: working, excluded: dismissed } as const;

const metrics: Readonly<Record<IncidentMetric, MetricSql>> = {
  MTTA: {
    datedBy: 'opened_at',
    counted: `${working} and acknowledged_at is not null`,
    excluded: `${working} and acknowledged_at is null`,
    seconds: seconds('opened_at', 'acknowledged_at'),
  },
  MTTR_FIRST: {
    datedBy: 'first_resolved_at',
    counted: working,
    excluded: dismissed,
    seconds: seconds('opened_at', 'first_resolved_at'),
  },
  MTTR_FINAL: { ...resolved, seconds: seconds('opened_at', 'resolved_at') },
  MTTD: {
    datedBy: 'opened_at',
    counted: working,
    excluded: dismissed,
    seconds: seconds('impact_started_at', 'opened_at'),
  },
  INCIDENTS_OPENED: { datedBy: 'opened_at', counted: `phase != 'merged'`, excluded: `phase = 'merged'` },
  INCIDENTS_RESOLVED: resolved,
  AUTO_RESOLVED_SHARE: { ...resolved, hit: `resolved_by_kind != 'person'` },
  FALSE_ALARM_SHARE: {
    datedBy: 'opened_at',
    counted: `phase != 'merged'`,
    excluded: '0',
    hit: `dismiss_reason = 'false_alarm'`,
  },
  REOPENING_RATE: { ...resolved, hit: 'reopened_count > 0' },
};

export function isIncidentMetric(metric: KpiMetric): metric is IncidentMetric {
  return metric in metrics;
}

export function datingColumn(metric: IncidentMetric): DatingColumn {
  return metrics[metric].datedBy;
}

/**
 * The columns of one metric: `<METRIC>_n`, `_excluded`, and `_mean` and `_quantiles`, or `_hits`.
 * `quantilesExactInclusive` interpolates as Postgres's percentile_cont does, so that `verify` can demand equality.
 */
export function metricColumns(metric: IncidentMetric): readonly string[] {
  const sql = metrics[metric];
  return [
    `countIf(${sql.counted}) as ${metric}_n`,
    `countIf(${sql.excluded}) as ${metric}_excluded`,
    ...(sql.seconds === undefined
      ? []
      : [
          `avgIf(${sql.seconds}, ${sql.counted}) as ${metric}_mean`,
          `quantilesExactInclusiveIf(0.5, 0.9)(${sql.seconds}, ${sql.counted}) as ${metric}_quantiles`,
        ]),
    ...(sql.hit === undefined ? [] : [`countIf((${sql.counted}) and (${sql.hit})) as ${metric}_hits`]),
  ];
}

/** How rows are put together: all, one of two periods, a bucket of time, or a value of a dimension. */
export type Grouping =
  | { readonly kind: 'overall' }
  | { readonly kind: 'period'; readonly boundary: number }
  | { readonly kind: 'bucket'; readonly starts: readonly number[] }
  | { readonly kind: 'dimension'; readonly dimension: KpiDimension };

/** The key as text: '' for all; `previous` or `current`; a bucket's start in milliseconds; a name, or '' for none. */
export function keyExpression(grouping: Grouping, at: string, services: ServicesColumn): string {
  switch (grouping.kind) {
    case 'overall':
      return `''`;
    case 'period':
      return `if(${at} >= fromUnixTimestamp64Milli({boundary: Int64}, 'UTC'), 'current', 'previous')`;
    case 'bucket':
      // A binary search over the starts, which carry the time zone and its clock changes.
      return `toString(roundDown(toUnixTimestamp64Milli(assumeNotNull(${at})), {starts: Array(Int64)}))`;
    case 'dimension':
      return grouping.dimension === 'SERVICE'
        ? services.key
        : `ifNull(toString(${grouping.dimension.toLowerCase()}), '')`;
  }
}

/** An incident has a list of services, what is received has one or none. */
export interface ServicesColumn {
  readonly key: string;
  readonly filter: string;
}
/** An incident with two services counts under each; with a filter on services only under those. */
export const incidentServices: ServicesColumn = {
  key: `arrayJoin(arrayFilter(each -> empty({services: Array(String)}) or has({services: Array(String)}, each),
          if(empty(services), [''], arrayMap(each -> toString(each), services))))`,
  filter: `hasAny(if(empty(services), [''], arrayMap(each -> toString(each), services)), {services: Array(String)})`,
};
export const receivedService: ServicesColumn = {
  key: `ifNull(toString(service), '')`,
  filter: `has({services: Array(String)}, ifNull(toString(service), ''))`,
};

/** True when the filter asks for what alerts do not have. */
export function leavesOutAlerts(filter: KpiFilter): boolean {
  return (filter.teams ?? []).length > 0 || (filter.types ?? []).length > 0;
}

/** `and …` for each filter that is set. */
export function filterConditions(filter: KpiFilter, services: ServicesColumn): string {
  const anyOf = (column: string, parameter: string): string =>
    ` and has({${parameter}: Array(String)}, ifNull(toString(${column}), ''))`;
  const isSet = (list: readonly string[] | null | undefined): boolean => (list ?? []).length > 0;
  return [
    isSet(filter.services) ? ` and ${services.filter}` : '',
    isSet(filter.severities) ? anyOf('severity', 'severities') : '',
    isSet(filter.environments) ? anyOf('environment', 'environments') : '',
    isSet(filter.teams) ? anyOf('team', 'teams') : '',
    isSet(filter.types) ? anyOf('type', 'types') : '',
  ].join('');
}

/** Every parameter that the fragments above name. */
export function kpiParameters(
  filter: KpiFilter,
  grouping: Grouping,
  from: number,
  to: number,
): Record<string, unknown> {
  return {
    from,
    to,
    boundary: grouping.kind === 'period' ? grouping.boundary : 0,
    starts: grouping.kind === 'bucket' ? [...grouping.starts] : [0],
    services: [...(filter.services ?? [])],
    severities: [...(filter.severities ?? [])],
    environments: [...(filter.environments ?? [])],
    teams: [...(filter.teams ?? [])],
    types: [...(filter.types ?? [])],
  };
}
