import type { NormalisedAlert, ResolveReason } from '../domain/alert.js';
import type { Explanation } from '../domain/correlation.js';
import type { EpisodePart } from '../domain/dedupeParts.js';
import { severityRank } from '../domain/severity.js';
import { arrayParameter } from './arrayParameter.js';
import type { FingerprintKey } from './fingerprintState.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

export interface Closing {
  readonly endsAt: number;
  readonly closedAt: number;
  readonly reason: ResolveReason;
}

/** A new episode, with the id that was reserved for it. Times are epoch milliseconds. */
export interface AlertToInsert {
  readonly id: number;
  readonly integrationId: number;
  readonly alert: NormalisedAlert;
  readonly materialHash: string;
  readonly startsAt: number;
  readonly startsAtIsSent: boolean;
  readonly receivedAt: number;
  readonly lastReceivedAt: number;
  readonly receivedCount: number;
  readonly closing: Closing | null;
  /** Null while it is held back or kept quiet. */
  readonly incidentId: number | null;
  readonly explanation: Explanation | null;
  /** By the catalogue's name, where it knows the service. */
  readonly service: string | null;
  readonly parts: readonly EpisodePart[] | null;
  readonly pendingKey: string | null;
  readonly suppressedBy: number | null;
}

/** What a batch changes on an episode that is already stored. */
export interface AlertToUpdate {
  readonly id: number;
  readonly receivedCount: number;
  readonly lastReceivedAt: number;
  readonly startsAt: number;
  readonly closing: Closing | null;
  /** Null leaves them as they are. */
  readonly parts: readonly EpisodePart[] | null;
}

/** What counts as a change, of an episode that is already stored. */
export interface AlertToChange {
  readonly id: number;
  readonly alert: NormalisedAlert;
  readonly materialHash: string;
}

/**
 * Ids for episodes that a batch may open. Unlike incident numbers nobody reads them, so holes do no harm.
 * One row with all of them, of a sequence that is named: looking its name up for each cost 5.5 µs an alert, this 0.5.
 */
export async function reserveAlertIds(db: Queryable, count: number): Promise<readonly number[]> {
  if (count === 0) return [];
  const { rows } = await db.query<{ ids: string }>({
    name: 'alert_reserve',
    text: `select string_agg(nextval('alert_id_seq')::text, ',') as ids from generate_series(1, $1)`,
    values: [count],
  });
  return (rows[0]?.ids ?? '').split(',').map(Number);
}

const inserted: readonly (readonly [name: string, type: string, value: (row: AlertToInsert) => unknown])[] = [
  ['id', 'bigint', (row) => row.id],
  ['integration_id', 'bigint', (row) => row.integrationId],
  ['fingerprint', 'text', (row) => row.alert.fingerprint],
  ['severity', 'smallint', (row) => severityRank(row.alert.severity)],
  ['sender_severity', 'text', (row) => row.alert.senderSeverity],
  ['title', 'text', (row) => row.alert.title],
  ['summary', 'text', (row) => row.alert.summary],
  ['description', 'text', (row) => row.alert.description],
  ['service', 'text', (row) => row.service],
  ['environment', 'text', (row) => row.alert.environment],
  ['labels', 'jsonb', (row) => JSON.stringify(row.alert.labels)],
  ['annotations', 'jsonb', (row) => JSON.stringify(row.alert.annotations)],
  ['starts_at', 'timestamptz', (row) => timeParameter(row.startsAt)],
  ['starts_at_is_sent', 'boolean', (row) => row.startsAtIsSent],
  ['ends_at', 'timestamptz', (row) => timeParameter(row.closing?.endsAt ?? null)],
  ['closed_at', 'timestamptz', (row) => timeParameter(row.closing?.closedAt ?? null)],
  ['resolve_reason', 'text', (row) => row.closing?.reason ?? null],
  ['received_at', 'timestamptz', (row) => timeParameter(row.receivedAt)],
  ['last_received_at', 'timestamptz', (row) => timeParameter(row.lastReceivedAt)],
  ['received_count', 'integer', (row) => row.receivedCount],
  ['material_hash', 'text', (row) => row.materialHash],
  ['generator_url', 'text', (row) => row.alert.generatorUrl],
  ['runbook_url', 'text', (row) => row.alert.runbookUrl],
  ['links', 'jsonb', (row) => JSON.stringify(row.alert.links)],
  ['trace_id', 'text', (row) => row.alert.traceId],
  ['group_key', 'text', (row) => row.alert.groupKey],
  ['incident_id', 'bigint', (row) => row.incidentId],
  ['explanation', 'jsonb', (row) => (row.explanation === null ? null : JSON.stringify(row.explanation))],
  ['parts', 'jsonb', (row) => (row.parts === null ? null : JSON.stringify(row.parts))],
  ['pending_key', 'text', (row) => row.pendingKey],
  ['suppressed_by', 'bigint', (row) => row.suppressedBy],
];
const insertedNames = inserted.map(([name]) => name).join(', ');
const insertedArrays = inserted.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');

