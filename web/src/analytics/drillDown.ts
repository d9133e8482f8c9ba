import type { IncidentSearch } from '../incidents/incidentSearch.ts';
import { severities } from '../ui/words.ts';
import type { AnalyticsSearch } from './analyticsSearch.ts';
import type { KpiDimension, KpiMetric } from './kpiTypes.ts';
import type { Period } from './period.ts';

type Scope = Pick<AnalyticsSearch, 'service' | 'severity' | 'team' | 'environment'>;

/** The list behind a number: incidents or alerts, with the filters that make it. */
export type DrillDown =
  | { readonly to: '/incidents'; readonly search: IncidentSearch }
  | {
      readonly to: '/alerts';
      readonly search: Omit<Scope, 'team'> & { readonly startedAfter: string; readonly startedBefore: string };
    };

const ofAlerts: ReadonlySet<KpiMetric> = new Set<KpiMetric>(['ALERTS_OPENED', 'ALERTS_RECEIVED', 'DEDUP_RATIO']);
const datedByOpening: ReadonlySet<KpiMetric> = new Set<KpiMetric>([
  'MTTA',
  'MTTD',
  'INCIDENTS_OPENED',
  'COMPRESSION',
  'FALSE_ALARM_SHARE',
]);

/** Where a number leads: to what lies in its period, dated the way the number is. */
export function drillDown(metric: KpiMetric, scope: Scope, { from, to }: Period): DrillDown {
  const [after, before] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const { service, severity, team, environment } = scope;
  const shared = { ...(service && { service }), ...(severity && { severity }), ...(environment && { environment }) };
  if (ofAlerts.has(metric)) {
    return { to: '/alerts', search: { ...shared, startedAfter: after, startedBefore: before } };
  }
  const dates = datedByOpening.has(metric)
    ? { openedAfter: after, openedBefore: before }
    : { resolvedAfter: after, resolvedBefore: before };
  const phase = metric === 'FALSE_ALARM_SHARE' ? ({ phase: ['DISMISSED'] } as const) : {};
  return { to: '/incidents', search: { show: 'all', ...shared, ...(team && { team }), ...dates, ...phase } };
}

/** The filters narrowed down to one row of a breakdown; null where the lists have no such filter. */
export function scopeOfRow(scope: Scope, by: KpiDimension, key: string | null): Scope | null {
  if (key === null || key === '') return null;
  switch (by) {
    case 'SERVICE':
      return { ...scope, service: [key] };
    case 'TEAM':
      return { ...scope, team: [key] };
    case 'ENVIRONMENT':
      return { ...scope, environment: [key] };
    case 'SEVERITY':
      return { ...scope, severity: severities.filter((each) => each === key.toUpperCase()) };
    case 'SOURCE':
    case 'TYPE':
      return null;
  }
}
