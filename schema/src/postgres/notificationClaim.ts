import { bundle, type BundlePlan, type WaitingNotification } from '../domain/notificationBundle.js';
import type { NotificationTopic } from '../domain/notification.js';
import { severityOfRank, type Severity } from '../domain/severity.js';
import { timeParameter } from './incidentRow.js';
import { cancelRows } from './notificationWrite.js';
import type { Queryable } from './pool.js';
import { addTimers, cancelTimers, type ClaimedTimer, completeTimer } from './timer.js';

/** A message of which an attempt begins: its row says `sending`, the attempt has no end yet. */
export interface ClaimedNotification {
  readonly id: number;
  readonly key: string;
  readonly topic: NotificationTopic;
  readonly incidentId: number | null;
  readonly pageId: number | null;
  readonly personId: number | null;
  readonly contactId: number | null;
  readonly channelId: number | null;
  readonly email: string | null;
  readonly template: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  /** From 1. */
  readonly attempt: number;
  /** An earlier attempt may have arrived: nobody saw its end, or no answer came. */
  readonly isRepeat: boolean;
  /** Messages that this one stands for as well. */
  readonly bundled: readonly { readonly id: number; readonly incidentId: number | null; readonly title: string }[];
}

/** Why one waits that had failed: its receiver may know it already. */
export const sentByHand = 'sent again by hand';

/** What an error says where a request was sent and nobody answered: such an attempt may have arrived. */
export const noAnswer = 'did not answer';

interface NotificationRow {
  readonly id: number;
  readonly key: string;
  readonly topic: NotificationTopic;
  readonly incident_id: number | null;
  readonly page_id: number | null;
  readonly person_id: number | null;
  readonly contact_id: number | null;
  readonly channel_id: number | null;
  readonly email: string | null;
  readonly content: { readonly template: string; readonly values: Readonly<Record<string, unknown>> };
  readonly severity: number;
  readonly state: string;
  readonly reason: string | null;
  readonly page_state: string | null;
  readonly is_active: boolean | null;
  readonly rate_per_minute: number | null;
}

interface Place {
  readonly column: 'contact_id' | 'channel_id';
  readonly id: number;
}

/** Any number that no other lock of ours uses. */
const placeLocks = { contact_id: 7_462_010, channel_id: 7_462_011 } as const;
const contactRatePerMinute = 30;

/**
 * Begins an attempt, to be committed before anything is sent; null where there is nothing to send now, and the timer is dealt
 * with. What waits for the same place beside it is bundled or put off here.
 * @param now epoch milliseconds
 */
export async function claimNotification(
  db: Queryable,
  timer: ClaimedTimer,
  now: number,
): Promise<ClaimedNotification | null> {
  const id = Number(timer.key);
  const place = await lockPlace(db, id);
  // Before the row itself: everybody locks messages in the order of their numbers.
  const waiting = place === null ? [] : await lockWaiting(db, place, now);
  const row = await readRow(db, id);
  if (row === null || !['waiting', 'sending'].includes(row.state)) {
    await completeTimer(db, timer);
    return null;
  }
  const refusal = refusalOf(row);
  if (refusal !== null) {
    await cancelRows(db, [id], refusal);
    return null;
  }
  // One that was being sent when its process died is sent again, whatever waits.
  if (place !== null && row.state === 'waiting') {
    const rate = row.rate_per_minute ?? contactRatePerMinute;
    const plan = bundle(waiting, await sentLastMinute(db, place, now), rate, now);
    if (!(await isToBeSent(db, id, plan, timer, now))) return null;
  }
  return beginAttempt(db, row, now);
}

/** The place's turn: two processes must not both find that five went out. Before any row, or they could wait for each other. */
async function lockPlace(db: Queryable, id: number): Promise<Place | null> {
  const { rows } = await db.query<{ contact_id: number | null; channel_id: number | null }>({
    name: 'notification_place',
    text: 'select contact_id, channel_id from notification where id = $1',
    values: [id],
  });
  const [row] = rows;
  const place: Place | null =
    row?.contact_id != null
      ? { column: 'contact_id', id: row.contact_id }
      : row?.channel_id != null
        ? { column: 'channel_id', id: row.channel_id }
        : null;
  if (place !== null) {
    await db.query({
      name: 'notification_lock_place',
      text: 'select pg_advisory_xact_lock($1, $2)',
      values: [placeLocks[place.column], place.id % 2_147_483_647],
    });
  }
  return place;
}

