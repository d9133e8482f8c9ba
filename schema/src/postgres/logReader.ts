import type pg from 'pg';
import { startOfLog, type LogCursor, type LogEvent } from '../domain/event.js';
import { readLog, readLogRange } from './log.js';
import type { Queryable } from './pool.js';

/** Any number that no other lock of ours uses; the second key is a hash of the reader's name. */
const lockSpace = 7_462_002;

/** A stretch of the log, fixed in Postgres before anything is written from it: `after` exclusive, `until` inclusive. */
export interface LogRange {
  readonly after: LogCursor;
  readonly until: LogCursor;
  readonly events: readonly LogEvent[];
}

/**
 * Runs `work` while no other process moves the reader of that name, or answers null when one does.
 * The lock belongs to the session and not to a transaction: an open write transaction would hold the log's horizon,
 * and a process that dies loses the lock with its connection.
 */
export async function withLogReader<T>(
  pool: pg.Pool,
  name: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as locked',
      [lockSpace, name],
    );
    if (rows[0]?.locked !== true) return null;
    try {
      await client.query('insert into log_reader (name) values ($1) on conflict (name) do nothing', [name]);
      return await work(client);
    } finally {
      // A connection that cannot unlock is thrown away, and the lock with it.
      await client
        .query('select pg_advisory_unlock($1, hashtext($2))', [lockSpace, name])
        .catch((failure: Error) => (broken = failure));
    }
  } finally {
    client.release(broken);
  }
}

/**
 * The next range of the reader: the one an interrupted run had fixed, else the next `limit` events, fixed now.
 * Null at the head of the log. `events` are read through `source`, which may be a snapshot. Call under the reader's lock.
 */
export async function nextLogRange(
  client: Queryable,
  name: string,
  limit: number,
  source: Queryable = client,
): Promise<LogRange | null> {
  const { after, until } = await readCursors(client, name);
  if (until !== null) return { after, until, events: await readLogRange(source, after, until) };
  const events = await readLog(source, after, limit);
  const last = events.at(-1)?.cursor;
  if (last === undefined) return null;
  await client.query({
    name: 'log_reader_fix',
    text: `update log_reader set until_xid = $2::xid8, until_position = $3::bigint, updated_at = now() where name = $1`,
    values: [name, last.xid, last.position],
  });
  return { after, until: last, events };
}

/** The range is written: the reader stands at its end. Does nothing when the reader was reset meanwhile. */
export async function completeLogRange(client: Queryable, name: string, range: Pick<LogRange, 'until'>): Promise<void> {
  await client.query({
    name: 'log_reader_complete',
    text: `update log_reader
              set after_xid = until_xid, after_position = until_position,
                  until_xid = null, until_position = null, updated_at = now()
            where name = $1 and until_xid = $2::xid8 and until_position = $3::bigint`,
    values: [name, range.until.xid, range.until.position],
  });
}

/** Back to the start of the log: the projection is written anew. */
export async function resetLogReader(client: Queryable, name: string): Promise<void> {
  await client.query(
    `update log_reader set after_xid = '0', after_position = 0, until_xid = null, until_position = null, updated_at = now()
      where name = $1`,
    [name],
  );
}

/** Where the reader stands: everything up to here has been written. */
export async function logReaderCursor(db: Queryable, name: string): Promise<LogCursor> {
  return (await readCursors(db, name)).after;
}

/** Age of the oldest row that the reader has not written yet, seconds; 0 when it has them all. */
export async function logReaderLagSeconds(db: Queryable, name: string): Promise<number> {
  const { after } = await readCursors(db, name);
  const { rows } = await db.query<{ lag: number }>({
    name: 'log_reader_lag',
    text: `select extract(epoch from clock_timestamp() - recorded_at)::float8 as lag from event
            where (xid, position) > ($1::xid8, $2::bigint) order by event.xid, event.position limit 1`,
    values: [after.xid, after.position],
  });
  return Math.max(0, rows[0]?.lag ?? 0);
}

/** True when nothing that this connection can see lies beyond the cursor, committed above the log's horizon included. */
export async function seesNothingBeyond(db: Queryable, cursor: LogCursor): Promise<boolean> {
  const { rows } = await db.query<{ more: boolean }>(
    'select exists (select from event where (xid, position) > ($1::xid8, $2::bigint)) as more',
    [cursor.xid, cursor.position],
  );
  return rows[0]?.more === false;
}

interface ReaderRow {
  readonly after_xid: string;
  readonly after_position: string;
  readonly until_xid: string | null;
  readonly until_position: string | null;
}

async function readCursors(db: Queryable, name: string): Promise<{ after: LogCursor; until: LogCursor | null }> {
  const { rows } = await db.query<ReaderRow>({
    name: 'log_reader_read',
    text: `select after_xid::text, after_position::text, until_xid::text, until_position::text
             from log_reader where name = $1`,
    values: [name],
  });
  const row = rows[0];
  if (row === undefined) return { after: startOfLog, until: null };
  return {
    after: { xid: row.after_xid, position: row.after_position },
    until:
      row.until_xid === null || row.until_position === null
        ? null
        : { xid: row.until_xid, position: row.until_position },
  };
}
