import { environmentKey } from '../domain/deriveEnvironment.js';
import { lockEnvironments } from './environmentLock.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

/** They went into an incident of an environment whose turn is not held, between the look and the lock. */
class WentElsewhere extends Error {
  override readonly name = 'WentElsewhere';
}

/** After so many attempts nobody else decides anything meanwhile, which cannot go wrong. */
const attemptsTogether = 3;

/**
 * Runs `work` in one transaction, in turn with everyone who decides about these alerts: with their own environments and
 * with those that the incidents they are in are at home in. A delivery takes both as well, and so does a person who merges,
 * splits or moves: so where the alerts are cannot change before the transaction ends.
 */
export async function inTurnWithAlerts<T>(
  pool: Pool,
  alertIds: readonly number[],
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const environments = attempt < attemptsTogether ? await environmentsOf(pool, alertIds) : [null];
    try {
      return await inTransaction(pool, async (db) => {
        await lockEnvironments(db, environments);
        const now = await environmentsOf(db, alertIds);
        if (!environments.includes(null) && now.some((each) => !environments.includes(each))) throw new WentElsewhere();
        return work(db);
      });
    } catch (error) {
      if (!(error instanceof WentElsewhere)) throw error;
    }
  }
}

async function environmentsOf(db: Queryable, alertIds: readonly number[]): Promise<readonly (string | null)[]> {
  const { rows } = await db.query<{ environment: string | null }>({
    name: 'alert_turn',
    text: `select environment from alert where id = any($1::bigint[])
      union select i.environment from alert a join incident i on i.id = a.incident_id where a.id = any($1::bigint[])`,
    values: [alertIds],
  });
  return [...new Set(rows.map((row) => environmentKey(row.environment)))];
}
