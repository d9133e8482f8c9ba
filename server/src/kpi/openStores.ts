import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createClickHouse } from '@tocsin/schema/clickhouse/client';
import { CannotStart } from '@tocsin/schema/postgres/cannotStart';
import { startEmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool } from '@tocsin/schema/postgres/pool';
import type { StandaloneConfig } from '../config.js';
import type { KpiStores } from './verifyKpis.js';

type StoreConfig = Pick<StandaloneConfig, 'databaseUrl' | 'clickhouseUrl' | 'clickhouseCluster' | 'dataDir'>;

export interface OpenStores extends KpiStores {
  readonly close: () => Promise<void>;
}

/** Where the embedded ClickHouse keeps its data; one process at a time may open it. */
export function clickhouseFolder(dataDir: string): string {
  return join(dataDir, 'clickhouse');
}

/**
 * Opens both stores for a command, embedded ones included, when no process holds them.
 * @throws CannotStart, CannotOpenClickHouse; what was opened by then is closed again.
 */
export async function openStores(config: StoreConfig): Promise<OpenStores> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of opened.toReversed()) await closeOne();
  };
  try {
    const connectionString = config.databaseUrl ?? (await embeddedPostgres(config.dataDir, opened));
    const pool = createPool({ connectionString, applicationName: 'tocsin-command', max: 4 });
    opened.push(() => pool.end());
    await migratePostgres(pool);
    const clickhouse = await createClickHouse(
      config.clickhouseUrl === null ? await embeddedClickHouse(config.dataDir) : { url: config.clickhouseUrl },
    );
    opened.push(() => clickhouse.close());
    return { pool, clickhouse, cluster: config.clickhouseCluster, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Never made here: a command given DATABASE_URL but not CLICKHOUSE_URL would take the relay's cursor to the head of the
 * log with an empty ClickHouse of its own, and the real one would miss what was written meanwhile.
 */
async function embeddedClickHouse(dataDir: string): Promise<{ readonly embeddedPath: string }> {
  const embeddedPath = clickhouseFolder(dataDir);
  await access(embeddedPath).catch((cause: unknown) => {
    throw new CannotStart(`There is no ClickHouse data in ${dataDir}: set CLICKHOUSE_URL or TOCSIN_DATA_DIR.`, {
      cause,
    });
  });
  return { embeddedPath };
}

async function embeddedPostgres(dataDir: string, opened: (() => Promise<unknown>)[]): Promise<string> {
  await access(join(dataDir, 'postgres')).catch((cause: unknown) => {
    throw new CannotStart(`There is no data in ${dataDir} yet: run npm start first, or set TOCSIN_DATA_DIR.`, {
      cause,
    });
  });
  const postgres = await startEmbeddedPostgres({ dataDir });
  // One that was found running is left running: it may be another process's.
  opened.push(postgres.wasAdopted ? async () => postgres.leave() : postgres.stop);
  return postgres.connectionString;
}
