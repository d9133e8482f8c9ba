import { storableText } from '../domain/text.js';
import type { Queryable } from './pool.js';
import { timeParameter } from './incidentRow.js';

export const mostRecentBodies = 5;
/** Of UTF-8. A longer body is not kept: cut, it would be no JSON to map. */
export const largestRecentBody = 64 * 1024;

export interface RecentBody {
  readonly integrationId: number;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly body: string;
}

/** Keeps a body and lets the ones before the newest five go, in one statement. @param body at most 64 KiB of UTF-8 */
export async function keepRecentBody(
  db: Queryable,
  integrationId: number,
  receivedAt: number,
  body: Buffer,
): Promise<void> {
  await db.query({
    name: 'recent_body_keep',
    // The row that is being added is not seen by the rest of its statement, so four of the older ones stay.
    text: `with kept as (insert into recent_body (integration_id, received_at, body) values ($1, $2, $3))
           delete from recent_body where integration_id = $1 and id < (
             select min(id) from (select id from recent_body where integration_id = $1
                                   order by id desc limit ${mostRecentBodies - 1}) as newest)`,
    values: [integrationId, timeParameter(receivedAt), storableText(body.toString('utf8'))],
  });
}

/** The bodies that were kept of these integrations, newest first, at most five of each. */
export async function recentBodiesOf(db: Queryable, integrationIds: readonly number[]): Promise<readonly RecentBody[]> {
  const { rows } = await db.query<{ integration_id: number; received_at: number; body: string }>({
    name: 'recent_bodies',
    // Two processes may each have kept one too many.
    text: `select b.integration_id, b.received_at, b.body
             from unnest($1::bigint[]) as wanted (id)
             cross join lateral (select * from recent_body where integration_id = wanted.id
                                  order by id desc limit ${mostRecentBodies}) as b
            order by b.id desc`,
    values: [integrationIds],
  });
  return rows.map((row) => ({ integrationId: row.integration_id, receivedAt: row.received_at, body: row.body }));
}
