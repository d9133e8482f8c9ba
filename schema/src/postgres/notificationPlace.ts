import type { WaitingNotification } from '../domain/notificationBundle.js';
import type { NotificationTopic } from '../domain/notification.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';
import { cancelTimers } from './timer.js';

/** Where messages queue up. An address of nobody's, as of a subscriber, has no queue. */
interface Place {
  /** A person's contact, a channel, or the address of a person's account. */
  readonly kind: 'contact' | 'channel' | 'account';
  readonly id: number;
}

const isAt: Readonly<Record<Place['kind'], string>> = {
  contact: 'contact_id = $1',
  channel: 'channel_id = $1',
  account: 'person_id = $1 and contact_id is null',
};

interface Row {
  readonly contact_id: number | null;
  readonly channel_id: number | null;
  readonly person_id: number | null;
}

/** The place's turn: two processes must not both find that five went out. Before any row, or they could wait for each other. */
export async function lockPlace(db: Queryable, id: number): Promise<Place | null> {
  const { rows } = await db.query<Row>({
    name: 'notification_lock_place',
    // Numbers that no other lock of ours uses; without a place there is nothing to lock.
    text: `with place as (
        select contact_id, channel_id, person_id, (coalesce(contact_id, channel_id, person_id) % 2147483647)::int as number,
               case when contact_id is not null then 7462010 when channel_id is not null then 7462011 else 7462012 end as space
          from notification where id = $1)
      select contact_id, channel_id, person_id, pg_advisory_xact_lock(space, number) from place`,
    values: [id],
  });
  return rows[0] === undefined ? null : placeOf(rows[0]);
}

function placeOf({ contact_id: contact, channel_id: channel, person_id: person }: Row): Place | null {
  if (contact !== null) return { kind: 'contact', id: contact };
  if (channel !== null) return { kind: 'channel', id: channel };
  return person === null ? null : { kind: 'account', id: person };
}

interface Queue {
  /** What is due, the oldest five hundred. */
  readonly waiting: readonly WaitingNotification[];
  /** Sent in the minute before, or on its way; 0 where nothing waits. */
  readonly sentLastMinute: number;
}

/** What is due there, locked in the order of its numbers. @param now epoch milliseconds */
export async function lockQueue(db: Queryable, { kind, id }: Place, now: number): Promise<Queue> {
  const { rows } = await db.query<{ id: number; topic: NotificationTopic; due_at: number; sent: number }>({
    name: `notification_queue_${kind}`,
    text: `select id, topic, due_at,
                  (select count(*) from notification where ${isAt[kind]} and state = 'sending')
                + (select count(*) from notification where ${isAt[kind]} and state = 'sent' and sent_at > $3::timestamptz) as sent
             from notification
            where ${isAt[kind]} and state = 'waiting' and due_at <= $2::timestamptz order by id limit 500 for update`,
    values: [id, timeParameter(now), timeParameter(now - 60_000)],
  });
  return {
    waiting: rows.map((row) => ({ id: row.id, topic: row.topic, dueAt: row.due_at })),
    sentLastMinute: rows[0]?.sent ?? 0,
  };
}

/** They are said by `into`, with what they were to say for others. */
export async function bundleInto(db: Queryable, into: number, ids: readonly number[]): Promise<void> {
  await db.query({
    name: 'notification_bundle',
    text: `update notification set state = 'bundled', bundled_into = $1
            where id = any($2::bigint[]) or bundled_into = any($2::bigint[])`,
    values: [into, ids],
  });
  await cancelTimers(db, 'notification.send', ids.map(String));
}
