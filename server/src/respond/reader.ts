import type { LogCursor, LogEvent } from '@tocsin/schema/domain/event';
import { readLog } from '@tocsin/schema/postgres/log';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { lockRespondCursor, moveRespondCursor, respondHasMore } from '@tocsin/schema/postgres/respondReader';
import { inSavepoint } from '@tocsin/schema/postgres/savepoint';
import { inTransaction, isUnavailable, sqlState } from '@tocsin/schema/postgres/transaction';
import type { LogHandler } from './handler.js';
import { setAside } from './retry.js';

export interface ReaderOptions {
  readonly pool: Pool;
  readonly handlers: readonly LogHandler[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onFailure: (error: unknown, handler: string, event: LogCursor) => void;
}

const mostEvents = 500;
/**
 * What a batch costs whatever its size is most of it on a busy machine: in batches of ten the reader took 1 s for each there
 * and fell behind by 14 s at 17 incidents a second, while 160 events took as long as ten.
 */
const fewestEvents = 100;
/** Its transaction writes, so it holds the log's horizon and everybody's live updates with it. */
const longestMs = 200;

/**
 * The one reader of the log that acts for people: decisions are made in the transaction that moves its cursor, and so once,
 * whatever is killed and however many processes there are.
 * @returns reads the next events; how many they were, 0 also while another process reads
 */
export function createReader(options: ReaderOptions): () => Promise<number> {
  let limit = mostEvents;
  return async () => {
    if (!(await respondHasMore(options.pool))) return 0;
    const startedAt = performance.now();
    const count = await inTransaction(options.pool, (db) => readOnce(db, options, limit));
    const isSlow = performance.now() - startedAt > longestMs;
    limit = isSlow ? Math.max(fewestEvents, Math.ceil(limit / 2)) : Math.min(mostEvents, limit * 2);
    return count;
  };
}

async function readOnce(db: Queryable, options: ReaderOptions, limit: number): Promise<number> {
  const after = await lockRespondCursor(db);
  if (after === null) return 0;
  const events = await readLog(db, after, limit);
  const last = events.at(-1);
  if (last === undefined) return 0;
  for (const handler of options.handlers) {
    await handleAll(
      db,
      options,
      handler,
      events.filter(({ kind }) => handler.kinds.has(kind)),
    );
  }
  await moveRespondCursor(db, last.cursor);
  return events.length;
}

/** What a handler cannot deal with is halved down to the event that it fails on, and that one waits for itself. */
async function handleAll(
  db: Queryable,
  options: ReaderOptions,
  handler: LogHandler,
  events: readonly LogEvent[],
): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  try {
    await inSavepoint(db, () => handler.handle(db, events, options.now()));
  } catch (error) {
    if (isPassing(error)) throw error;
    if (events.length === 1) {
      options.onFailure(error, handler.name, first.cursor);
      return setAside(db, handler.name, first, options.now());
    }
    const half = Math.ceil(events.length / 2);
    await handleAll(db, options, handler, events.slice(0, half));
    await handleAll(db, options, handler, events.slice(half));
  }
}

const statementTimeout = '57014';

/** Postgres is away or a race was lost: nobody's event is to blame, and all of it is read again. A statement too slow is to blame. */
function isPassing(error: unknown): boolean {
  return isUnavailable(error) && sqlState(error) !== statementTimeout;
}
