import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { runningPostmaster } from '@tocsin/schema/postgres/postmaster';
import { startProcess } from '../support/process.js';
import { createTestTokens } from '../support/people.js';
import { createDataDir } from '../support/tocsin.js';
import { fromRepository } from './root.js';
import type { Scope } from './scope.js';

/** A data directory that is removed with the scope, and the database server that a killed process left on it. */
export async function makeDataDir(scope: Scope): Promise<string> {
  const folder = await createDataDir();
  scope.add(async () => {
    const left = await runningPostmaster(join(folder.path, 'postgres'));
    if (left !== null) {
      process.kill(left.pid, 'SIGINT');
      for (let waited = 0; waited < 10_000 && isAlive(left.pid); waited += 50) await pause(50);
    }
    await folder.remove();
  });
  return folder.path;
}

export interface Product {
  readonly pid: number;
  readonly url: string;
  /** API token of an admin. */
  readonly token: string;
  /** For `POST /api/v2/alerts`; empty when this is not the first start on the data directory. */
  readonly secret: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly pool: Pool;
  /** The first field of the answer's data. @throws Error with what the API says. */
  readonly ask: (query: string, variables?: object) => Promise<unknown>;
}

/** The whole product in one process on embedded stores, as `npm start` runs it, and a look into its database. */
export async function startProduct(
  scope: Scope,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Product> {
  const env = { TOCSIN_DATA_DIR: dataDir, TOCSIN_PORT: '0', TOCSIN_LOG_LEVEL: 'warn', ...more };
  const started = startProcess(process.execPath, [fromRepository('server', 'dist', 'standalone.js')], { env });
  scope.add(() => started.end());
  const [, url = ''] = await started.waitFor(/Dashboard\s+(http:\S+)/);
  await started.waitFor(/Stop with Ctrl-C/);
  // Printed in this order: Alertmanager, Prometheus, SigNoz.
  const secret = started.output().match(/tks_[\w-]+/g)?.[1] ?? '';
  const databaseUrl = await embeddedDatabaseUrl(dataDir);
  const pool = openPool(scope, databaseUrl);
  // The operator's, made past the API: what is measured starts with somebody signed in.
  const headers = await createTestTokens(pool)();
  const token = headers['authorization']?.slice('Bearer '.length) ?? '';
  return { pid: started.pid, url, token, secret, dataDir, databaseUrl, pool, ask: askerOf(url, token) };
}

function askerOf(url: string, token: string): Product['ask'] {
  return async (query, variables = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    // Our own API's answer, as the GraphQL specification lays it out.
    const answer = (await response.json()) as {
      readonly data?: Readonly<Record<string, unknown>> | null;
      readonly errors?: unknown;
    };
    if (answer.errors !== undefined)
      throw new Error(`${query.trim().split('\n')[0]}: ${JSON.stringify(answer.errors)}`);
    return Object.values<unknown>(answer.data ?? {})[0];
  };
}

export function openPool(scope: Scope, connectionString: string): Pool {
  // Filling a table takes longer than any statement of the product may.
  const pool = createPool({ connectionString, applicationName: 'bench', max: 4, statementTimeoutMs: 3_600_000 });
  scope.add(() => pool.end());
  return pool;
}

async function embeddedDatabaseUrl(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim();
  const running = await runningPostmaster(join(dataDir, 'postgres'));
  if (running === null) throw new Error(`No PostgreSQL runs on ${dataDir}.`);
  return `postgres://postgres:${password}@127.0.0.1:${running.port}/postgres`;
}

/** Waits until ClickHouse has the whole log, so that one round does not pay for the one before. Seconds it took. */
export async function relayIsAtHead(pool: Pool, patienceSeconds: number): Promise<number | null> {
  const startedAt = performance.now();
  for (;;) {
    const { rows } = await pool.query<{ behind: boolean }>(
      `select exists (select 1 from event e, log_reader r where r.name = 'kpi'
          and (e.xid, e.position) > (r.after_xid, r.after_position)) as behind`,
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    if (rows[0]?.behind === false) return seconds;
    if (seconds > patienceSeconds) return null;
    await pause(100);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
