import { randomBytes } from 'node:crypto';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { inject } from 'vitest';
import { databaseUrl } from './sharedPostgres.js';

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  readonly drop: () => Promise<void>;
}

/** A migrated, empty database of the caller's own. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await once(server, `create database ${name} template template_tocsin`);
  const url = databaseUrl(server, name);
  const pool = createPool({ connectionString: url, applicationName: 'test' });
  return {
    url,
    pool,
    drop: async () => {
      await pool.end();
      await once(server, `drop database ${name} with (force)`);
    },
  };
}

/** Cloning a template takes a lock on it, so two at once are tried again. */
async function once(url: string, sql: string): Promise<void> {
  const pool = createPool({ connectionString: url, applicationName: 'test-database', max: 1 });
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await pool.query(sql);
        return;
      } catch (error) {
        if (attempt >= 40) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    await pool.end();
  }
}
