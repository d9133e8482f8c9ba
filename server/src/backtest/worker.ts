import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { compareGroupings } from '@tocsin/schema/domain/ruleBacktestCompare';
import { exportSnapshot, inSnapshot } from '@tocsin/schema/postgres/backtestSnapshot';
import type { BacktestFold } from '@tocsin/schema/domain/ruleBacktestFold';
import { createPool, type Queryable } from '@tocsin/schema/postgres/pool';
import type { BacktestMessage, BacktestTask } from './messages.js';
import { BacktestRefused, runBacktest } from './runBacktest.js';
import { startWorker } from './startWorker.js';

/** Unix: 0 is usual, 19 the lowest. */
const niceness = 5;
const statementTimeoutMs = 60_000;

/** The two sides take a thread each, of the same snapshot: today's rules this one, which compares them then; the draft another. */
async function main(task: BacktestTask): Promise<BacktestMessage> {
  // On Linux this is the thread alone; elsewhere it would be the process, which answers people.
  if (process.platform === 'linux') setPriority(0, niceness);
  const pool = createPool({
    connectionString: task.databaseUrl,
    applicationName: 'tocsin-backtest',
    max: 1,
    statementTimeoutMs,
  });
  try {
    return await inSnapshot(pool, task.snapshot, (db) =>
      task.snapshot === null ? compare(db, task) : draft(db, task),
    );
  } catch (error) {
    if (error instanceof BacktestRefused) return { kind: 'refused', message: error.message };
    throw error;
  } finally {
    await pool.end();
  }
}

async function compare(db: Queryable, task: BacktestTask): Promise<BacktestMessage> {
  const snapshot = await exportSnapshot(db);
  const [before, draftEnd] = await Promise.all([
    side(db, task, task.before, (progress, alertCount) => tell({ kind: 'progress', progress, alertCount })),
    startWorker({ ...task, snapshot }, () => undefined),
  ]);
  if (before === null) return { kind: 'cancelled' };
  if (draftEnd.kind !== 'grouping') return draftEnd;
  return { kind: 'done', result: compareGroupings(before.alerts, before.grouping(task.to), draftEnd.grouping) };
}

async function draft(db: Queryable, task: BacktestTask): Promise<BacktestMessage> {
  const fold = await side(db, task, task.after, () => undefined);
  return fold === null ? { kind: 'cancelled' } : { kind: 'grouping', grouping: fold.grouping(task.to) };
}

function side(
  db: Queryable,
  { from, to, cancelled }: BacktestTask,
  ruleSet: BacktestTask['before'],
  onProgress: (progress: number, alertCount: number) => void,
): Promise<BacktestFold | null> {
  const flag = new Int32Array(cancelled);
  return runBacktest(db, { ruleSet, from, to, isCancelled: () => Atomics.load(flag, 0) !== 0, onProgress });
}

function tell(message: BacktestMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
  parentPort?.postMessage(message);
}

// What starts this worker types what it hands over: see startWorker.ts.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
tell(await main(workerData as BacktestTask));
