import type { AddedNotifications, NotificationAsk } from '../domain/notification.js';
import { planNotifications } from '../domain/notificationPlan.js';
import { severityRank } from '../domain/severity.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';
import { type ReachablePerson, recipientsOf } from './recipient.js';
import { addTimers, cancelTimers } from './timer.js';

/** One row of the outbox to be. */
interface NewNotification {
  readonly ask: NotificationAsk;
  readonly key: string;
  readonly personId: number | null;
  readonly contactId: number | null;
  readonly channelId: number | null;
  readonly email: string | null;
  readonly dueAt: number;
  readonly reason: string | null;
}

/**
 * Has something said, in the caller's transaction: one row of the outbox and one timer for every place, by the rules of the
 * person. A key that was there before is not added again.
 * @param now epoch milliseconds
 */
export async function addNotifications(
  db: Queryable,
  asks: readonly NotificationAsk[],
  now: number,
): Promise<AddedNotifications> {
  if (asks.length === 0) return { added: [], unreachable: [] };
  const people = await recipientsOf(
    db,
    asks.flatMap(({ to }) => (to.kind === 'person' ? [to.personId] : [])),
  );
  const planned = asks.flatMap((ask) => plan(ask, people, now));
  const reachable = planned.filter((row) => row !== null);
  const reached = new Set(reachable.map(({ ask }) => ask));
  const unreachable = asks.flatMap((ask) =>
    ask.to.kind === 'person' && !reached.has(ask) && ask.topic === 'page' ? [ask.to.personId] : [],
  );
  const added = await insertNotifications(db, reachable, now);
  await addTimers(
    db,
    added.map(({ id, due_at: dueAt }) => ({ kind: 'notification.send', key: String(id), dueAt })),
  );
  return { added: added.map(({ id }) => id), unreachable: [...new Set(unreachable)] };
}

function plan(
  ask: NotificationAsk,
  people: ReadonlyMap<number, ReachablePerson>,
  now: number,
): readonly (NewNotification | null)[] {
  const nowhere = { ask, personId: null, contactId: null, channelId: null, email: null, dueAt: now, reason: null };
  switch (ask.to.kind) {
    case 'channel':
      return [{ ...nowhere, key: `${ask.key}/channel/${ask.to.channelId}`, channelId: ask.to.channelId }];
    case 'email':
      return [{ ...nowhere, key: `${ask.key}/email`, email: ask.to.email }];
    case 'person':
      return planForPerson(ask, people.get(ask.to.personId), nowhere, now);
  }
}

function planForPerson(
  ask: NotificationAsk,
  person: ReachablePerson | undefined,
  nowhere: Omit<NewNotification, 'key'>,
  now: number,
): readonly (NewNotification | null)[] {
  if (person === undefined) return [null];
  const { personId, email } = person;
  const topic = ask.topic === 'page' || ask.topic === 'update' ? ask.topic : 'personal';
  // Who confirmed no contact is written to under the address of the account.
  const isByAccount = person.usableContacts.size === 0 && email !== null;
  const recipient = isByAccount ? { ...person, rules: [], usableContacts: new Set([0]) } : person;
  return planNotifications(recipient, topic, ask.severity, now).map((step): NewNotification | null => {
    if (step.kind === 'unreachable') return null;
    const when = { dueAt: step.dueAt, reason: step.kind === 'later' ? 'quiet hours' : null };
    return isByAccount
      ? { ...nowhere, ...when, key: `${ask.key}/person/${personId}`, personId, email }
      : { ...nowhere, ...when, key: `${ask.key}/contact/${step.contactId}`, personId, contactId: step.contactId };
  });
}

/** The rows that are new. */
async function insertNotifications(
  db: Queryable,
  rows: readonly NewNotification[],
  now: number,
): Promise<readonly { readonly id: number; readonly due_at: number }[]> {
  if (rows.length === 0) return [];
  const { rows: added } = await db.query<{ id: number; due_at: number }>({
    name: 'notification_add',
    text: `insert into notification (key, topic, incident_id, page_id, person_id, contact_id, channel_id, email, content,
                                     severity, state, reason, due_at, created_at)
      select key, topic, incident_id, page_id, person_id, contact_id, channel_id, email, content, severity, 'waiting', reason,
             due_at, $13::timestamptz
        from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[],
                    $9::jsonb[], $10::smallint[], $11::text[], $12::timestamptz[])
          as n (key, topic, incident_id, page_id, person_id, contact_id, channel_id, email, content, severity, reason, due_at)
      on conflict (key) do nothing
      returning id, due_at`,
    values: [
      rows.map(({ key }) => key),
      rows.map(({ ask }) => ask.topic),
      rows.map(({ ask }) => ask.incidentId),
      rows.map(({ ask }) => ask.pageId),
      rows.map(({ personId }) => personId),
      rows.map(({ contactId }) => contactId),
      rows.map(({ channelId }) => channelId),
      rows.map(({ email }) => email),
      rows.map(({ ask }) => JSON.stringify({ template: ask.template, values: ask.values })),
      rows.map(({ ask }) => severityRank(ask.severity)),
      rows.map(({ reason }) => reason),
      rows.map(({ dueAt }) => timeParameter(dueAt)),
      timeParameter(now),
    ],
  });
  return added;
}

/**
 * Takes back what still waits for these pages, and what channels were to hear of the calls of these incidents, in the caller's
 * transaction; what is being sent at this moment arrives. What was bundled into one that is taken back is sent by itself.
 */
export async function cancelNotifications(
  db: Queryable,
  { pageIds, incidentIds }: { readonly pageIds: readonly number[]; readonly incidentIds: readonly number[] },
  reason: string,
): Promise<void> {
  const { rows } = await db.query<{ id: number }>({
    name: 'notification_of_calls',
    text: `select id from notification
            where (page_id = any($1::bigint[]) or incident_id = any($2::bigint[]) and topic = 'page' and page_id is null)
              and state in ('waiting', 'bundled') order by id for update`,
    values: [pageIds, incidentIds],
  });
  await cancelRows(
    db,
    rows.map(({ id }) => id),
    reason,
  );
}

/** As {@link cancelNotifications}, for rows that the caller holds. */
export async function cancelRows(db: Queryable, ids: readonly number[], reason: string): Promise<void> {
  if (ids.length === 0) return;
  await db.query({
    name: 'notification_cancel',
    text: `update notification set state = 'cancelled', reason = left($2, 200), bundled_into = null where id = any($1::bigint[])`,
    values: [ids, reason],
  });
  await cancelTimers(db, 'notification.send', ids.map(String));
  await releaseBundled(db, ids);
}

/** What was to be said along with these goes out by itself: it is due already. */
export async function releaseBundled(db: Queryable, ids: readonly number[]): Promise<void> {
  const { rows } = await db.query<{ id: number; due_at: number }>({
    name: 'notification_release',
    text: `update notification set state = 'waiting', bundled_into = null where bundled_into = any($1::bigint[])
           returning id, due_at`,
    values: [ids],
  });
  await addTimers(
    db,
    rows.map(({ id, due_at: dueAt }) => ({ kind: 'notification.send', key: String(id), dueAt })),
  );
}
