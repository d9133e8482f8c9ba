import type pg from 'pg';

const retryable = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '23505', // unique_violation: another process opened the same episode or incident first; on the second try we see it
]);

export interface TransactionOptions {
  /** How often a lost race is tried again. @default 5 */
  readonly attempts?: number;
}

/** Statements that were sent but not waited for; the commit waits for them. */
export type Defer = (sent: Promise<unknown>) => void;

/**
 * Runs `work` in one transaction; a lost race (deadlock, unique index) is run again from the start.
 * On a pipelining pool `work` may send its last statements through `defer`, so that they share a round trip with the commit.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, defer: Defer) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const attempts = options.attempts ?? 5;
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (attempt >= attempts || !isRetryable(error)) throw error;
    }
  }
}

async function once<T>(pool: pg.Pool, work: (client: pg.PoolClient, defer: Defer) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const sent: Promise<unknown>[] = [];
  const defer: Defer = (statement) => {
    // Looked at below; until then a failure must not count as unhandled.
    statement.catch(() => undefined);
    sent.push(statement);
  };
  try {
    defer(client.query('begin'));
    const result = await work(client, defer);
    await Promise.all([...sent, client.query('commit')]);
    return result;
  } catch (error) {
    // A connection that cannot roll back is thrown away with whatever it was doing; a dead one is not even asked.
    if (isConnectionLost(error)) broken = error;
    else await client.query('rollback').catch((failure: Error) => (broken = failure));
    // The statement that failed is the reason; those behind it only say that the transaction was aborted.
    throw await firstFailure(sent, error);
  } finally {
    client.release(broken);
  }
}

async function firstFailure(sent: readonly Promise<unknown>[], thrown: unknown): Promise<unknown> {
  for (const result of await Promise.allSettled(sent)) {
    if (result.status === 'rejected' && sqlState(result.reason) !== abortedTransaction) return result.reason;
  }
  return thrown;
}

const abortedTransaction = '25P02';

export function isRetryable(error: unknown): boolean {
  return retryable.has(sqlState(error) ?? '');
}

/** The five-character SQLSTATE of a Postgres error, or null for anything else. */
export function sqlState(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/**
 * Postgres is away, starts, shuts down, is full or was made a standby (25006); a lock was not to be had in time (55P03),
 * or every attempt lost its race (40001, 40P01). Nothing is wrong with what was to be stored.
 */
const passing = /^(08|53|57|58)|^(25006|55P03|40001|40P01)$/;

/** True when Postgres itself is away or refuses work for now: the sender should try again. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  return state === null ? isConnectionLost(error) : passing.test(state);
}

/** Nothing came back: no connection, or one that broke or stayed silent for too long. ENOTFOUND: a container is gone. */
function isConnectionLost(error: unknown): error is Error {
  if (!(error instanceof Error) || sqlState(error) !== null) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOENT|EHOST|ENET|ENOTFOUND|EAI_)/.test(code) ||
    /timeout|terminated|Connection/i.test(String(error))
  );
}
