import { incidentSearch, type IncidentFilter } from '../domain/listFilter.js';
import { openPhases } from '../domain/incident.js';
import { severityRank } from '../domain/severity.js';
import { timeParameter } from './incidentRow.js';
import { containing, type Parameters } from './labelMatch.js';
import { visibleTo } from './visibleIncidents.js';

export const incidentFacetFields = ['PHASE', 'SEVERITY', 'SERVICE', 'ENVIRONMENT', 'TEAM', 'TYPE', 'ASSIGNEE'] as const;
export type IncidentFacetField = (typeof incidentFacetFields)[number];

/** Literal, so that the planner sees the predicate of the partial index on open incidents. */
export const isOpenSql = `phase in (${openPhases.map((phase) => `'${phase}'`).join(', ')})`;

/** The condition of each facet's own filter, and of everything else. */
export interface IncidentConditions {
  readonly byField: ReadonlyMap<IncidentFacetField, string>;
  readonly others: readonly string[];
}

export function incidentConditions(filter: IncidentFilter, parameters: Parameters): IncidentConditions {
  const { bind } = parameters;
  const byField = new Map<IncidentFacetField, string>();
  const any = (
    field: IncidentFacetField,
    values: readonly string[] | null | undefined,
    sql: (list: string) => string,
  ) => {
    if (values != null) byField.set(field, sql(`${bind(values)}::text[]`));
  };
  any('PHASE', filter.phases, (list) => `phase = any(${list})`);
  if (filter.severities != null) {
    byField.set('SEVERITY', `severity = any(${bind(filter.severities.map(severityRank))}::smallint[])`);
  }
  any('SERVICE', filter.services, (list) => `services && ${list}`);
  any('ENVIRONMENT', filter.environments, (list) => `environment = any(${list})`);
  any('TEAM', filter.teams, (list) => `team = any(${list})`);
  any('TYPE', filter.types, (list) => `type = any(${list})`);
  any('ASSIGNEE', filter.assignees, (list) => `coalesce(assignee, '') = any(${list})`);
  return { byField, others: otherConditions(filter, parameters) };
}

function otherConditions(filter: IncidentFilter, parameters: Parameters): readonly string[] {
  const { bind } = parameters;
  const conditions: string[] = [];
  const visible = filter.onlooker == null ? null : visibleTo(filter.onlooker, parameters);
  if (visible !== null) conditions.push(visible);
  if (filter.isOpen != null) conditions.push(filter.isOpen ? isOpenSql : `not (${isOpenSql})`);
  const limits = [
    ['opened_at >=', filter.openedAfter],
    ['opened_at <', filter.openedBefore],
    ['resolved_at >=', filter.resolvedAfter],
    ['resolved_at <', filter.resolvedBefore],
  ] as const;
  for (const [sql, time] of limits)
    if (time != null) conditions.push(`${sql} ${bind(timeParameter(time))}::timestamptz`);
  if (filter.priorities != null) conditions.push(`priority = any(${bind(filter.priorities)}::smallint[])`);
  if (filter.statuses != null) conditions.push(`status = any(${bind(filter.statuses)}::text[])`);
  if (filter.tags != null) conditions.push(`tags && ${bind(filter.tags)}::text[]`);
  if (filter.text != null) conditions.push(textCondition(filter.text, bind));
  return conditions;
}

function textCondition(text: string, bind: Parameters['bind']): string {
  const { id, words } = incidentSearch(text);
  const inTitle = words.map((word) => `title ilike ${bind(containing(word))}`).join(' and ');
  if (id === null) return inTitle === '' ? 'true' : `(${inTitle})`;
  return inTitle === '' ? `id = ${bind(id)}` : `(id = ${bind(id)} or (${inTitle}))`;
}

/** A where clause of the conditions, or nothing where there are none. */
export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}
