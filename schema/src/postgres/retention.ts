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

/**
 * Deletes changes that were done before `before`, epoch milliseconds, and with each that it stands on timelines; what the
 * log says there stays.
 * @returns how many
 */
export function deleteChanges(pool: Pool, before: number): Promise<number> {
  return repeated(
    pool,
    `delete from change_event where id in (
       select id from change_event where occurred_at < $1 order by occurred_at limit ${chunk})`,
    [timeParameter(before)],
  );
}

/** Forgets ends of conditions that were never seen firing. No index knows their age: all of them are read, once an hour. */
export function deleteAlertEnds(pool: Pool, before: number): Promise<number> {
  return repeated(
    pool,
    `delete from alert_end where ctid = any (array (
       select ctid from alert_end where ends_at < $1 limit ${chunk} for update skip locked))`,
    [timeParameter(before)],
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
  for (const { id } of rows) deleted += await repeated(pool, sql, [id, timeParameter(before)]);
  return deleted;
}

async function repeated(pool: Pool, sql: string, values: readonly unknown[]): Promise<number> {
  let deleted = 0;
  for (let count = chunk; count === chunk;) {
    count = (await pool.query(sql, [...values])).rowCount ?? 0;
    deleted += count;
  }
  return deleted;
}