export async function insertAlerts(db: Queryable, rows: readonly AlertToInsert[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'alert_insert',
    text: `insert into alert (${insertedNames}) overriding system value select * from unnest(${insertedArrays})`,
    values: inserted.map(([, , value]) => arrayParameter(rows.map(value))),
  });
}

export async function updateAlerts(db: Queryable, rows: readonly AlertToUpdate[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'alert_update',
    text: `update alert a set received_count = a.received_count + u.n, last_received_at = greatest(a.last_received_at, u.at),
          starts_at = u.starts_at, is_stale = false, ends_at = u.ends_at, closed_at = u.closed_at, resolve_reason = u.reason,
          parts = coalesce(u.parts, a.parts)
      from unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::jsonb[])
        as u (id, n, at, starts_at, ends_at, closed_at, reason, parts)
     where a.id = u.id`,
    values: [
      arrayParameter(rows.map((row) => row.id)),
      arrayParameter(rows.map((row) => row.receivedCount)),
      arrayParameter(rows.map((row) => timeParameter(row.lastReceivedAt))),
      arrayParameter(rows.map((row) => timeParameter(row.startsAt))),
      arrayParameter(rows.map((row) => timeParameter(row.closing?.endsAt ?? null))),
      arrayParameter(rows.map((row) => timeParameter(row.closing?.closedAt ?? null))),
      arrayParameter(rows.map((row) => row.closing?.reason ?? null)),
      arrayParameter(rows.map((row) => (row.parts === null ? null : JSON.stringify(row.parts)))),
    ],
  });
}

export async function changeAlerts(db: Queryable, rows: readonly AlertToChange[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'alert_change',
    text: `update alert a set severity = u.severity, sender_severity = u.sender_severity, title = u.title,
          summary = u.summary, description = u.description, annotations = u.annotations, links = u.links,
          runbook_url = u.runbook_url, material_hash = u.material_hash
      from unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[],
                  $9::text[], $10::text[])
        as u (id, severity, sender_severity, title, summary, description, annotations, links, runbook_url, material_hash)
     where a.id = u.id`,
    values: [
      arrayParameter(rows.map((row) => row.id)),
      arrayParameter(rows.map((row) => severityRank(row.alert.severity))),
      arrayParameter(rows.map((row) => row.alert.senderSeverity)),
      arrayParameter(rows.map((row) => row.alert.title)),
      arrayParameter(rows.map((row) => row.alert.summary)),
      arrayParameter(rows.map((row) => row.alert.description)),
      arrayParameter(rows.map((row) => JSON.stringify(row.alert.annotations))),
      arrayParameter(rows.map((row) => JSON.stringify(row.alert.links))),
      arrayParameter(rows.map((row) => row.alert.runbookUrl)),
      arrayParameter(rows.map((row) => row.materialHash)),
    ],
  });
}

/** Remembers the ends of conditions that were never seen firing; a later end replaces an earlier one. */
export async function rememberEnds(
  db: Queryable,
  ends: readonly (FingerprintKey & { readonly endsAt: number })[],
): Promise<void> {
  if (ends.length === 0) return;
  await db.query({
    name: 'alert_end_remember',
    text: `insert into alert_end as e (integration_id, fingerprint, ends_at)
      select * from unnest($1::bigint[], $2::text[], $3::timestamptz[])
      on conflict (integration_id, fingerprint) do update set ends_at = greatest(e.ends_at, excluded.ends_at)`,
    values: [
      ends.map((end) => end.integrationId),
      ends.map((end) => end.fingerprint),
      ends.map((end) => timeParameter(end.endsAt)),
    ],
  });
}

/** Where correlation put alerts that are stored already: held back until now, or kept quiet. */
export interface AlertToPlace {
  readonly id: number;
  readonly incidentId: number;
  readonly explanation: Explanation;
}

export async function placeStoredAlerts(db: Queryable, rows: readonly AlertToPlace[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'alert_place',
    text: `update alert a set incident_id = p.incident_id, explanation = p.explanation, pending_key = null
      from unnest($1::bigint[], $2::bigint[], $3::jsonb[]) as p (id, incident_id, explanation) where a.id = p.id`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.incidentId),
      rows.map((row) => JSON.stringify(row.explanation)),
    ],
  });
}

/** A stored alert that a rule holds back from now on, in the group `pendingKey`. */
export interface AlertToHold {
  readonly id: number;
  readonly pendingKey: string;
  readonly explanation: Explanation;
}

export async function holdStoredAlerts(db: Queryable, rows: readonly AlertToHold[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'alert_hold',
    text: `update alert a set pending_key = h.pending_key, explanation = h.explanation
      from unnest($1::bigint[], $2::text[], $3::jsonb[]) as h (id, pending_key, explanation)
      where a.id = h.id and a.incident_id is null`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.pendingKey),
      rows.map((row) => JSON.stringify(row.explanation)),
    ],
  });
}
