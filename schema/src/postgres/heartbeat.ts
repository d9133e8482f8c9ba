import { silenceFingerprint } from '../domain/source.js';
import type { Queryable } from './pool.js';

/** An integration whose silence is watched, or is an open alert. Times are epoch milliseconds. */
export interface Heartbeat {
  readonly integrationId: number;
  /** Null: nobody expects one any more. */
  readonly seconds: number | null;
  readonly since: number;
  /** The last request of the sender itself. */
  readonly heardAt: number | null;
  /** When the open alert about its silence was last confirmed; null: there is none. */
  readonly toldAt: number | null;
}

/** @param ownPrefix how the ids of deliveries begin that no sender sent */
export async function heartbeats(db: Queryable, ownPrefix: string): Promise<readonly Heartbeat[]> {
  const { rows } = await db.query<{
    id: number;
    heartbeat_seconds: number | null;
    heartbeat_since: number;
    heard_at: number | null;
    told_at: number | null;
  }>({
    name: 'heartbeats',
    text: `select i.id, i.heartbeat_seconds, i.heartbeat_since, heard.at as heard_at, told.last_received_at as told_at
             from integration i
             left join lateral (select last_received_at as at from delivery
                                 where integration_id = i.id and not starts_with(id, $2)
                                 order by last_received_at desc limit 1) as heard on true
             left join alert told on told.integration_id = i.id and told.fingerprint = $1 and told.closed_at is null
            where i.heartbeat_seconds is not null or told.id is not null order by i.id`,
    values: [silenceFingerprint, ownPrefix],
  });
  return rows.map((row) => ({
    integrationId: row.id,
    seconds: row.heartbeat_seconds,
    since: row.heartbeat_since,
    heardAt: row.heard_at,
    toldAt: row.told_at,
  }));
}

/** Those of the integrations whose silence is an open alert. */
export async function silentOf(db: Queryable, integrationIds: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ integration_id: number }>({
    name: 'integrations_silent',
    text: `select integration_id from alert
            where integration_id = any($1::bigint[]) and fingerprint = $2 and closed_at is null`,
    values: [integrationIds, silenceFingerprint],
  });
  return new Set(rows.map((row) => row.integration_id));
}
