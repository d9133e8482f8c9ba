import { mkdir, open, readFile } from 'node:fs/promises';
import { cpus, freemem, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { createClickHouse, selectRows } from '@tocsin/schema/clickhouse/client';
import { startEmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { createPool } from '@tocsin/schema/postgres/pool';
import { createDataDir } from '../support/tocsin.js';
import { short } from './report.js';
import type { Scope } from './scope.js';
import { spreadOf, type Spread } from './statistics.js';

/** The machine and the engines, without which no number means anything. */
export async function describeMachine(scope: Scope): Promise<string> {
  const folder = await createDataDir();
  scope.add(folder.remove);
  const [cpu] = cpus();
  const sync = await syncLatency(folder.path);
  const load = (await readFile('/proc/loadavg', 'utf8').catch(() => '')).split(' ').slice(0, 2).join(' and ');
  return [
    `- Machine: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${gigabytes(totalmem())} memory (${gigabytes(freemem())} free), ${type()} ${release()}`,
    `- Engines: Node ${process.versions.node}, PostgreSQL ${await postgresVersion(scope, folder.path)}, ClickHouse ${await clickhouseVersion(folder.path)} in process`,
    `- Disk: fdatasync of 8 KiB p50 ${short(sync.p50)} ms, p99 ${short(sync.p99)} ms`,
    ...(load === '' ? [] : [`- Load average of the machine at the start: ${load} (1 and 5 minutes)`]),
    '- The load generator runs on the same cores as what it measures.',
  ].join('\n');
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/** What every commit waits for. */
async function syncLatency(folder: string): Promise<Spread> {
  const file = await open(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(8_192, 1);
  const took: number[] = [];
  for (let index = 0; index < 300; index++) {
    const startedAt = performance.now();
    await file.write(page, 0, page.length, index * page.length);
    await file.datasync();
    took.push(performance.now() - startedAt);
  }
  await file.close();
  return spreadOf(took);
}

async function postgresVersion(scope: Scope, dataDir: string): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  scope.add(postgres.stop);
  const pool = createPool({ connectionString: postgres.connectionString, applicationName: 'bench', max: 1 });
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  await pool.end();
  return rows[0]?.server_version ?? 'unknown';
}

async function clickhouseVersion(dataDir: string): Promise<string> {
  const embeddedPath = join(dataDir, 'clickhouse');
  await mkdir(embeddedPath);
  const clickhouse = await createClickHouse({ embeddedPath });
  const [row] = await selectRows<{ version: string }>(clickhouse, 'select version() as version');
  await clickhouse.close();
  return row?.version ?? 'unknown';
}
