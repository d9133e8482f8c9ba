import { bundle, type BundlePlan } from '../domain/notificationBundle.js';
import type { NotificationTopic } from '../domain/notification.js';
import { severityOfRank, type Severity } from '../domain/severity.js';
import { timeParameter } from './incidentRow.js';
import { bundleInto, lockPlace, lockQueue } from './notificationPlace.js';
import { cancelRows } from './notificationWrite.js';
import type { Queryable } from './pool.js';
import { addTimers, type ClaimedTimer, completeTimer } from './timer.js';
import { tellableToChannel } from './visibleIncidents.js';

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
  readonly bundled: readonly BundledNotification[];
}

interface BundledNotification {
  readonly id: number;
  readonly incidentId: number | null;
  /** Of the incident, or what it says itself. */
  readonly title: string;
  /** What happened, in a sentence; null where the title is all. */
  readonly sentence: string | null;
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
  /** Of the escalation that a channel hears of. */
  readonly call_state: string | null;
  readonly is_active: boolean | null;
  readonly rate_per_minute: number | null;
  /** The incident is none that the channel may hear of; null without either. */
  readonly is_kept: boolean | null;
}

const contactRatePerMinute = 30;
const keptReason = 'the incident is restricted, and the channel is not of its team';

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
  // The queue before the row itself: everybody locks messages in the order of their numbers.
  const [queue, row] = await Promise.all([place === null ? null : lockQueue(db, place, now), readRow(db, id)]);
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
  if (place !== null && queue !== null && row.state === 'waiting') {
    const { waiting, sentLastMinute } = queue;
    const ratePerMinute = row.rate_per_minute ?? contactRatePerMinute;
    const plan = bundle(waiting, { isPerson: place.kind !== 'channel', sentLastMinute, ratePerMinute }, now);
    if (!(await isToBeSent(db, id, plan, timer, now))) return null;
  }
  if (place?.kind === 'channel') await dropKept(db, id);
  return beginAttempt(db, row, now);
}

/** What rides along may have become restricted since it was added, as the message itself may. */
async function dropKept(db: Queryable, id: number): Promise<void> {
  const { rows } = await db.query<{ id: number }>({
    name: 'notification_kept',
    text: `select n.id from notification n
             join incident i on i.id = n.incident_id join notification_channel c on c.id = n.channel_id
            where n.bundled_into = $1 and not ${tellableToChannel('i', 'c')} order by n.id for update of n`,
    values: [id],
  });
  await cancelRows(
    db,
    rows.map((row) => row.id),
    keptReason,
  );
}

async function readRow(db: Queryable, id: number): Promise<NotificationRow | null> {
  const { rows } = await db.query<NotificationRow>({
    name: 'notification_claim',
    text: `select n.id, n.key, n.topic, n.incident_id, n.page_id, n.person_id, n.contact_id, n.channel_id, n.email, n.content,
                  n.severity, n.state, n.reason, g.state as page_state, e.state as call_state, p.is_active, c.rate_per_minute,
                  i.id is not null and c.id is not null and not ${tellableToChannel('i', 'c')} as is_kept
             from notification n
             left join page g on g.id = n.page_id
             left join escalation e
               on e.id = case when n.page_id is null and n.key ~ '^escalation/[0-9]+/' then split_part(n.key, '/', 2)::bigint end
             left join person p on p.id = n.person_id
             left join notification_channel c on c.id = n.channel_id
             left join incident i on i.id = n.incident_id
            where n.id = $1 for update of n`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Why it need not be sent any more. */
function refusalOf(row: NotificationRow): string | null {
  if (row.page_state === 'acknowledged' || row.call_state === 'acknowledged') return 'acknowledged before it was due';
  if (row.page_state === 'ended' || row.call_state === 'stopped') return 'over before it was due';
  if (row.is_active === false) return 'the person is switched off';
  if (row.is_kept === true) return keptReason;
  return null;
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
  // Null behind more than are looked at together: those go first.
  const dueAt = plan.held.find((each) => each.id === id)?.until ?? now + 1_000;
  await completeTimer(db, timer);
  await addTimers(db, [{ kind: 'notification.send', key: String(id), dueAt }]);
  return false;
}

async function beginAttempt(db: Queryable, row: NotificationRow, now: number): Promise<ClaimedNotification> {
  const { rows } = await db.query<{
    number: number;
    is_repeat: boolean;
    bundled: readonly BundledNotification[];
  }>({
    name: 'notification_attempt_begin',
    text: `with sending as (update notification set state = 'sending' where id = $1),
        added as (
          insert into notification_attempt (notification_id, number, is_repeat, started_at)
          select $1, coalesce(max(number) filter (where notification_id = $1), 0) + 1,
                 coalesce(bool_or(finished_at is null or outcome = 'retry' and error like '%${noAnswer}%'), false) or $3,
                 $2::timestamptz
            from notification_attempt
           where notification_id = any(array(select id from notification where id = $1 or bundled_into = $1))
          returning number, is_repeat)
      select number, is_repeat,
             (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'incidentId', n.incident_id,
                        'title', coalesce(n.content->'values'->>'title', i.title, ''),
                        'sentence', n.content->'values'->>'sentence') order by n.severity, n.id), '[]')
                from notification n left join incident i on i.id = n.incident_id where n.bundled_into = $1) as bundled
        from added`,
    values: [row.id, timeParameter(now), row.reason === sentByHand],
  });
  const [begun] = rows;
  if (begun === undefined) throw new Error(`no attempt was begun of message ${row.id}`);
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
    attempt: begun.number,
    isRepeat: begun.is_repeat,
    bundled: begun.bundled,
  };
}
