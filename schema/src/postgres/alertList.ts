import type { AlertFilter } from '../domain/listFilter.js';
import { alertConditions, usesRegex } from './alertListFilter.js';
import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from './alertRow.js';
import { bySeverity, type ListRequest, newestFirst, oldestFirst, type Page, pageOf } from './incidentList.js';
import { where } from './incidentListFilter.js';
import { createParameters } from './labelMatch.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export type AlertSort = 'NEWEST' | 'OLDEST' | 'SEVERITY' | 'LAST_RECEIVED';

/** `last_received_at` stands in no index on purpose: every repeat moves it. Sorting by it reads all that matches. */
const orders = {
  NEWEST: newestFirst('starts_at'),
  OLDEST: oldestFirst('starts_at'),
  SEVERITY: bySeverity('starts_at'),
  LAST_RECEIVED: newestFirst('last_received_at'),
} as const satisfies Record<AlertSort, unknown>;

export async function listAlerts(
  pool: Pool,
  { filter, sort, first, after }: ListRequest<AlertFilter, AlertSort>,
): Promise<Page<StoredAlert>> {
  const parameters = createParameters();
  const { byField, others } = alertConditions(filter, parameters);
  const order = orders[sort];
  const conditions = [...byField.values(), ...others];
  if (after) conditions.push(order.after(after, parameters.bind));
  const sql = `select ${alertColumns}, ${order.time}::text as at from alert ${where(conditions)}
    order by ${order.orderBy} limit ${parameters.bind(first + 1)}`;
  const rows = await withRegexLimit(pool, filter, async (db) => {
    return (await db.query<AlertRow & { readonly at: string }>(sql, parameters.values)).rows;
  });
  return pageOf(rows, first, (row) => ({
    node: alertOfRow(row),
    keyset: { rank: row.severity, at: row.at, id: row.id },
  }));
}

/** How many match, counted up to `limit` + 1. */
export async function countAlerts(pool: Pool, filter: AlertFilter, limit: number): Promise<number> {
  const parameters = createParameters();
  const { byField, others } = alertConditions(filter, parameters);
  const sql = `select count(*) as count from (select 1 from alert ${where([...byField.values(), ...others])}
    limit ${parameters.bind(limit + 1)}) as counted`;
  return withRegexLimit(pool, filter, async (db) => {
    return (await db.query<{ count: number }>(sql, parameters.values)).rows[0]?.count ?? 0;
  });
}

/** Which of these alerts pass the filter as they are now: live asks this, so that it means the same as the list. */
export async function alertsThatMatch(
  pool: Pool,
  ids: readonly number[],
  filter: AlertFilter,
): Promise<ReadonlySet<number>> {
  const parameters = createParameters();
  const { byField, others } = alertConditions(filter, parameters);
  const conditions = [`id = any(${parameters.bind(ids)}::bigint[])`, ...byField.values(), ...others];
  const rows = await withRegexLimit(pool, filter, async (db) => {
    return (await db.query<{ id: number }>(`select id from alert ${where(conditions)}`, parameters.values)).rows;
  });
  return new Set(rows.map((row) => row.id));
}

/** The alerts of these ids that exist, in no order. */
export async function alertsById(db: Queryable, ids: readonly number[]): Promise<readonly StoredAlert[]> {
  const { rows } = await db.query<AlertRow>({
    name: 'alerts_by_id',
    text: `select ${alertColumns} from alert where id = any($1::bigint[])`,
    values: [ids],
  });
  return rows.map(alertOfRow);
}

/** A regular expression may backtrack without end: it gets less time than other statements. */
export async function withRegexLimit<T>(
  pool: Pool,
  filter: AlertFilter,
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  if (!usesRegex(filter)) return work(pool);
  return inTransaction(pool, async (client) => {
    await client.query(`set local statement_timeout = '3s'`);
    return work(client);
  });
}
