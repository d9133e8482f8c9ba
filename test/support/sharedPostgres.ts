import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool } from '@tocsin/schema/postgres/pool';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the run; every test file clones its own database from the migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-test-'));
  // mkdtemp gives 0700, and PostgreSQL may run as another user than root
  await chmod(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir });
  const pool = createPool({ connectionString: postgres.connectionString, applicationName: 'test-setup', max: 1 });
  await pool.query('create database template_tocsin');
  await pool.end();
  const template = createPool({
    connectionString: databaseUrl(postgres.connectionString, 'template_tocsin'),
    applicationName: 'test-setup',
    max: 1,
  });
  await migratePostgres(template);
  await template.end();
  project.provide('postgresUrl', postgres.connectionString);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