async function readRow(db: Queryable, id: number): Promise<NotificationRow | null> {
  const { rows } = await db.query<NotificationRow>({
    name: 'notification_claim',
    text: `select n.id, n.key, n.topic, n.incident_id, n.page_id, n.person_id, n.contact_id, n.channel_id, n.email, n.content,
                  n.severity, n.state, n.reason, g.state as page_state, p.is_active, c.rate_per_minute
             from notification n
             left join page g on g.id = n.page_id
             left join person p on p.id = n.person_id
             left join notification_channel c on c.id = n.channel_id
            where n.id = $1 for update of n`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Why it need not be sent any more. */
function refusalOf(row: NotificationRow): string | null {
  if (row.page_state === 'acknowledged') return 'acknowledged before it was due';
  if (row.page_state === 'ended') return 'over before it was due';
  if (row.is_active === false) return 'the person is switched off';
  return null;
}

async function lockWaiting(db: Queryable, place: Place, now: number): Promise<readonly WaitingNotification[]> {
  const { rows } = await db.query<{ id: number; topic: NotificationTopic; due_at: number }>({
    name: `notification_waiting_${place.column}`,
    text: `select id, topic, due_at from notification
            where ${place.column} = $1 and state = 'waiting' and due_at <= $2::timestamptz order by id limit 500 for update`,
    values: [place.id, timeParameter(now)],
  });
  return rows.map((row) => ({ id: row.id, topic: row.topic, dueAt: row.due_at }));
}

async function isToBeSent(
  db: Queryable,
  id: number,
  plan: BundlePlan,
  timer: ClaimedTimer,
  now: number,
): Promise<boolean> {
  for (const { into, ids } of plan.bundled) await bundleInto(db, into, ids);
  if (plan.send.includes(id)) return true;
  if (plan.bundled.some(({ ids }) => ids.includes(id))) return false;
  const dueAt = plan.lookAgainAt ?? now + 5_000;
  await completeTimer(db, timer);
  await addTimers(db, [{ kind: 'notification.send', key: String(id), dueAt }]);
  return false;
}

async function sentLastMinute(db: Queryable, place: Place, now: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    name: `notification_sent_${place.column}`,
    text: `select count(*) as count from notification
            where ${place.column} = $1 and (state = 'sending' or state = 'sent' and sent_at > $2::timestamptz)`,
    values: [place.id, timeParameter(now - 60_000)],
  });
  return rows[0]?.count ?? 0;
}

async function bundleInto(db: Queryable, into: number, ids: readonly number[]): Promise<void> {
  await db.query({
    name: 'notification_bundle',
    text: `update notification set state = 'bundled', bundled_into = $1
            where id = any($2::bigint[]) or bundled_into = any($2::bigint[])`,
    values: [into, ids],
  });
  await cancelTimers(db, 'notification.send', ids.map(String));
}

async function beginAttempt(db: Queryable, row: NotificationRow, now: number): Promise<ClaimedNotification> {
  const { rows: attempts } = await db.query<{ number: number; is_repeat: boolean }>({
    name: 'notification_attempt_begin',
    text: `with sending as (update notification set state = 'sending' where id = $1)
      insert into notification_attempt (notification_id, number, is_repeat, started_at)
      select $1, coalesce(max(number), 0) + 1,
             coalesce(bool_or(finished_at is null or outcome = 'retry' and error like '%${noAnswer}%'), false) or $3,
             $2::timestamptz
        from notification_attempt where notification_id = $1
      returning number, is_repeat`,
    values: [row.id, timeParameter(now), row.reason === sentByHand],
  });
  const { rows: bundled } = await db.query<{ id: number; incident_id: number | null; title: string | null }>({
    name: 'notification_bundled',
    text: `select n.id, n.incident_id, i.title from notification n left join incident i on i.id = n.incident_id
            where n.bundled_into = $1 order by n.severity, n.id`,
    values: [row.id],
  });
  return {
    id: row.id,
    key: row.key,
    topic: row.topic,
    incidentId: row.incident_id,
    pageId: row.page_id,
    personId: row.person_id,
    contactId: row.contact_id,
    channelId: row.channel_id,
    email: row.email,
    template: row.content.template,
    values: row.content.values,
    severity: severityOfRank(row.severity),
    attempt: attempts[0]?.number ?? 1,
    isRepeat: attempts[0]?.is_repeat ?? false,
    bundled: bundled.map((each) => ({ id: each.id, incidentId: each.incident_id, title: each.title ?? '' })),
  };
}
