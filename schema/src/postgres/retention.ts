import { timeParameter } from './incidentRow.js';
import type { Pool } from './pool.js';

/** Rows in one statement: a long one would hold back the horizon of the log, and everybody's live updates with it. */
const chunk = 2_000;

/**
 * Deletes deliveries that were last received before `before`, epoch milliseconds.
 * @returns how many
 */
export function deleteDeliveries(pool: Pool, before: number): Promise<number> {
  return inChunks(
    pool,
    `delete from delivery d using (
       select o.integration_id, o.id from delivery o
        where o.integration_id = $1 and o.last_received_at < $2 order by o.last_received_at limit ${chunk}
          for update skip locked) as old
      where d.integration_id = old.integration_id and d.id = old.id`,
    before,
  );
}

/**
 * Deletes dead letters that came before `before`, epoch milliseconds, replayed or not.
 * @returns how many
 */
export function deleteDeadLetters(pool: Pool, before: number): Promise<number> {
  return inChunks(
    pool,
    `delete from dead_letter where id in (
       select id from dead_letter where integration_id = $1 and received_at < $2 order by id limit ${chunk})`,
    before,
  );
}

/** Sorts the labels of new alerts into their index, which a batch would else have to do. */
export async function cleanLabelIndex(pool: Pool): Promise<void> {
  await pool.query(`select gin_clean_pending_list('alert_by_label'::regclass)`);
}

/** Each integration has an index of its own kind to go by, so the oldest are found without reading the rest. */
async function inChunks(pool: Pool, sql: string, before: number): Promise<number> {
  const { rows } = await pool.query<{ id: number }>('select id from integration order by id');
  let deleted = 0;
  for (const { id } of rows) {
    for (let count = chunk; count === chunk;) {
      count = (await pool.query(sql, [id, timeParameter(before)])).rowCount ?? 0;
      deleted += count;
    }
  }
  return deleted;
}
