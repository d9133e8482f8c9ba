import type { Queryable } from './pool.js';

/** Runs `work` so that what it wrote is gone when it throws, and the caller's transaction goes on. @throws what `work` threw */
export async function inSavepoint(db: Queryable, work: () => Promise<void>): Promise<void> {
  await db.query('savepoint part');
  try {
    await work();
  } catch (error) {
    // Where the connection is gone, so is the transaction, and the first error says why.
    await db.query('rollback to savepoint part; release savepoint part').catch(() => undefined);
    throw error;
  }
  await db.query('release savepoint part');
}
