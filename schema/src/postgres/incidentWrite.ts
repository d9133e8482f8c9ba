import { isOpenPhase, type Incident } from '../domain/incident.js';
import type { NotifyMode } from '../domain/rule.js';
import { builtInMatrix, levelsOfSeverity } from '../domain/priority.js';
import { severities, severityRank } from '../domain/severity.js';
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
  ['type_version', 'integer', ({ incident }) => incident.typeVersion],
  ['status', 'text', ({ incident }) => incident.status],
  ['impact', 'smallint', ({ incident }) => incident.impact],
  ['urgency', 'smallint', ({ incident }) => incident.urgency],
  ['priority', 'smallint', ({ incident }) => incident.priority],
  ['custom_fields', 'jsonb', ({ incident }) => JSON.stringify(incident.customFields)],
  ['tags', 'jsonb', ({ incident }) => JSON.stringify(incident.tags)],
  ['is_restricted', 'boolean', ({ incident }) => incident.isRestricted],
  ['touched_at', 'timestamptz', ({ incident }) => timeParameter(incident.touchedAt)],
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

const names = columns.map(([name]) => name);
const arrays = columns.map(([, type], index) => `$${index + 2}::${type}[]`);
const asTextArray = (name: string): string => `array(select jsonb_array_elements_text(r.${name}))`;

/*
 * What follows from the rest is decided where the row is written, in the same statement: so it is right whoever writes, and
 * alerts need neither types nor the matrix to be known. The built-in workflow has one status for each phase, named as it.
 */
const keepsStatus = `r.phase in ('merged', 'dismissed')`;
const statusOf = (version: string): string => `case
    when ${keepsStatus} then r.status
    when ${version} = 0 then r.phase
    else coalesce((select s.status->>'key' from incident_type_version v
             cross join jsonb_array_elements(v.definition->'workflow'->'statuses') with ordinality as s (status, n)
            where v.type_key = r.type and v.version = ${version} and s.status->>'phase' = r.phase
            order by s.status->>'key' = r.status desc, n limit 1), r.status) end`;
const usualLevel = (field: 'impact' | 'urgency'): string => {
  const position = field === 'impact' ? 0 : 1;
  const cases = severities.map((word) => `when ${severityRank(word)} then ${levelsOfSeverity[word][position]}`);
  return `coalesce(r.${field}, case r.severity ${cases.join(' ')} end)`;
};
const matrix = `coalesce((select cells from priority_matrix order by version desc limit 1), '${JSON.stringify(builtInMatrix)}'::jsonb)`;
const priorityOfRow = `(${matrix} -> (${usualLevel('impact')} - 1) ->> (${usualLevel('urgency')} - 1))::smallint`;

function selectedWith(special: Readonly<Record<string, string>>): readonly string[] {
  const derived = { services: asTextArray('services'), tags: asTextArray('tags'), priority: priorityOfRow, ...special };
  return names.map((name) => new Map(Object.entries(derived)).get(name) ?? `r.${name}`);
}

const inserted = selectedWith({
  // It begins with the newest version of its type.
  type_version: 't.version',
  status: statusOf('t.version'),
  // What nobody reported is as the type says; who reports has been asked.
  is_restricted: 'r.is_restricted or (t.is_restricted and r.reporter is null)',
});
const updated = selectedWith({ status: statusOf('r.type_version') });

/** What the row's writer decided. */
export type WrittenFields = Pick<Incident, 'typeVersion' | 'status' | 'priority' | 'isRestricted'>;
const written = `i.id, i.type_version as "typeVersion", i.status, i.priority, i.is_restricted as "isRestricted"`;

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
export async function insertIncidents(
  db: Queryable,
  rows: readonly IncidentToWrite[],
): Promise<readonly WrittenFields[]> {
  if (rows.length === 0) return [];
  const result = await db.query<WrittenFields>({
    name: 'incident_insert',
    text: `insert into incident as i (id, ${names.join(', ')}) overriding system value
      select r.id, ${inserted.join(', ')} from unnest($1::bigint[], ${arrays.join(', ')}) as r (id, ${names.join(', ')})
        left join incident_type t on t.key = r.type
      returning ${written}`,
    values: values(rows),
  });
  return inOrder(rows, result.rows);
}

/** Writes incidents that the caller has locked; one statement for any number. */
export async function updateIncidents(
  db: Queryable,
  rows: readonly IncidentToWrite[],
): Promise<readonly WrittenFields[]> {
  if (rows.length === 0) return [];
  const sets = names.map((name, index) => `${name} = ${updated[index]}`);
  const result = await db.query<WrittenFields>({
    name: 'incident_update',
    text: `update incident i set revision = i.revision + 1, ${sets.join(', ')}
      from unnest($1::bigint[], ${arrays.join(', ')}) as r (id, ${names.join(', ')}) where i.id = r.id
      returning ${written}`,
    values: values(rows),
  });
  return inOrder(rows, result.rows);
}

/** Without the id, so that it can be spread over the incident. */
function inOrder(
  rows: readonly IncidentToWrite[],
  found: readonly (WrittenFields & { readonly id?: number })[],
): readonly WrittenFields[] {
  const byId = new Map(found.map((row) => [row.id, row]));
  return rows.flatMap(({ incident }) => {
    const row = byId.get(incident.id);
    if (row === undefined) return [];
    const { typeVersion, status, priority, isRestricted } = row;
    return [{ typeVersion, status, priority, isRestricted }];
  });
}
