import type { LogEvent } from '@tocsin/schema/domain/event';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { mostTries, readLogEvent } from '@tocsin/schema/postgres/respondReader';
import { addTimers, completeTimer, putTimerAway } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { Job } from '@tocsin/schema/runtime/timerWorker';
import type { LogHandler, RespondDeps } from './handler.js';

const firstRetryMs = 1_000;

/** The event that a handler failed on is tried again beside the log, so that it holds up nothing that comes after it. */
export async function setAside(db: Queryable, handler: string, { cursor }: LogEvent, now: number): Promise<void> {
  const { xid, position } = cursor;
  const key = `${handler}/${xid}_${position}`;
  await addTimers(db, [{ kind: 'respond.retry', key, dueAt: now + firstRetryMs, data: { handler, xid, position } }]);
}

/** After the last try the timer stays, far away, for System to count and somebody to look at. */
export function retryJob({ pool, now, logger }: RespondDeps, handlers: readonly LogHandler[]): Job {
  return async (timer) => {
    const { handler: name, xid, position } = timer.data;
    const handler = handlers.find((each) => each.name === name);
    try {
      await inTransaction(pool, async (db) => {
        if (!(await completeTimer(db, timer))) return;
        const event = await readLogEvent(db, { xid: String(xid), position: String(position) });
        if (event !== null) await handler?.handle(db, [event], now());
      });
    } catch (error) {
      if (timer.attempts < mostTries) throw error;
      logger.error({ err: error, key: timer.key }, 'an event could not be acted on; nobody tries again');
      await putTimerAway(pool, timer, String(error));
    }
  };
}
