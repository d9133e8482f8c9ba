import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import {
  type Backtest,
  cancelBacktest,
  createBacktest,
  failBacktest,
  finishBacktest,
  moveBacktest,
} from '@tocsin/schema/postgres/backtest';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { currentRuleSet } from '@tocsin/schema/postgres/ruleSet';
import type { Logger } from 'pino';
import { ApiFailure } from '../errors.js';
import type { BacktestTask } from './messages.js';
import { startWorker } from './startWorker.js';

export interface BacktestRequest {
  /** Parsed, and every expression compiles. */
  readonly rules: readonly CorrelationRule[];
  readonly from: number;
  readonly to: number;
  readonly startedBy: string;
}

export interface BacktestRunner {
  /** @throws ApiFailure OVERLOADED while another one runs in this process */
  readonly start: (request: BacktestRequest) => Promise<Backtest>;
  /** Wherever it runs: here at once, in another process within a second. */
  readonly cancel: (id: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface BacktestRunnerOptions {
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly logger: Logger;
}

const heartbeatMs = 500;

interface Running {
  readonly id: number;
  readonly cancel: () => void;
  readonly ended: Promise<void>;
}

/** Runs one backtest at a time in a thread of its own, so that nothing else of this process waits for it. */
export function createBacktestRunner(options: BacktestRunnerOptions): BacktestRunner {
  const { pool, databaseUrl } = options;
  let running: Running | null = null;
  let isStarting = false;
  let isStopping = false;

  async function begin({ rules, from, to, startedBy }: BacktestRequest): Promise<Backtest> {
    const base = await currentRuleSet(pool);
    const backtest = await createBacktest(pool, { rules, baseVersion: base.version, from, to, startedBy });
    const cancelled = new SharedArrayBuffer(4);
    const after = { version: base.version + 1, rules };
    const task = { databaseUrl, before: base, after, from, to, snapshot: null, cancelled };
    const ended = follow(options, backtest.id, task, () => isStopping);
    const cancel = (): void => void Atomics.store(new Int32Array(cancelled), 0, 1);
    const own: Running = { id: backtest.id, cancel, ended };
    running = own;
    void ended.finally(() => {
      if (running === own) running = null;
    });
    return backtest;
  }

  return {
    start: async (request) => {
      if (running !== null || isStarting || isStopping) {
        throw new ApiFailure(
          'OVERLOADED',
          `${running ? `Backtest ${running.id}` : 'Another backtest'} is running: wait for it, or cancel it.`,
        );
      }
      isStarting = true;
      try {
        return await begin(request);
      } finally {
        isStarting = false;
      }
    },
    cancel: async (id) => {
      await cancelBacktest(pool, id);
      if (running?.id !== id) return;
      running.cancel();
      await running.ended;
    },
    stop: async () => {
      isStopping = true;
      running?.cancel();
      await running?.ended;
    },
  };
}

/** Runs the task in a thread; resolves when it has ended and its end is stored, and never rejects. */
async function follow(
  { pool, logger }: BacktestRunnerOptions,
  id: number,
  task: BacktestTask,
  isStopping: () => boolean,
): Promise<void> {
  let [progress, alertCount] = [0, 0];
  const heartbeat = setInterval(() => {
    moveBacktest(pool, id, progress, alertCount).then(
      (isWanted) => isWanted || Atomics.store(new Int32Array(task.cancelled), 0, 1),
      (error: unknown) => logger.warn({ err: error }, 'the progress of a backtest could not be stored'),
    );
  }, heartbeatMs);
  try {
    const end = await startWorker(task, (message) => ({ progress, alertCount } = message));
    if (end.kind === 'done') await finishBacktest(pool, id, end.result);
    else if (end.kind === 'refused') await failBacktest(pool, id, end.message);
    else if (isStopping()) await failBacktest(pool, id, 'The process that ran it was stopped: start it again.');
    else await cancelBacktest(pool, id);
  } catch (error) {
    logger.warn({ err: error, backtestId: id }, 'a backtest failed');
    await failBacktest(pool, id, reasonOf(error)).catch(() => undefined);
  } finally {
    clearInterval(heartbeat);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'It needs more memory than it may have: choose a shorter time.'
    : 'It failed unexpectedly: the log of the process says why.';
}
