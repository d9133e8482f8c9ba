import { timeParameter } from './incidentRow.js';
import { sentByHand } from './notificationClaim.js';
import type { Queryable } from './pool.js';
import { addTimers } from './timer.js';

/** A failed one is sent again now; false where it is in any other state. Its receiver may know it already. */
export async function retryFailed(db: Queryable, id: number, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update notification set state = 'waiting', reason = '${sentByHand}', due_at = $2::timestamptz
      where id = $1 and state = 'failed'`,
    [id, timeParameter(now)],
  );
  if (rowCount !== 1) return false;
  await addTimers(db, [{ kind: 'notification.send', key: String(id), dueAt: now }]);
  return true;
}

/** One message to one contact, whatever its person's rules say: to confirm it, or to try it. */
export async function addContactMessage(
  db: Queryable,
  message: {
    readonly key: string;
    readonly contactId: number;
    readonly personId: number;
    readonly template: string;
    readonly values: Readonly<Record<string, unknown>>;
  },
  now: number,
): Promise<number> {
  const { key, contactId, personId, template, values } = message;
  const { rows } = await db.query<{ id: number }>(
    `insert into notification (key, topic, person_id, contact_id, content, severity, state, due_at, created_at)
     values ($1, 'test', $2, $3, $4, 4, 'waiting', $5::timestamptz, $5::timestamptz) returning id`,
    [key, personId, contactId, JSON.stringify({ template, values }), timeParameter(now)],
  );
  const id = rows[0]?.id ?? 0;
  await addTimers(db, [{ kind: 'notification.send', key: String(id), dueAt: now }]);
  return id;
}
