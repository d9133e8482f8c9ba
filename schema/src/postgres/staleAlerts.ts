import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

export async function firingCount(db: Queryable, incidentId: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from alert where incident_id = $1 and closed_at is null',
    [incidentId],
  );
  return rows[0]?.count ?? 0;
}

export interface StaleAlert {
  readonly id: number;
  readonly environment: string | null;
  readonly incidentId: number | null;
  readonly startsAt: number;
  readonly lastReceivedAt: number;
}

interface StaleRow {
  readonly id: number;
  readonly environment: string | null;
  readonly incident_id: number | null;
  readonly starts_at: number;
  readonly last_received_at: number;
}

/** Open episodes of an integration that were last heard of before `before`, as far as `ids` are named only those. */
export async function findStaleAlerts(
  db: Queryable,
  integrationId: number,
  before: number,
  ids: readonly number[] | null = null,
): Promise<readonly StaleAlert[]> {
  const { rows } = await db.query<StaleRow>({
    name: 'alert_find_stale',
    text: `select id, environment, incident_id, starts_at, last_received_at from alert
      where integration_id = $1 and closed_at is null and not is_stale and last_received_at < $2
        and ($3::bigint[] is null or id = any($3::bigint[]))
      order by id limit 1000`,
    values: [integrationId, timeParameter(before), ids],
  });
  return rows.map((row) => ({
    id: row.id,
    environment: row.environment,
    incidentId: row.incident_id,
    startsAt: row.starts_at,
    lastReceivedAt: row.last_received_at,
  }));
}

export async function markStale(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.query('update alert set is_stale = true where id = any($1::bigint[])', [ids]);
}

/** Ends them at the time they were last heard of. */
export async function resolveStale(db: Queryable, ids: readonly number[], closedAt: number): Promise<void> {
  await db.query(
    `update alert set is_stale = true, ends_at = greatest(last_received_at, starts_at), closed_at = $2, resolve_reason = 'stale'
      where id = any($1::bigint[])`,
    [ids, timeParameter(closedAt)],
  );
}

/** Integrations with when to look for stale alerts. */
export async function staleRules(
  db: Queryable,
): Promise<
  readonly { readonly id: number; readonly staleAfterSeconds: number; readonly action: 'keep' | 'resolve' }[]
> {
  const { rows } = await db.query<{ id: number; stale_after_seconds: number; stale_action: 'keep' | 'resolve' }>(
    'select id, stale_after_seconds, stale_action from integration order by id',
  );
  return rows.map((row) => ({ id: row.id, staleAfterSeconds: row.stale_after_seconds, action: row.stale_action }));
}
