import pg from 'pg';
import type { Pool, Queryable } from './pool.js';

/**
 * Works in one read-only snapshot, that of `exported` where another transaction that still runs has exported one. A
 * read-only transaction has no id of its own, so it holds back no reader of the log, however long it takes.
 */
export async function inSnapshot<T>(
  pool: Pool,
  exported: string | null,
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read, read only');
    if (exported !== null) await client.query(`set transaction snapshot ${pg.escapeLiteral(exported)}`);
    return await work(client);
  } finally {
    client.release(true);
  }
}

/** The name of this transaction's snapshot, for others to work in while it runs. */
export async function exportSnapshot(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ name: string }>('select pg_export_snapshot() as name');
  return rows[0]?.name ?? '';
}
