import type { Pool } from '../postgres/pool.js';
import { claimTimers, nextTimerAt, retryTimer, type ClaimedTimer, type TimerKind } from '../postgres/timer.js';
import { createWake } from './wake.js';

/** Does the work of one timer and completes it in the same transaction; throws to be tried again later. */
export type Job = (timer: ClaimedTimer) => Promise<void>;

/**
 * As {@link Job}, for kinds of which thousands fall due at once: all of them in one transaction. Where it throws, halves of
 * them are tried, down to the one that fails.
 */
export type BatchJob = (timers: readonly ClaimedTimer[]) => Promise<void>;

export interface TimerWorkerOptions {
  readonly pool: Pool;
  readonly jobs: ReadonlyMap<TimerKind, Job>;
  /** @default none */
  readonly batchJobs?: ReadonlyMap<TimerKind, BatchJob>;
  /** How many of `jobs` run at the same time. @default 1 */
  readonly concurrency?: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onError: (error: unknown, timer: ClaimedTimer | null) => void;
  /** Until another may take over what a crashed process holds. @default 30 */
  readonly leaseSeconds?: number;
}

export interface TimerWorker {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Something may be due sooner than it knows. */
  readonly wake: () => void;
  /** Runs what is due now; returns how many. Tests move the clock and call it. */
  readonly runDue: () => Promise<number>;
}

/** Kinds that are claimed together. One lane waits for no other. */
interface Lane {
  readonly kinds: readonly TimerKind[];
  /** How many pieces of work run at the same time, and how many timers one of them is. */
  readonly slots: number;
  readonly perSlot: number;
  readonly run: (timers: readonly ClaimedTimer[]) => Promise<void>;
}

const sequentialLimit = 50;
const batchLimit = 200;
const longestSleepMs = 1_000;

/** Runs due timers of the lease table. Any number of workers share them; none holds one only in memory. */
export function createTimerWorker(options: TimerWorkerOptions): TimerWorker {
  const lanes = lanesOf(options);
  const loops = lanes.map((lane) => createLoop(options, lane));
  return {
    start: () => loops.forEach((loop) => loop.start()),
    stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
    wake: () => loops.forEach((loop) => loop.wake()),
    runDue: async () => {
      let count = 0;
      for (const lane of lanes) {
        const due = await claim(options, lane, lane.slots);
        await Promise.all(piecesOf(due, lane.perSlot).map((piece) => lane.run(piece)));
        count += due.length;
      }
      return count;
    },
  };
}

function lanesOf(options: TimerWorkerOptions): readonly Lane[] {
  const { jobs, batchJobs = new Map<TimerKind, BatchJob>(), concurrency = 1 } = options;
  const batches = [...batchJobs].map(([kind, job]): Lane => {
    return { kinds: [kind], slots: 1, perSlot: batchLimit, run: (timers) => runHalving(options, job, timers) };
  });
  if (jobs.size === 0) return batches;
  // Who runs several at once claims no more than it runs: what waited here behind one that hangs would lose its lease.
  const perSlot = concurrency === 1 ? sequentialLimit : 1;
  const run = (timers: readonly ClaimedTimer[]): Promise<void> => runEach(options, timers);
  return [{ kinds: [...jobs.keys()], slots: concurrency, perSlot, run }, ...batches];
}

function claim(options: TimerWorkerOptions, lane: Lane, slots: number): Promise<readonly ClaimedTimer[]> {
  const { pool, now, leaseSeconds = 30 } = options;
  return claimTimers(pool, lane.kinds, now(), leaseSeconds, slots * lane.perSlot);
}

function piecesOf(timers: readonly ClaimedTimer[], size: number): readonly (readonly ClaimedTimer[])[] {
  const pieces: (readonly ClaimedTimer[])[] = [];
  for (let from = 0; from < timers.length; from += size) pieces.push(timers.slice(from, from + size));
  return pieces;
}

function createLoop(options: TimerWorkerOptions, lane: Lane): Omit<TimerWorker, 'runDue'> {
  const { pool, now, onError } = options;
  const wake = createWake();
  const busy = new Set<Promise<void>>();
  let isStopping = false;
  let loop: Promise<void> = Promise.resolve();

  function begin(piece: readonly ClaimedTimer[]): void {
    const task = lane.run(piece).finally(() => {
      busy.delete(task);
      wake.wake();
    });
    busy.add(task);
  }

  async function runForever(): Promise<void> {
    while (!isStopping) {
      try {
        const free = lane.slots - busy.size;
        const due = free > 0 ? await claim(options, lane, free) : [];
        piecesOf(due, lane.perSlot).forEach(begin);
        // A slot that frees itself, or news of a timer, ends the wait.
        const next = busy.size < lane.slots ? await nextTimerAt(pool, lane.kinds) : null;
        await wake.wait(Math.min(longestSleepMs, Math.max(5, (next ?? Infinity) - now())));
      } catch (error) {
        onError(error, null);
        await wake.wait(longestSleepMs);
      }
    }
    await Promise.all(busy);
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
    wake: wake.wake,
  };
}

/** Never throws: what fails is put off. */
async function runEach(options: TimerWorkerOptions, timers: readonly ClaimedTimer[]): Promise<void> {
  for (const timer of timers) {
    try {
      await options.jobs.get(timer.kind)?.(timer);
    } catch (error) {
      await putOff(options, timer, error);
    }
  }
}

/** Never throws: what fails alone is put off. */
async function runHalving(options: TimerWorkerOptions, job: BatchJob, timers: readonly ClaimedTimer[]): Promise<void> {
  const [first] = timers;
  if (first === undefined) return;
  try {
    await job(timers);
  } catch (error) {
    if (timers.length === 1) return putOff(options, first, error);
    const half = Math.ceil(timers.length / 2);
    await runHalving(options, job, timers.slice(0, half));
    await runHalving(options, job, timers.slice(half));
  }
}

/** Where not even that can be written, its lease runs out. */
async function putOff({ pool, now, onError }: TimerWorkerOptions, timer: ClaimedTimer, error: unknown): Promise<void> {
  onError(error, timer);
  try {
    await retryTimer(pool, timer, String(error), now());
  } catch (failure) {
    onError(failure, timer);
  }
}
