import type { Pool } from '@tocsin/schema/postgres/pool';

/** Counts the statements that `work` sends, by whichever connection of the pool. */
export async function countStatements(pool: Pool, work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const query = pool.query.bind(pool);
  // pg's query has a dozen overloads; this one passes everything on
  pool.query = function counted(...args: unknown[]) {
    if (!isPoll(args[0])) count++;
    return Reflect.apply(query, pool, args) as unknown;
  } as Pool['query'];
  try {
    await work();
  } finally {
    // uncovers the prototype's
    Reflect.deleteProperty(pool, 'query');
  }
  return count;
}

/** The live feed reads the log by itself, whoever asks what. */
function isPoll(statement: unknown): boolean {
  if (typeof statement !== 'object' || statement === null || !('name' in statement)) return false;
  return statement.name === 'event_read' || statement.name === 'event_head';
}
