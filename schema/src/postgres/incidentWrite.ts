import { isOpenPhase, type Incident } from '../domain/incident.js';
import type { NotifyMode } from '../domain/rule.js';
import { severityRank } from '../domain/severity.js';
import { rankParameter, timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** What the alerts of an incident say about it, beside what people decided. Times are epoch milliseconds. */
export interface IncidentActivity {
  readonly source: string | null;
  readonly ruleId: string | null;
  readonly ruleVersion: number | null;
  /** Whether the incident holds its correlation key, so that new alerts of the group find it. */
  readonly acceptsAlerts: boolean;
  readonly firstStartsAt: number | null;
  readonly lastActivityAt: number | null;
  readonly notify: NotifyMode;
  /** A person decided something about it: the system merges it no more. */
  readonly isTouched: boolean;
  /** The only condition it has had, as `conditionKey` gives it; null once it has had two. */
  readonly soleCondition: string | null;
  /** Episodes it has had, counted to {@link episodeLimit}. */
  readonly episodeCount: number;
}

export const episodeLimit = 3;

export interface IncidentToWrite {
  readonly incident: Incident;
  readonly activity: IncidentActivity;
}

/** Names, types and values of every column that a change may touch; insert and update share them. */
const columns: readonly (readonly [name: string, type: string, value: (row: IncidentToWrite) => unknown])[] = [
  ['version', 'integer', ({ incident }) => incident.version],
  ['title', 'text', ({ incident }) => incident.title],
  ['description', 'text', ({ incident }) => incident.description],
  ['type', 'text', ({ incident }) => incident.type],
  ['severity', 'smallint', ({ incident }) => severityRank(incident.severity)],
  ['severity_is_manual', 'boolean', ({ incident }) => incident.severityIsManual],
  ['phase', 'text', ({ incident }) => incident.phase],
  // unnest flattens arrays of arrays, so the list travels as JSON
  ['services', 'jsonb', ({ incident }) => JSON.stringify(incident.services)],
  ['environment', 'text', ({ incident }) => incident.environment],
  ['team', 'text', ({ incident }) => incident.team],
  ['assignee', 'text', ({ incident }) => incident.assignee],
  ['reporter', 'text', ({ incident }) => incident.reporter],
  ['source', 'text', ({ activity }) => activity.source],
  ['correlation_key', 'text', ({ incident }) => incident.correlationKey],
  ['rule_id', 'text', ({ activity }) => activity.ruleId],
  ['rule_version', 'integer', ({ activity }) => activity.ruleVersion],
  ['accepts_alerts', 'boolean', ({ incident, activity }) => activity.acceptsAlerts && isOpenPhase(incident.phase)],
  ['first_starts_at', 'timestamptz', ({ activity }) => timeParameter(activity.firstStartsAt)],
  ['last_activity_at', 'timestamptz', ({ activity }) => timeParameter(activity.lastActivityAt)],
  ['notify', 'text', ({ activity }) => activity.notify],
  ['is_touched', 'boolean', ({ activity }) => activity.isTouched],
  ['sole_condition', 'text', ({ activity }) => activity.soleCondition],
  ['episode_count', 'smallint', ({ activity }) => activity.episodeCount],
  ['impact_started_at', 'timestamptz', ({ incident }) => timeParameter(incident.impactStartedAt)],
  ['opened_at', 'timestamptz', ({ incident }) => timeParameter(incident.openedAt)],
  ['acknowledged_at', 'timestamptz', ({ incident }) => timeParameter(incident.acknowledgedAt)],
  ['acknowledged_by', 'text', ({ incident }) => incident.acknowledgedBy],
  ['acknowledged_severity', 'smallint', ({ incident }) => rankParameter(incident.acknowledgedSeverity)],
  ['mitigated_at', 'timestamptz', ({ incident }) => timeParameter(incident.mitigatedAt)],
  ['first_resolved_at', 'timestamptz', ({ incident }) => timeParameter(incident.firstResolvedAt)],
  ['resolved_at', 'timestamptz', ({ incident }) => timeParameter(incident.resolvedAt)],
  ['resolved_by_kind', 'text', ({ incident }) => incident.resolvedBy?.kind ?? null],
  ['resolved_by', 'text', ({ incident }) => incident.resolvedBy?.name ?? null],
  ['closed_at', 'timestamptz', ({ incident }) => timeParameter(incident.closedAt)],
  ['reopened_count', 'integer', ({ incident }) => incident.reopenedCount],
  ['dismiss_reason', 'text', ({ incident }) => incident.dismissReason],
  ['merged_into', 'bigint', ({ incident }) => incident.mergedInto],
  ['updated_at', 'timestamptz', ({ incident }) => timeParameter(incident.updatedAt)],
];

const asTextArray = 'array(select jsonb_array_elements_text(r.services))';
const names = columns.map(([name]) => name);
const arrays = columns.map(([, type], index) => `$${index + 2}::${type}[]`);
const selected = names.map((name) => (name === 'services' ? asTextArray : `r.${name}`));
function values(rows: readonly IncidentToWrite[]): unknown[] {
  return [rows.map(({ incident }) => incident.id), ...columns.map(([, , value]) => rows.map(value))];
}

/** The next incident numbers. Taken only when something opens, so that numbers have no holes in normal running. */
export async function reserveIncidentIds(db: Queryable, count: number): Promise<readonly number[]> {
  if (count === 0) return [];
  const { rows } = await db.query<{ id: number }>({
    name: 'incident_reserve',
    text: `select nextval(pg_get_serial_sequence('incident', 'id')) as id from generate_series(1, $1)`,
    values: [count],
  });
  return rows.map((row) => row.id).toSorted((a, b) => a - b);
}

/** Inserts incidents whose ids were reserved; one statement for any number. */
export async function insertIncidents(db: Queryable, rows: readonly IncidentToWrite[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'incident_insert',
    text: `insert into incident (id, ${names.join(', ')}) overriding system value
      select r.id, ${selected.join(', ')} from unnest($1::bigint[], ${arrays.join(', ')}) as r (id, ${names.join(', ')})`,
    values: values(rows),
  });
}

/** Writes incidents that the caller has locked; one statement for any number. */
export async function updateIncidents(db: Queryable, rows: readonly IncidentToWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const sets = names.map((name, index) => `${name} = ${selected[index]}`);
  await db.query({
    name: 'incident_update',
    text: `update incident i set revision = i.revision + 1, ${sets.join(', ')}
      from unnest($1::bigint[], ${arrays.join(', ')}) as r (id, ${names.join(', ')}) where i.id = r.id`,
    values: values(rows),
  });
}
