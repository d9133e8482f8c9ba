import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** What is counted under one key, and how much of it is too much within the window. */
export interface AttemptLimit {
  readonly key: string;
  readonly limit: number;
}

export const attemptWindowMs = 15 * 60_000;
export const longestWindowMs = 60 * 60_000;

/**
 * Counts an attempt before it is made, so that any number at once stay within the limit together.
 * @param now epoch milliseconds
 * @param windowMs at most `longestWindowMs`: older ones are deleted
 * @returns until when no more are let in, epoch milliseconds; null: this one is
 */
export async function countAttempt(
  db: Queryable,
  limits: readonly AttemptLimit[],
  now: number,
  windowMs: number = attemptWindowMs,
): Promise<number | null> {
  const { rows } = await db.query<{ key: string; failures: number; window_starts_at: number }>({
    name: 'sign_in_attempt',
    text: `insert into sign_in_limit as l (key, failures, window_starts_at)
           select k, 1, $2::timestamptz from unnest($1::text[]) as k order by k
           on conflict (key) do update set
             failures = case when l.window_starts_at <= $3::timestamptz then 1 else l.failures + 1 end,
             window_starts_at = case when l.window_starts_at <= $3::timestamptz then $2::timestamptz else l.window_starts_at end
           returning key, failures, window_starts_at`,
    values: [limits.map(({ key }) => key), timeParameter(now), timeParameter(now - windowMs)],
  });
  const ends = rows
    .filter((row) => row.failures > (limits.find(({ key }) => key === row.key)?.limit ?? 0))
    .map((row) => row.window_starts_at + windowMs);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** The attempt was a success: it does not count, and neither do the failures of the account before it. */
export async function forgiveAttempt(db: Queryable, account: AttemptLimit, address: AttemptLimit): Promise<void> {
  await db.query('delete from sign_in_limit where key = $1', [account.key]);
  await db.query('update sign_in_limit set failures = greatest(failures - 1, 0) where key = $1', [address.key]);
}

/** Deletes what no longer counts. @param now epoch milliseconds */
export async function deleteOldAttempts(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query('delete from sign_in_limit where window_starts_at < $1', [
    timeParameter(now - longestWindowMs),
  ]);
  return rowCount ?? 0;
}
