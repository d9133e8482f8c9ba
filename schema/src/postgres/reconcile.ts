import type { VanishReason } from '../domain/alert.js';
import { silenceFingerprint } from '../domain/source.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** An open episode, as far as it is compared with its sender's list. Times are epoch milliseconds. */
export interface OpenAlert {
  readonly id: number;
  readonly fingerprint: string;
  readonly environment: string | null;
  readonly incidentId: number | null;
  readonly startsAt: number;
  readonly lastReceivedAt: number;
  readonly vanishReason: VanishReason | null;
  readonly missingSince: number | null;
}

/** The open alerts of an integration that were not heard of since `before`; what came later the list cannot know. */
export async function openAlertsOf(
  db: Queryable,
  integrationId: number,
  before: number,
): Promise<readonly OpenAlert[]> {
  const { rows } = await db.query<{
    id: number;
    fingerprint: string;
    environment: string | null;
    incident_id: number | null;
    starts_at: number;
    last_received_at: number;
    vanish_reason: VanishReason | null;
    missing_since: number | null;
  }>({
    name: 'reconcile_open',
    text: `select id, fingerprint, environment, incident_id, starts_at, last_received_at, vanish_reason, missing_since
             from alert where integration_id = $1 and closed_at is null and fingerprint <> $2
                          and last_received_at < $3::timestamptz order by id`,
    values: [integrationId, silenceFingerprint, timeParameter(before)],
  });
  return rows.map((row) => ({
    id: row.id,
    fingerprint: row.fingerprint,
    environment: row.environment,
    incidentId: row.incident_id,
    startsAt: row.starts_at,
    lastReceivedAt: row.last_received_at,
    vanishReason: row.vanish_reason,
    missingSince: row.missing_since,
  }));
}

/** What an alert says about its sender's list from now on. */
export interface VanishMark {
  readonly id: number;
  readonly reason: VanishReason | null;
  readonly missingSince: number | null;
}

/** Marks those that are still open and were not heard of since `before`; by their ids the incidents that they are in. */
export async function markVanished(
  db: Queryable,
  marks: readonly VanishMark[],
  before: number,
): Promise<ReadonlyMap<number, number | null>> {
  if (marks.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; incident_id: number | null }>({
    name: 'reconcile_mark',
    text: `update alert a set vanish_reason = m.reason, missing_since = m.since
             from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as m (id, reason, since)
            where a.id = m.id and a.closed_at is null and a.last_received_at < $4::timestamptz returning a.id, a.incident_id`,
    values: [
      marks.map(({ id }) => id),
      marks.map(({ reason }) => reason),
      marks.map(({ missingSince }) => (missingSince === null ? null : timeParameter(missingSince))),
      timeParameter(before),
    ],
  });
  return new Map(rows.map((row) => [row.id, row.incident_id]));
}

/** Why its sender's list no longer shows each of these alerts; those that it shows are left out. */
export async function vanishReasonsOf(
  db: Queryable,
  alertIds: readonly number[],
): Promise<ReadonlyMap<number, VanishReason>> {
  const { rows } = await db.query<{ id: number; vanish_reason: VanishReason }>({
    name: 'alert_vanish_reasons',
    text: 'select id, vanish_reason from alert where id = any($1::bigint[]) and vanish_reason is not null',
    values: [alertIds],
  });
  return new Map(rows.map((row) => [row.id, row.vanish_reason]));
}

/** The integrations whose sender is asked. */
export async function reconciledIntegrations(db: Queryable): Promise<readonly number[]> {
  const { rows } = await db.query<{ id: number }>(
    'select id from integration where reconcile_url is not null order by id',
  );
  return rows.map(({ id }) => id);
}

/** Why the last attempt to ask each sender failed; those that answered are left out. */
export async function reconcileErrorsOf(
  db: Queryable,
  integrationIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await db.query<{ id: number; error: string }>({
    name: 'reconcile_errors',
    text: `select key::bigint as id, data ->> 'error' as error from timer
            where kind = 'integration.reconcile' and key = any($1::text[]) and data ->> 'error' is not null`,
    values: [integrationIds.map(String)],
  });
  return new Map(rows.map(({ id, error }) => [id, error]));
}
