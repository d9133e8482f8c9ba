import { DomainFailure } from './errors.js';
import type { Severity } from './severity.js';
import { isTimeZone } from './timeBucket.js';

/** The API's own words; what each means stands in `kpiDefinitions`. */
export const kpiMetrics = [
  'MTTA', 'MTTR_FIRST', 'MTTR_FINAL', 'MTTD', 'INCIDENTS_OPENED', 'INCIDENTS_RESOLVED', 'ALERTS_OPENED',
  'ALERTS_RECEIVED', 'DEDUP_RATIO', 'COMPRESSION', 'AUTO_RESOLVED_SHARE', 'FALSE_ALARM_SHARE', 'REOPENING_RATE',
] as const; // prettier-ignore
export type KpiMetric = (typeof kpiMetrics)[number];

export const kpiDimensions = ['SERVICE', 'SEVERITY', 'TEAM', 'ENVIRONMENT', 'SOURCE', 'TYPE'] as const;
export type KpiDimension = (typeof kpiDimensions)[number];

export type KpiUnit = 'SECONDS' | 'COUNT' | 'RATIO';

export interface KpiDefinition {
  readonly metric: KpiMetric;
  readonly name: string;
  readonly unit: KpiUnit;
  readonly definition: string;
  readonly numerator: string;
  readonly denominator: string | null;
  /** Which instant of an incident or alert puts it into the period. */
  readonly datedBy: string;
  readonly lowerIsBetter: boolean;
}

/** Each list is "any of"; missing or empty means all. An empty string stands for none: no service, no team, no environment. */
export interface KpiFilter {
  readonly services?: readonly string[] | null;
  readonly severities?: readonly Severity[] | null;
  /** Alerts have no team and no type: with either, what is counted in alerts is empty. */
  readonly teams?: readonly string[] | null;
  readonly environments?: readonly string[] | null;
  readonly types?: readonly string[] | null;
}

/** A period, `from` inclusive and `to` exclusive, epoch milliseconds. Counts of what was received are kept by the minute. */
export interface KpiQuery {
  readonly from: number;
  readonly to: number;
  readonly filter: KpiFilter;
  /** IANA name, for day, week and month buckets. */
  readonly timeZone: string;
}

/**
 * One number and the `n` incidents or alerts behind it. SECONDS set `mean`, `median` and `p90`, COUNT and RATIO set
 * `value`; null where nothing stands behind it.
 */
export interface KpiNumbers {
  readonly n: number;
  readonly value: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

export interface KpiValue extends KpiNumbers {
  readonly metric: KpiMetric;
  /** Left out of `n` on purpose, e.g. never acknowledged. */
  readonly excluded: number;
  /** The same over the equally long period before. */
  readonly previous: KpiNumbers;
}

export interface KpiPoint extends KpiNumbers {
  readonly bucketStart: number;
}

export interface KpiBreakdownRow extends KpiNumbers {
  /** The domain's word or name; null for incidents and alerts that have none. */
  readonly key: string | null;
}

export interface NoiseFunnel {
  readonly received: number;
  readonly alerts: number;
  readonly incidents: number;
  readonly acknowledged: number;
  readonly dedupRatio: number | null;
  readonly compression: number | null;
}

/** What an incident contributes to every KPI: one row of the projection. Times are epoch milliseconds. */
export interface IncidentFact {
  readonly incidentId: number;
  /** Moves with every change of the incident: the highest one counts. */
  readonly revision: number;
  readonly type: string;
  readonly severity: Severity;
  readonly phase: string;
  readonly services: readonly string[];
  readonly environment: string | null;
  readonly team: string | null;
  readonly source: string | null;
  readonly assignee: string | null;
  readonly ruleId: string | null;
  readonly impactStartedAt: number;
  readonly openedAt: number;
  readonly acknowledgedAt: number | null;
  readonly mitigatedAt: number | null;
  readonly firstResolvedAt: number | null;
  readonly resolvedAt: number | null;
  readonly resolvedByKind: string | null;
  readonly closedAt: number | null;
  readonly reopenedCount: number;
  readonly dismissReason: string | null;
  readonly mergedInto: number | null;
  readonly alertCount: number;
}

/** Later is a typing mistake, and ClickHouse's instants end soon after. */
const lastInstant = Date.UTC(2100, 0, 1);

/** @throws DomainFailure INVALID_INPUT when the period is empty or absurd, or the time zone unknown. */
export function assertKpiQuery(query: KpiQuery): void {
  if (!(query.from < query.to)) {
    throw new DomainFailure({ code: 'INVALID_INPUT', field: 'query.to', message: '`to` must be later than `from`.' });
  }
  if (query.from < 0 || query.to > lastInstant) {
    const message = 'The period must lie between the years 1970 and 2100.';
    throw new DomainFailure({ code: 'INVALID_INPUT', field: 'query.from', message });
  }
  if (!isTimeZone(query.timeZone)) {
    const message = `"${query.timeZone}" is no IANA time zone: write one like Europe/Berlin.`;
    throw new DomainFailure({ code: 'INVALID_INPUT', field: 'query.timeZone', message });
  }
}

export const noNumbers: KpiNumbers = { n: 0, value: null, mean: null, median: null, p90: null };
