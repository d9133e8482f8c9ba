import type { IncidentFilter } from '../domain/listFilter.js';
import type { Incident } from '../domain/incident.js';
import { incidentConditions, where } from './incidentListFilter.js';
import { incidentColumns, incidentOfRow, type IncidentRow } from './incidentRow.js';
import { createParameters, type Parameters } from './labelMatch.js';
import type { Queryable } from './pool.js';

export type IncidentSort = 'NEWEST' | 'OLDEST' | 'SEVERITY' | 'UPDATED';

/** Where a page ends. `at` is Postgres's own text of the time, which keeps its microseconds. */
export interface Keyset {
  readonly rank: number;
  readonly at: string;
  readonly id: number;
}

export interface Page<Node> {
  readonly items: readonly { readonly node: Node; readonly keyset: Keyset }[];
  readonly hasNextPage: boolean;
}

interface Order {
  readonly time: string;
  readonly orderBy: string;
  readonly after: (keyset: Keyset, bind: Parameters['bind']) => string;
}

function byTime(time: string, direction: 'asc' | 'desc'): Order {
  const sign = direction === 'asc' ? '>' : '<';
  return {
    time,
    orderBy: `${time} ${direction}, id ${direction}`,
    after: ({ at, id }, bind) => `(${time}, id) ${sign} (${bind(at)}::timestamptz, ${bind(id)}::bigint)`,
  };
}

/** Most severe first, then newest. `severity >=` gives the index its start; the rest cuts off what was shown. */
export function bySeverity(time: string): Order {
  return {
    time,
    orderBy: `severity, ${time} desc, id desc`,
    after: ({ rank, at, id }, bind) => {
      const shown = bind(rank);
      return `severity >= ${shown}::smallint and (severity > ${shown}::smallint or (${time}, id) < (${bind(at)}::timestamptz, ${bind(id)}::bigint))`;
    },
  };
}

export const newestFirst = (time: string): Order => byTime(time, 'desc');
export const oldestFirst = (time: string): Order => byTime(time, 'asc');

const orders: Readonly<Record<IncidentSort, Order>> = {
  NEWEST: newestFirst('opened_at'),
  OLDEST: oldestFirst('opened_at'),
  SEVERITY: bySeverity('opened_at'),
  UPDATED: newestFirst('updated_at'),
};

export interface ListRequest<Filter, Sort> {
  readonly filter: Filter;
  readonly sort: Sort;
  readonly first: number;
  readonly after: Keyset | null;
}

/** One page of incidents; keyset, so that inserts between two pages neither repeat nor skip a row. */
export async function listIncidents(
  db: Queryable,
  { filter, sort, first, after }: ListRequest<IncidentFilter, IncidentSort>,
): Promise<Page<Incident>> {
  const parameters = createParameters();
  const { byField, others } = incidentConditions(filter, parameters);
  const order = orders[sort];
  const conditions = [...byField.values(), ...others];
  if (after) conditions.push(order.after(after, parameters.bind));
  const { rows } = await db.query<IncidentRow & { readonly at: string }>(
    `select ${incidentColumns}, ${order.time}::text as at from incident ${where(conditions)}
      order by ${order.orderBy} limit ${parameters.bind(first + 1)}`,
    parameters.values,
  );
  return pageOf(rows, first, (row) => ({
    node: incidentOfRow(row),
    keyset: { rank: row.severity, at: row.at, id: row.id },
  }));
}

export function pageOf<Row, Node>(
  rows: readonly Row[],
  first: number,
  item: (row: Row) => { readonly node: Node; readonly keyset: Keyset },
): Page<Node> {
  return { items: rows.slice(0, first).map(item), hasNextPage: rows.length > first };
}

/** How many match, counted up to `limit` + 1. */
export async function countIncidents(db: Queryable, filter: IncidentFilter, limit: number): Promise<number> {
  const parameters = createParameters();
  const { byField, others } = incidentConditions(filter, parameters);
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from (select 1 from incident ${where([...byField.values(), ...others])}
      limit ${parameters.bind(limit + 1)}) as counted`,
    parameters.values,
  );
  return rows[0]?.count ?? 0;
}

/** The incidents of these ids that exist, in no order. */
export async function incidentsById(db: Queryable, ids: readonly number[]): Promise<readonly Incident[]> {
  const { rows } = await db.query<IncidentRow>({
    name: 'incidents_by_id',
    text: `select ${incidentColumns} from incident where id = any($1::bigint[])`,
    values: [ids],
  });
  return rows.map(incidentOfRow);
}
