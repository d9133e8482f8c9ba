import { type LogCursor, type LogEvent, startOfLog } from '@tocsin/schema/domain/event';
import { readLog } from '@tocsin/schema/postgres/log';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { automationHandler } from '@tocsin/server/respond/types/handler';
import { expect } from 'vitest';

export interface AutomationReader {
  /** What comes after the cursor, once all of it can be read: another test's transaction may hold the log's horizon for a moment. */
  readonly readable: () => Promise<readonly LogEvent[]>;
  /** Everything that is in the log, and what comes of it, as the reader hands it out: one transaction for each batch. */
  readonly drain: () => Promise<void>;
  /** Notes where the reader is. @returns what brings it back there */
  readonly mark: () => () => void;
}

/** Reads the log for the rules of automation alone, as of `now`. */
export function createAutomationReader(pool: Pool, now: number): AutomationReader {
  let after: LogCursor = startOfLog;
  const count = async (): Promise<number> => {
    const { rows } = await pool.query<{ n: number }>(
      'select count(*)::int as n from event where (xid, position) > ($1::xid8, $2::bigint)',
      [after.xid, after.position],
    );
    return rows[0]?.n ?? 0;
  };
  const readable = async (): Promise<readonly LogEvent[]> => {
    let events = await readLog(pool, after, 500);
    await expect
      .poll(async () => (events = await readLog(pool, after, 500)).length, { timeout: 30_000 })
      .toBe(Math.min(500, await count()));
    return events;
  };
  return {
    readable,
    drain: async () => {
      for (let round = 0; round < 50; round++) {
        const events = await readable();
        if (events.length === 0) return;
        const wanted = events.filter(({ kind }) => automationHandler.kinds.has(kind));
        await inTransaction(pool, (db) => automationHandler.handle(db, wanted, now));
        after = events.at(-1)?.cursor ?? after;
      }
      throw new Error('It never ends.');
    },
    mark: () => {
      const marked = after;
      return () => void (after = marked);
    },
  };
}
