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

const columns = 'id, environment, incident_id, starts_at, last_received_at';
/**
 * Fenced, so that the open ones are found by their own index: for the first thousand by id the planner walked the primary key,
 * which is 5.8 s among five million alerts, not 0.2.
 */
const findStale = `with open as materialized (
    select ${columns}, is_stale from alert where integration_id = $1 and closed_at is null)
  select ${columns} from open where not is_stale and last_received_at < $2 order by id limit 1000`;
const stillStale = `select ${columns} from alert
  where id = any($3::bigint[]) and integration_id = $1 and closed_at is null and not is_stale and last_received_at < $2
  order by id`;

/** Open episodes of an integration that were last heard of before `before`, as far as `ids` are named only those. */
export async function findStaleAlerts(
  db: Queryable,
  integrationId: number,
  before: number,
  ids: readonly number[] | null = null,
): Promise<readonly StaleAlert[]> {
  const { rows } = await db.query<StaleRow>(
    ids === null
      ? { name: 'alert_find_stale', text: findStale, values: [integrationId, timeParameter(before)] }
      : { name: 'alert_still_stale', text: stillStale, values: [integrationId, timeParameter(before), ids] },
  );
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
