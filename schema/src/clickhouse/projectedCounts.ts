import { selectRows, type ClickHouse } from './client.js';
import { projectionTables } from './migrate.js';

/** How many events of each kind the projection has, and how many incidents: the counterpart of what Postgres stores. */
export async function countProjected(clickhouse: ClickHouse): Promise<ReadonlyMap<string, number>> {
  const rows = await selectRows<{ what: string; n: number }>(
    clickhouse,
    `select toString(kind) as what, count() as n from alert_event final group by kind
      union all select toString(kind), count() from incident_event final group by kind
      union all select 'alerts in incidents', toUInt64(sum(alert_count)) from incident_fact final
      union all select 'incidents stored', count() from incident_fact final
      union all select 'alerts stored', toUInt64(sumIf(count, outcome in ('opened', 'superseded', 'suppressed'))) from alert_received final`,
  );
  return new Map(rows.map((row) => [row.what, Number(row.n)]));
}

/** Rows by table, repeated ones counted once. */
export async function countProjectedRows(clickhouse: ClickHouse): Promise<Readonly<Record<string, number>>> {
  const counts = await selectRows<{ name: string; n: number }>(
    clickhouse,
    projectionTables.map((table) => `select '${table}' as name, count() as n from ${table} final`).join(' union all '),
  );
  return Object.fromEntries(
    counts.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ name, n }) => [name, Number(n)]),
  );
}
