import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

const migrationsFolder = new URL('./migrations/', import.meta.url);
/** Any number; the same in every process, so that two starting at once take turns. */
const lockKey = 7_462_001;

export interface MigrationReport {
  readonly applied: readonly string[];
  readonly version: number;
}

/**
 * Brings the database up to the newest migration, one transaction each, forward only.
 * Two processes at once take turns; a database newer than this program is refused.
 */
export async function migratePostgres(pool: pg.Pool): Promise<MigrationReport> {
  const files = await migrationFiles();
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const current = await currentVersion(client);
    const newest = files.at(-1)?.version ?? 0;
    if (current > newest) {
      throw new Error(
        `The database is at migration ${current}, this program knows ${newest}: start a newer Tocsin or restore an older database.`,
      );
    }
    const pending = files.filter((file) => file.version > current);
    for (const file of pending) await apply(client, file);
    return { applied: pending.map((file) => file.name), version: newest };
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
    client.release();
  }
}

/** True when the database stands exactly where this program expects it; `/readyz` asks. */
export async function migrationsAreCurrent(pool: pg.Pool): Promise<boolean> {
  const files = await migrationFiles();
  const { rows } = await pool.query<{ version: number | null }>('select max(version) as version from migration');
  return rows[0]?.version === files.at(-1)?.version;
}

interface MigrationFile {
  readonly version: number;
  readonly name: string;
}

async function migrationFiles(): Promise<readonly MigrationFile[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => /^\d{6}_\w+\.sql$/.test(name)).toSorted();
  return names.map((name) => ({ name, version: Number(name.slice(0, 6)) }));
}

async function currentVersion(client: pg.PoolClient): Promise<number> {
  await client.query(
    `create table if not exists migration (
       version integer primary key, name text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from migration',
  );
  return rows[0]?.version ?? 0;
}

async function apply(client: pg.PoolClient, file: MigrationFile): Promise<void> {
  const sql = await readFile(new URL(file.name, migrationsFolder), 'utf8');
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration (version, name) values ($1, $2)', [file.version, file.name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${file.name} failed.`, { cause: error });
  }
}
