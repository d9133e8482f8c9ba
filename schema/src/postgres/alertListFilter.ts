import { type AlertFilter, searchWords } from '../domain/listFilter.js';
import { severityRank } from '../domain/severity.js';
import { timeParameter } from './incidentRow.js';
import { containing, labelCondition, type Parameters } from './labelMatch.js';

export const alertFields = ['status', 'severity', 'service', 'environment', 'integration'] as const;
export type AlertField = (typeof alertFields)[number];

export interface AlertConditions {
  /** By a field of {@link alertFields}, or `label:` and the name of a label. */
  readonly byField: ReadonlyMap<string, string>;
  readonly others: readonly string[];
}

export function alertConditions(filter: AlertFilter, parameters: Parameters): AlertConditions {
  const { bind } = parameters;
  const byField = new Map<string, string>();
  const { statuses, severities, services, environments, integrationIds } = filter;
  if (statuses != null) byField.set('status', statusCondition(statuses));
  if (severities != null) byField.set('severity', `severity = any(${bind(severities.map(severityRank))}::smallint[])`);
  if (services != null) byField.set('service', `service = any(${bind(services)}::text[])`);
  if (environments != null) byField.set('environment', `environment = any(${bind(environments)}::text[])`);
  if (integrationIds != null) byField.set('integration', `integration_id = any(${bind(integrationIds)}::bigint[])`);
  for (const matcher of filter.matchers ?? []) {
    const field = `label:${matcher.name}`;
    const condition = labelCondition(matcher, parameters);
    const before = byField.get(field);
    byField.set(field, before === undefined ? condition : `${before} and ${condition}`);
  }
  return { byField, others: otherConditions(filter, bind) };
}

function statusCondition(statuses: NonNullable<AlertFilter['statuses']>): string {
  const [firing, resolved] = [statuses.includes('firing'), statuses.includes('resolved')];
  if (firing && resolved) return 'true';
  return firing ? 'closed_at is null' : resolved ? 'closed_at is not null' : 'false';
}

function otherConditions(filter: AlertFilter, bind: Parameters['bind']): readonly string[] {
  const conditions: string[] = [];
  if (filter.incidentId != null) conditions.push(`incident_id = ${bind(filter.incidentId)}::bigint`);
  if (filter.isStale != null) conditions.push(`is_stale = ${bind(filter.isStale)}::boolean`);
  // Literal, so that the planner sees the predicate of the partial index.
  if (filter.isFlapping != null) conditions.push(filter.isFlapping ? 'is_flapping' : 'not is_flapping');
  if (filter.startedAfter != null)
    conditions.push(`starts_at >= ${bind(timeParameter(filter.startedAfter))}::timestamptz`);
  if (filter.startedBefore != null)
    conditions.push(`starts_at < ${bind(timeParameter(filter.startedBefore))}::timestamptz`);
  for (const word of searchWords(filter.text ?? '')) {
    const pattern = bind(containing(word));
    conditions.push(`(title ilike ${pattern} or summary ilike ${pattern} or service ilike ${pattern})`);
  }
  return conditions;
}

export function usesRegex(filter: AlertFilter): boolean {
  return (filter.matchers ?? []).some(({ op }) => op === 'REGEX' || op === 'NOT_REGEX');
}
