import pg from 'pg';

/** `timestamptz` and `int8` arrive as numbers: epoch milliseconds, and ids that stay below 2^53. */
const timestamptz = 1184;
const int8 = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === timestamptz) return (text: string) => Date.parse(isoOf(text));
    if (format !== 'binary' && oid === int8) return (text: string) => Number(text);
    // oxlint-disable-next-line typescript/no-unsafe-return -- pg types its parsers as any
    return pg.types.getTypeParser(oid, format);
  },
};

/** Postgres writes `2026-01-01 10:00:00.5+00`; the session is in UTC, so the offset is always +00. */
function isoOf(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`;
}

export interface PoolOptions {
  readonly connectionString: string;
  /** @default 10 */
  readonly max?: number;
  readonly applicationName: string;
  /** A statement that runs longer fails, so that a stuck database is an answer and not a hang. @default 15000 */
  readonly statementTimeoutMs?: number;
  /** How long an answer may take to come, for a server that hangs and so keeps no statement timeout. @default for ever */
  readonly answerTimeoutMs?: number;
  /** More server settings, e.g. `-c jit=off`. */
  readonly serverOptions?: string;
  /** Statements go out without waiting for the answer of the one before: a transaction in few round trips. @default false */
  readonly pipeline?: boolean;
  readonly onError?: (error: Error) => void;
}

/** A pool whose idle connections may die (Postgres restarted) without taking the process along. */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.max ?? 10,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    ...(options.answerTimeoutMs === undefined ? {} : { query_timeout: options.answerTimeoutMs }),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: `-c timezone=UTC ${options.serverOptions ?? ''}`.trim(),
    pipeline: options.pipeline ?? false,
    types,
  });
  // The statement at hand learns of it; a client that is out and idle has nobody else to tell, and would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error: Error & { client?: unknown }) => {
    // The whole connection hangs on it, and would stand in the log.
    delete error.client;
    options.onError?.(error);
  });
  return pool;
}

export type Queryable = Pick<pg.ClientBase, 'query'>;
export type { Pool, PoolClient } from 'pg';
