import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** The channel that wakes timer workers when something became due sooner than they knew. */
export const timerChannel = 'tocsin_timer';

export type TimerKind =
  /** An alert that its rule wants to last has fired for that long, or not. */
  | 'alert.hold'
  | 'incident.autoResolve'
  /** Incidents that have opened show the changes before them; an open one shows a change that comes. */
  | 'incident.changes'
  | 'change.place'
  | 'alert.staleSweep'
  | 'alert.flapping'
  | 'alert.test'
  | 'delivery.submit'
  | 'deadLetter.replay'
  | 'demo.start'
  | 'maintenance.begins'
  | 'maintenance.ends'
  | 'integration.heartbeat'
  | 'integration.reconcile'
  | 'storage.maintain'
  | 'storage.cleanLabelIndex'
  | 'escalation.step'
  | 'incident.unacknowledge'
  | 'incident.wake'
  | 'onCall.gaps'
  | 'notification.send'
  | 'automation.webhook'
  | 'task.reminder'
  | 'presence.sweep'
  | 'statusUpdate.deliver'
  | 'review.reminder'
  | 'actionItem.reminder'
  | 'csat.send'
  | 'audit.seal'
  | 'identity.sweep'
  | 'respond.retry';

export interface NewTimer {
  readonly kind: TimerKind;
  /** Adding the same kind and key again moves the time instead of adding another. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface ClaimedTimer {
  readonly id: number;
  readonly kind: TimerKind;
  readonly key: string;
  readonly dueAt: number;
  readonly attempts: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Adds timers in the caller's transaction, so that they exist exactly when their reason does. */
export async function addTimers(db: Queryable, timers: readonly NewTimer[]): Promise<void> {
  if (timers.length === 0) return;
  await db.query({
    name: 'timer_add',
    text: `with added as (
        insert into timer (kind, key, due_at, data)
        select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::jsonb[])
        on conflict (kind, key) do update
          set due_at = excluded.due_at, data = excluded.data, attempts = 0, lease_until = null, last_error = null)
      select pg_notify('${timerChannel}', '')`,
    values: [
      timers.map((timer) => timer.kind),
      timers.map((timer) => timer.key),
      timers.map((timer) => timeParameter(timer.dueAt)),
      timers.map((timer) => JSON.stringify(timer.data ?? {})),
    ],
  });
}

/** Lets ingest, which knows the rules, start the quiet period of an incident without firing alerts. Times are epoch ms. */
export function quietPeriodBegins(incidentId: number, now: number): NewTimer {
  return { kind: 'incident.autoResolve', key: String(incidentId), dueAt: now, data: { endedAt: now, begins: true } };
}

/** Takes timers back in the caller's transaction. */
export async function cancelTimers(db: Queryable, kind: TimerKind, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.query({
    name: 'timer_cancel',
    text: 'delete from timer where kind = $1 and key = any($2::text[])',
    values: [kind, keys],
  });
}

/**
 * Leases up to `limit` due timers. Who dies while holding one lets the lease run out, and another takes it.
 * @param now epoch milliseconds, so that tests can move the clock
 */
export async function claimTimers(
  db: Queryable,
  kinds: readonly TimerKind[],
  now: number,
  leaseSeconds: number,
  limit: number,
): Promise<readonly ClaimedTimer[]> {
  const { rows } = await db.query<{
    id: number;
    kind: TimerKind;
    key: string;
    due_at: number;
    attempts: number;
    data: Record<string, unknown>;
  }>({
    name: 'timer_claim',
    text: `with due as (
        select id from timer
         where due_at <= $2::timestamptz and (lease_until is null or lease_until <= $2::timestamptz) and kind = any($1::text[])
         order by due_at, id limit $4 for update skip locked)
      update timer t set lease_until = $2::timestamptz + make_interval(secs => $3), attempts = t.attempts + 1
        from due where t.id = due.id
      returning t.id, t.kind, t.key, t.due_at, t.attempts, t.data`,
    values: [kinds, timeParameter(now), leaseSeconds, limit],
  });
  // In the order in which they are due, whatever order the update took.
  return rows
    .map(({ due_at: dueAt, ...timer }) => ({ ...timer, dueAt }))
    .toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id);
}

/**
 * True when the lease is still ours and the timer was not moved or cancelled since; it is gone then.
 * Called in the transaction that does the work, so that the work happens once.
 */
export async function completeTimer(db: Queryable, timer: ClaimedTimer): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'timer_complete',
    text: 'delete from timer where id = $1 and attempts = $2 and due_at = $3::timestamptz and lease_until is not null',
    values: [timer.id, timer.attempts, timeParameter(timer.dueAt)],
  });
  return rowCount === 1;
}

/** Puts a failed timer off; the next attempt waits twice as long as the last, an hour at most. */
export async function retryTimer(db: Queryable, timer: ClaimedTimer, error: string, now: number): Promise<void> {
  const waitMs = Math.min(1_000 * 2 ** timer.attempts, 3_600_000);
  await db.query({
    name: 'timer_retry',
    text: `update timer set due_at = $3::timestamptz, lease_until = null, last_error = left($4, 500) where id = $1 and attempts = $2`,
    values: [timer.id, timer.attempts, timeParameter(now + waitMs), error],
  });
}

/** As {@link completeTimer} for many at once. @returns the ids of those that were ours and are gone */
export async function completeTimers(db: Queryable, timers: readonly ClaimedTimer[]): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ id: number }>({
    name: 'timer_complete_many',
    text: `delete from timer t using unnest($1::bigint[], $2::int[], $3::timestamptz[]) as c (id, attempts, due_at)
            where t.id = c.id and t.attempts = c.attempts and t.due_at = c.due_at and t.lease_until is not null
           returning t.id`,
    values: [
      timers.map(({ id }) => id),
      timers.map(({ attempts }) => attempts),
      timers.map(({ dueAt }) => timeParameter(dueAt)),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/** A timer that nobody tries again stays to be looked at: it is due in a hundred years. */
export async function putTimerAway(db: Queryable, timer: ClaimedTimer, error: string): Promise<void> {
  await db.query({
    name: 'timer_put_away',
    text: `update timer set due_at = due_at + interval '100 years', lease_until = null, last_error = left($3, 500)
            where id = $1 and attempts = $2`,
    values: [timer.id, timer.attempts, error],
  });
}

/** Gives timers back untouched, to be claimed again soon: what they need is held by somebody else for a moment. */
export async function releaseTimers(db: Queryable, timers: readonly ClaimedTimer[], dueAt: number): Promise<void> {
  if (timers.length === 0) return;
  await db.query({
    name: 'timer_release',
    text: `update timer t set due_at = $3::timestamptz, lease_until = null, attempts = 0
             from unnest($1::bigint[], $2::int[]) as c (id, attempts) where t.id = c.id and t.attempts = c.attempts`,
    values: [timers.map(({ id }) => id), timers.map(({ attempts }) => attempts), timeParameter(dueAt)],
  });
}

/** When the earliest timer of these kinds that nobody works on is due, epoch milliseconds; null when there is none. */
export async function nextTimerAt(db: Queryable, kinds: readonly TimerKind[]): Promise<number | null> {
  const { rows } = await db.query<{ at: number | null }>({
    name: 'timer_next',
    text: 'select due_at as at from timer where kind = any($1::text[]) and lease_until is null order by due_at limit 1',
    values: [kinds],
  });
  return rows[0]?.at ?? null;
}
