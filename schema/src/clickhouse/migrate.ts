import { readdir, readFile } from 'node:fs/promises';
import { insertBlock, selectRows, type ClickHouse } from './client.js';
import { renderMigration, splitStatements, type Deployment } from './template.js';

const migrationsFolder = new URL('./migrations/', import.meta.url);

/** Every table of the projection; `rebuild` drops them. */
export const projectionTables = ['alert_received', 'alert_event', 'incident_event', 'incident_fact'] as const;

/** Where each migration that ran is noted. The last table to go in a rebuild. */
const migrationTable = `create table if not exists {{table:migration}} {{on_cluster}}
  (version UInt32, name String, applied_at DateTime default now())
  engine = {{engine:ReplacingMergeTree}} order by version;
{{distributed:migration:version}};`;

export interface MigrateOptions extends Partial<Deployment> {
  /** Days after which rows of `alert_event` and `incident_event` go; the facts and counts behind KPIs stay. @default kept */
  readonly eventRetentionDays?: number;
}

export interface ClickHouseMigrationReport {
  readonly applied: readonly string[];
  readonly version: number;
  /** True when there was nothing before: the log must be projected from its start, wherever the reader stood. */
  readonly wasEmpty: boolean;
}

/**
 * Brings the tables up to the newest migration, forward only. Every statement can be repeated: ClickHouse has no
 * transactions for them, so a run that was cut short, or two at once, do the same again.
 * @throws when ClickHouse is away or newer than this program.
 */
export async function migrateClickHouse(
  clickhouse: ClickHouse,
  options: MigrateOptions = {},
): Promise<ClickHouseMigrationReport> {
  const deployment = { cluster: options.cluster ?? null };
  const files = await migrationFiles();
  await runStatements(clickhouse, migrationTable, deployment);
  const [row] = await selectRows<{ version: number }>(clickhouse, 'select max(version) as version from migration');
  const current = row?.version ?? 0;
  const newest = files.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new Error(
      `ClickHouse is at migration ${current}, this program knows ${newest}: start a newer Tocsin or rebuild.`,
    );
  }
  const pending = files.filter((file) => file.version > current);
  for (const file of pending) {
    await runStatements(clickhouse, await readFile(new URL(file.name, migrationsFolder), 'utf8'), deployment);
    await insertBlock(clickhouse, 'migration', `migration ${file.name}`, [{ version: file.version, name: file.name }]);
  }
  if (options.eventRetentionDays !== undefined)
    await setEventRetention(clickhouse, options.eventRetentionDays, deployment);
  return { applied: pending.map((file) => file.name), version: newest, wasEmpty: current === 0 };
}

/** Drops the projection, so that {@link migrateClickHouse} finds nothing. The log has it all. */
export async function dropClickHouseTables(clickhouse: ClickHouse, deployment: Deployment): Promise<void> {
  for (const table of [...projectionTables, 'migration']) {
    const onCluster = deployment.cluster === null ? '' : `drop table if exists ${table} {{on_cluster}} sync;\n`;
    await runStatements(
      clickhouse,
      `${onCluster}drop table if exists {{table:${table}}} {{on_cluster}} sync;`,
      deployment,
    );
  }
}

async function setEventRetention(clickhouse: ClickHouse, days: number, deployment: Deployment): Promise<void> {
  if (!Number.isInteger(days) || days < 1)
    throw new Error(`The retention of events is ${days} days: it should be a whole number from 1.`);
  for (const table of ['alert_event', 'incident_event']) {
    await runStatements(
      clickhouse,
      `alter table {{table:${table}}} {{on_cluster}} modify ttl toDateTime(occurred_at) + interval ${days} day;`,
      deployment,
    );
  }
}

async function runStatements(clickhouse: ClickHouse, sql: string, deployment: Deployment): Promise<void> {
  for (const query of splitStatements(renderMigration(sql, deployment))) {
    await clickhouse.command({ query, clickhouse_settings: { wait_end_of_query: 1 } });
  }
}

async function migrationFiles(): Promise<readonly { readonly version: number; readonly name: string }[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => /^\d{6}_\w+\.sql$/.test(name)).toSorted();
  return names.map((name) => ({ name, version: Number(name.slice(0, 6)) }));
}
