import { compareCursors, type LogCursor } from '../domain/event.js';
import { timeParameter } from './incidentRow.js';
import type { Pool, PoolClient, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

/** A month that is made while readers and writers go on must not hold them up: who cannot have its lock tries again later. */
const lockTimeout = `set local lock_timeout = '2s'`;

/**
 * Makes the partitions of the log for this month and the two after it, where they are missing.
 * @param now epoch milliseconds
 */
export async function addEventPartitions(pool: Pool, now: number): Promise<number> {
  let added = 0;
  for (const months of [0, 1, 2]) {
    const isNew = await briefly(pool, async (db) => {
      const { rows } = await db.query<{ added: boolean }>(
        `select add_event_partition($1::timestamptz + make_interval(months => $2)) as added`,
        [timeParameter(now), months],
      );
      return rows[0]?.added === true;
    });
    if (isNew) added++;
  }
  return added;
}

/**
 * Drops whole months of the log that were recorded before `before`, epoch milliseconds, oldest first; never the one that
 * is being written, and none that a reader or the seals have still to read. Their audit trail stays, in the archive.
 * @returns the names of the dropped tables
 */
export async function dropEventPartitions(pool: Pool, before: number): Promise<readonly string[]> {
  const dropped: string[] = [];
  for (;;) {
    const name = await briefly(pool, async (db) => {
      // Taken before the archive is written, so that it is the same partition which goes.
      await db.query('lock table event_partition in share row exclusive mode');
      const { rows: oldest } = await db.query<{ name: string }>(
        'select name from event_partition where upper <= $1 order by upper limit 1',
        [timeParameter(before)],
      );
      if (oldest[0] === undefined) return null;
      await db.query('savepoint archived');
      await db.query('select archive_audit_events($1)', [oldest[0].name]);
      const { rows } = await db.query<{ name: string | null }>('select drop_event_partition($1) as name', [
        timeParameter(before),
      ]);
      // A reader still stands before it: its audit trail stays where it is as well.
      if (rows[0]?.name == null) await db.query('rollback to savepoint archived');
      return rows[0]?.name ?? null;
    });
    if (name === null) return dropped;
    dropped.push(name);
  }
}

/** Deletes the archive of the audit trail that was recorded before `before`, epoch milliseconds. @returns how many */
export function deleteAuditArchive(pool: Pool, before: number): Promise<number> {
  return inTransaction(pool, async (db) => {
    await db.query(`set local tocsin.retention = 'on'`);
    const { rowCount } = await db.query('delete from event_archive where recorded_at < $1', [timeParameter(before)]);
    return rowCount ?? 0;
  });
}

async function briefly<T>(pool: Pool, work: (db: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (db) => {
    await db.query(lockTimeout);
    return work(db);
  });
}

export interface LogFloor {
  /** The last event that retention took. */
  readonly cursor: LogCursor;
  /** Events recorded before it are gone. Epoch milliseconds. */
  readonly before: number;
}

/** Where the log begins since retention dropped what was before; null where it has everything. */
export async function logFloor(db: Queryable): Promise<LogFloor | null> {
  const { rows } = await db.query<{ xid: string; position: string; upper: number }>({
    name: 'log_floor',
    text: 'select xid::text, position::text, upper from event_floor',
  });
  const row = rows[0];
  return row === undefined ? null : { cursor: { xid: row.xid, position: row.position }, before: row.upper };
}

/** True where events after the cursor are gone, so that a reader who goes on from it would miss them without knowing. */
export async function isExpired(db: Queryable, after: LogCursor): Promise<boolean> {
  const floor = await logFloor(db);
  return floor !== null && compareCursors(after, floor.cursor) < 0;
}
