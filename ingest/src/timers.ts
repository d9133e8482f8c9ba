import type { Pool } from '@tocsin/schema/postgres/pool';
import { claimTimers, nextTimerAt, retryTimer, type ClaimedTimer, type TimerKind } from '@tocsin/schema/postgres/timer';
import type { Wake } from '@tocsin/schema/runtime/wake';

/** Does the work of one timer and completes it in the same transaction; throws to be tried again later. */
export type Job = (timer: ClaimedTimer) => Promise<void>;

export interface TimerWorkerOptions {
  readonly pool: Pool;
  readonly jobs: ReadonlyMap<TimerKind, Job>;
  readonly wake: Wake;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onError: (error: unknown, timer: ClaimedTimer | null) => void;
  /** Until another may take over what a crashed process holds. @default 30 */
  readonly leaseSeconds?: number;
}

export interface TimerWorker {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Runs what is due now; returns how many. Tests move the clock and call it. */
  readonly runDue: () => Promise<number>;
}

const claimLimit = 50;
const longestSleepMs = 1_000;

/** Runs due timers of the lease table. Any number of workers share them; none holds one only in memory. */
export function createTimerWorker(options: TimerWorkerOptions): TimerWorker {
  const { pool, jobs, wake, now, onError, leaseSeconds = 30 } = options;
  const kinds = [...jobs.keys()];
  let isStopping = false;
  let loop: Promise<void> = Promise.resolve();

  async function runOne(timer: ClaimedTimer): Promise<void> {
    try {
      await jobs.get(timer.kind)?.(timer);
    } catch (error) {
      onError(error, timer);
      await retryTimer(pool, timer, String(error), now());
    }
  }

  async function runDue(): Promise<number> {
    const due = await claimTimers(pool, kinds, now(), leaseSeconds, claimLimit);
    for (const timer of due) await runOne(timer);
    return due.length;
  }

  async function runForever(): Promise<void> {
    while (!isStopping) {
      try {
        const count = await runDue();
        if (count === claimLimit) continue;
        const next = await nextTimerAt(pool, kinds);
        await wake.wait(Math.min(longestSleepMs, Math.max(5, (next ?? Infinity) - now())));
      } catch (error) {
        onError(error, null);
        await wake.wait(longestSleepMs);
      }
    }
  }

  return {
    start: () => {
      loop = runForever();
    },
    stop: async () => {
      isStopping = true;
      wake.wake();
      await loop;
    },
    runDue,
  };
}
