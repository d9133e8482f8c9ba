import type { NewEvent } from '../domain/event.js';
import type { AttemptOutcome } from '../domain/notificationRetry.js';
import { addFallback } from './notificationFallback.js';
import { timeParameter } from './incidentRow.js';
import { appendEvents } from './log.js';
import type { ClaimedNotification } from './notificationClaim.js';
import type { Queryable } from './pool.js';
import { addTimers, type ClaimedTimer, completeTimer } from './timer.js';

/** Who was told through what, in words. */
export interface Told {
  readonly to: string;
  readonly via: string;
}

interface Ended {
  readonly timer: ClaimedTimer;
  readonly claimed: ClaimedNotification;
  readonly told: Told;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What confirms a contact or lets somebody in is kept until it is sent, and not in the delivery log. */
const forgetCode = `case when content->>'template' in ('contact.code', 'account.link') then content - 'values' || '{"values":{}}' else content end`;

/** It arrived, as far as the receiver says. */
export async function recordSent(db: Queryable, ended: Ended, outcome: AttemptOutcome): Promise<void> {
  const { claimed, now } = ended;
  // Sent together where the pool takes several at once: none needs another's answer.
  await Promise.all([
    endAttempt(db, claimed, outcome, now),
    db.query({
      name: 'notification_sent',
      text: `update notification set state = 'sent', sent_at = $2::timestamptz, content = ${forgetCode}
              where id = $1 and state = 'sending'`,
      values: [claimed.id, timeParameter(now)],
    }),
    notePlace(db, claimed, null, now),
    completeTimer(db, ended.timer),
    appendEvents(db, sentEvents(ended)),
  ]);
}

/** It is tried again at `dueAt`, epoch milliseconds. */
export async function recordRetry(
  db: Queryable,
  { claimed, timer, now }: Ended,
  outcome: AttemptOutcome,
  dueAt: number,
): Promise<void> {
  await endAttempt(db, claimed, outcome, now);
  // Whose lease ran out is being sent by somebody else.
  if (!(await completeTimer(db, timer))) return;
  await db.query({
    name: 'notification_retry',
    text: `update notification set state = 'waiting', due_at = $2::timestamptz where id = $1 and state = 'sending'`,
    values: [claimed.id, timeParameter(dueAt)],
  });
  await addTimers(db, [{ kind: 'notification.send', key: String(claimed.id), dueAt }]);
}

/** It is given up here; a person is told through their next contact, and everything bundled goes along. */
export async function recordFailed(
  db: Queryable,
  ended: Ended,
  outcome: AttemptOutcome & { readonly error: string },
): Promise<void> {
  const { claimed, timer, now } = ended;
  await endAttempt(db, claimed, outcome, now);
  if (!(await completeTimer(db, timer))) return;
  await db.query({
    name: 'notification_failed',
    text: `update notification set state = 'failed', reason = left($2, 200), content = ${forgetCode}
            where id = $1 and state = 'sending'`,
    values: [claimed.id, outcome.error],
  });
  await notePlace(db, claimed, outcome.error, now);
  if (outcome.outcome === 'failed' && outcome.isGone === true) await closePlace(db, claimed);
  const fallback = await addFallback(db, claimed, now);
  await db.query({
    name: 'notification_move_bundled',
    text: `update notification set bundled_into = $2::bigint, state = case when $2::bigint is null then 'failed' else 'bundled' end,
                                   reason = case when $2::bigint is null then left($3, 200) else reason end
            where bundled_into = $1`,
    values: [claimed.id, fallback?.id ?? null, outcome.error],
  });
  await appendEvents(db, failedEvents(ended, outcome.error, fallback?.via ?? null));
}

async function endAttempt(
  db: Queryable,
  { id, attempt }: ClaimedNotification,
  outcome: AttemptOutcome,
  now: number,
): Promise<void> {
  await db.query({
    name: 'notification_attempt_end',
    text: `update notification_attempt set finished_at = $3::timestamptz, outcome = $4, status = $5, error = left($6, 500)
            where notification_id = $1 and number = $2 and finished_at is null`,
    values: [
      id,
      attempt,
      timeParameter(now),
      outcome.outcome,
      outcome.status,
      outcome.outcome === 'sent' ? null : outcome.error,
    ],
  });
}

/** Since when a place fails, so that its owner sees it; what works again is written down once. */
async function notePlace(
  db: Queryable,
  claimed: ClaimedNotification,
  error: string | null,
  now: number,
): Promise<void> {
  const table = claimed.channelId === null ? 'contact' : 'notification_channel';
  await db.query({
    name: `notification_note_${table}`,
    text: `update ${table} set last_error = left($2, 300),
                  failing_since = case when $2::text is null then null else coalesce(failing_since, $3::timestamptz) end
            where id = $1 and ($2::text is not null or failing_since is not null)`,
    values: [claimed.channelId ?? claimed.contactId, error, timeParameter(now)],
  });
}

/** The receiver asked not to be written to any more. */
async function closePlace(db: Queryable, { contactId, channelId }: ClaimedNotification): Promise<void> {
  await (channelId === null
    ? db.query('update contact set verified_at = null where id = $1', [contactId])
    : db.query('update notification_channel set is_enabled = false, version = version + 1 where id = $1', [channelId]));
}

const system = { kind: 'system', name: 'tocsin' } as const;

function isOnTimeline({ topic }: ClaimedNotification): boolean {
  return topic !== 'stakeholder' && topic !== 'test';
}

/** One for every incident that the message was about. */
function sentEvents({ claimed, told, now }: Ended): readonly NewEvent[] {
  if (!isOnTimeline(claimed)) return [];
  const { id, topic, isRepeat, incidentId, bundled } = claimed;
  const event = { kind: 'incident.notified', alertId: null, actor: system, occurredAt: now } as const;
  const all = [{ id, incidentId, more: bundled.length }, ...bundled.map((each) => ({ ...each, more: 0 }))];
  const seen = new Set<number>();
  return all.flatMap(({ id: notificationId, incidentId: about, more }) => {
    if (about === null || seen.has(about)) return [];
    seen.add(about);
    return [{ ...event, incidentId: about, data: { notificationId, ...told, topic, isRepeat, bundled: more } }];
  });
}

function failedEvents({ claimed, told, now }: Ended, error: string, fallsBackTo: string | null): readonly NewEvent[] {
  const { id: notificationId, incidentId } = claimed;
  if (incidentId === null || !isOnTimeline(claimed)) return [];
  const data = { notificationId, ...told, error: error.slice(0, 300), fallsBackTo };
  return [{ kind: 'incident.notifyFailed', incidentId, alertId: null, actor: system, occurredAt: now, data }];
}
