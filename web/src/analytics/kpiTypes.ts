import type { graphql } from '../graphql/graphql.ts';

export type KpiMetric = ReturnType<typeof graphql.scalar<'KpiMetric'>>;
export type KpiDimension = ReturnType<typeof graphql.scalar<'KpiDimension'>>;
export type KpiUnit = ReturnType<typeof graphql.scalar<'KpiUnit'>>;
export type KpiQuery = ReturnType<typeof graphql.scalar<'KpiQuery'>>;
export type TimeBucket = ReturnType<typeof graphql.scalar<'TimeBucket'>>;

export interface KpiNumbers {
  readonly n: number;
  readonly value: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

/** In the order of the tiles. */
export const metrics: readonly KpiMetric[] = [
  'MTTA',
  'MTTR_FIRST',
  'MTTR_FINAL',
  'MTTD',
  'INCIDENTS_OPENED',
  'INCIDENTS_RESOLVED',
  'ALERTS_RECEIVED',
  'DEDUP_RATIO',
  'COMPRESSION',
  'AUTO_RESOLVED_SHARE',
  'FALSE_ALARM_SHARE',
  'REOPENING_RATE',
];

export const dimensions: readonly KpiDimension[] = ['SERVICE', 'SEVERITY', 'TEAM', 'ENVIRONMENT', 'SOURCE'];

export const dimensionWords: Readonly<Record<KpiDimension, string>> = {
  SERVICE: 'Service',
  SEVERITY: 'Severity',
  TEAM: 'Team',
  ENVIRONMENT: 'Environment',
  SOURCE: 'Source',
  TYPE: 'Type',
};
