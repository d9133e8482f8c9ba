import { createHash, timingSafeEqual } from 'node:crypto';
import { addNotifications } from './notificationWrite.js';
import { hashOfSecret, newSecret } from './oneTimeLink.js';
import type { Pool, Queryable } from './pool.js';
import { publicUpdates } from './stakeholderUpdate.js';
import { addTimers } from './timer.js';
import { inTransaction } from './transaction.js';

const chunk = 200;

/**
 * Asks an address whether it wants updates: a letter with a link goes to it, at most once in ten minutes; an address that
 * confirmed already gets none. The caller answers the same whatever came of it.
 */
export async function askToSubscribe(pool: Pool, email: string, pageTitle: string, now: number): Promise<void> {
  await inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ id: number }>(
      `insert into status_subscriber (email, email_key, hash, created_at) values ($1, lower($1), $2, to_timestamp($3 / 1000.0))
       on conflict (email_key) do update set hash = excluded.hash, created_at = excluded.created_at, unsubscribed_at = null,
         confirmed_at = null
        where (status_subscriber.confirmed_at is null or status_subscriber.unsubscribed_at is not null)
          and status_subscriber.created_at < excluded.created_at - interval '10 minutes'
       returning id`,
      // Opened by nothing: the letter makes its own.
      [email, hashOfSecret(newSecret('')), now],
    );
    const id = rows[0]?.id;
    if (id === undefined) return;
    const title = `Confirm: updates of ${pageTitle}`;
    const text = `Somebody, probably you, asked for updates of “${pageTitle}” by e-mail.\n\nOpen the link to confirm. If it was not you, do nothing.`;
    const link = { kind: 'confirm', id } as const;
    await addNotifications(db, [mail(`status/confirm/${id}/${now}`, email, { title, text, link })], now);
  });
}

/** For the letter that asks; what stood there before confirms nothing. Null where the address was confirmed, or left. */
export async function makeConfirmToken(db: Queryable, id: number): Promise<string | null> {
  const token = newSecret('');
  const { rowCount } = await db.query(
    'update status_subscriber set hash = $2 where id = $1 and confirmed_at is null and unsubscribed_at is null',
    [id, hashOfSecret(token)],
  );
  return rowCount === 1 ? token : null;
}

/** @returns false where no such link waits */
export async function confirmSubscriber(db: Queryable, token: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update status_subscriber set confirmed_at = coalesce(confirmed_at, now())
      where hash = $1 and unsubscribed_at is null and (confirmed_at is not null or created_at > now() - interval '7 days')`,
    [hashOfSecret(token)],
  );
  return (rowCount ?? 0) > 0;
}

/** What ends a subscription: not kept, but made from what is, so that the same stands in every letter. */
function leaveTokenOf(id: number, hash: Buffer): string {
  return `${id}.${createHash('sha256').update('unsubscribe').update(hash).digest('base64url')}`;
}

/** Of a subscription that stands; null where it ended. */
export async function leaveToken(db: Queryable, id: number): Promise<string | null> {
  const { rows } = await db.query<{ hash: Buffer }>(
    'select hash from status_subscriber where id = $1 and confirmed_at is not null and unsubscribed_at is null',
    [id],
  );
  return rows[0] === undefined ? null : leaveTokenOf(id, rows[0].hash);
}

/** @returns false where there is no such subscription */
export async function endSubscription(db: Queryable, token: string): Promise<boolean> {
  const id = /^([1-9]\d{0,14})\./.exec(token)?.[1];
  if (id === undefined) return false;
  const { rows } = await db.query<{ hash: Buffer }>('select hash from status_subscriber where id = $1', [id]);
  const expected = rows[0] === undefined ? null : Buffer.from(leaveTokenOf(Number(id), rows[0].hash));
  const given = Buffer.from(token);
  if (expected === null || expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
  await db.query('update status_subscriber set unsubscribed_at = coalesce(unsubscribed_at, now()) where id = $1', [id]);
  return true;
}

export async function countSubscribers(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    'select count(*)::int as n from status_subscriber where confirmed_at is not null and unsubscribed_at is null',
  );
  return rows[0]?.n ?? 0;
}

/** Puts one chunk of an update's letters into the outbox, and the timer of the next chunk, in the caller's transaction. */
export async function deliverUpdate(
  db: Queryable,
  { updateId, after }: { readonly updateId: number; readonly after: number },
  pageUrl: string,
  now: number,
): Promise<void> {
  const update = (await publicUpdates(db)).find(({ id }) => id === updateId);
  if (update === undefined) return;
  const { rows } = await db.query<{ id: number; email: string }>({
    name: 'status_subscriber_chunk',
    text: `select id, email from status_subscriber where id > $1 and confirmed_at is not null and unsubscribed_at is null
            order by id limit ${chunk}`,
    values: [after],
  });
  await addNotifications(
    db,
    rows.map(({ id, email }) => {
      const title = `${update.title} (${update.progress})`;
      const link = { kind: 'leave', id } as const;
      return mail(`status/update/${updateId}/${id}`, email, { title, text: update.body, url: pageUrl, link });
    }),
    now,
  );
  const last = rows.at(-1);
  if (rows.length < chunk || last === undefined) return;
  const data = { updateId, after: last.id };
  await addTimers(db, [{ kind: 'statusUpdate.deliver', key: `${updateId}/${last.id}`, dueAt: now, data }]);
}

function mail(key: string, email: string, values: Readonly<Record<string, unknown>>) {
  return {
    key,
    topic: 'stakeholder',
    to: { kind: 'email', email },
    incidentId: null,
    pageId: null,
    severity: 'info',
    template: 'stakeholder.mail',
    values,
  } as const;
}
