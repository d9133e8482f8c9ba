import { listen, type Listener } from '@tocsin/schema/postgres/listen';
import { logChannel } from '@tocsin/schema/postgres/log';
import { logReaderCursor, seesNothingBeyond } from '@tocsin/schema/postgres/logReader';
import { createPool } from '@tocsin/schema/postgres/pool';
import { addTimers, timerChannel, type TimerKind } from '@tocsin/schema/postgres/timer';
import { createTimerWorker, type Job, type TimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { createWake } from '@tocsin/schema/runtime/wake';
import type { RespondDeps } from './handler.js';
import { createHandlers } from './handlers.js';
import { createRespondBatchJobs, createRespondJobs, firstRespondTimers } from './jobs.js';
import { createReader } from './reader.js';
import { retryJob } from './retry.js';

export interface RespondOptions extends Omit<RespondDeps, 'pool' | 'now'> {
  readonly databaseUrl: string;
  /** Epoch milliseconds. @default the clock */
  readonly now?: () => number;
}

export interface Respond {
  /** Begins to read the log and to run timers. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Reads what is there and runs what is due now, once; returns how many of both. */
  readonly runDue: () => Promise<number>;
  /** Until there is nothing to read and nothing due. For tests that move the clock; throws after 10,000 rounds. */
  readonly drain: () => Promise<void>;
}

/** What waits for others on the network. Apart from the rest: a receiver that hangs must hold up no escalation. */
const networkKinds: ReadonlySet<TimerKind> = new Set(['notification.send', 'automation.webhook', 'csat.send']);

const longestSleepMs = 1_000;

/** Incident → people: reads the log and wakes, tells and reminds. Any number of processes share one database. */
export function createRespond({ databaseUrl, now = Date.now, ...options }: RespondOptions): Respond {
  const { logger } = options;
  // A pool of its own: nobody waits to be woken behind a busy API.
  const pool = createPool({
    connectionString: databaseUrl,
    applicationName: 'tocsin-respond',
    pipeline: true,
    max: 10,
    answerTimeoutMs: 20_000,
    onError: (error) => logger.warn({ err: error }, 'a connection to Postgres ended'),
  });
  const deps: RespondDeps = { ...options, pool, now };
  const handlers = createHandlers(deps);
  const read = createReader({
    pool,
    handlers,
    now,
    onFailure: (error, handler, event) =>
      logger.error({ err: error, handler, event }, 'an event could not be acted on'),
  });
  const timers = createTimers(deps, new Map([...createRespondJobs(deps), ['respond.retry', retryJob(deps, handlers)]]));
  const runDue = async (): Promise<number> => (await read()) + (await timers.runDue());
  const reading = createReading(read, (error) => logger.error({ err: error }, 'the log could not be acted on'));
  let listener: Listener | null = null;
  return {
    start: async () => {
      await addTimers(pool, firstRespondTimers(now()));
      listener = listen({
        connectionString: databaseUrl,
        applicationName: 'tocsin-respond-listen',
        channels: [logChannel, timerChannel],
        onNotify: (channel) => (channel === logChannel ? reading : timers).wake(),
      });
      timers.start();
      reading.start();
    },
    stop: async () => {
      await Promise.all([reading.stop(), timers.stop(), listener?.stop()]);
      await pool.end();
    },
    runDue,
    drain: async () => {
      for (let round = 0; round < 10_000; round++) {
        if ((await runDue()) > 0) continue;
        // What stands in the log above its horizon is held back by a transaction of somebody else.
        if (await seesNothingBeyond(pool, await logReaderCursor(pool, 'respond'))) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error('There is always something due.');
    },
  };
}

function createTimers(deps: RespondDeps, jobs: ReadonlyMap<TimerKind, Job>): TimerWorker {
  const { pool, now, logger } = deps;
  const onError = (error: unknown, timer: { readonly kind: string; readonly key: string } | null): void =>
    logger.error({ err: error, timer: timer?.kind, key: timer?.key }, 'a timer failed');
  const own = [...jobs].filter(([kind]) => !networkKinds.has(kind));
  const network = [...jobs].filter(([kind]) => networkKinds.has(kind));
  const workers = [
    createTimerWorker({
      pool,
      now,
      onError,
      jobs: new Map(own),
      batchJobs: createRespondBatchJobs(deps),
      concurrency: 8,
    }),
    createTimerWorker({ pool, now, onError, jobs: new Map(network), concurrency: 32, leaseSeconds: 60 }),
  ];
  return {
    start: () => workers.forEach((worker) => worker.start()),
    stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))),
    wake: () => workers.forEach((worker) => worker.wake()),
    runDue: async () => {
      let count = 0;
      for (const worker of workers) count += await worker.runDue();
      return count;
    },
  };
}

function createReading(
  read: () => Promise<number>,
  onError: (error: unknown) => void,
): { readonly start: () => void; readonly wake: () => void; readonly stop: () => Promise<void> } {
  const wake = createWake();
  let isStopping = false;
  let loop: Promise<void> = Promise.resolve();
  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        if ((await read()) === 0) await wake.wait(longestSleepMs);
      } catch (error) {
        onError(error);
        await wake.wait(longestSleepMs);
      }
    }
  }
  return {
    start: () => {
      loop = run();
    },
    wake: wake.wake,
    stop: async () => {
      isStopping = true;
      wake.wake();
      await loop;
    },
  };
}
