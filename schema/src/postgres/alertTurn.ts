import { environmentKey } from '../domain/deriveEnvironment.js';
import { lockEnvironments } from './environmentLock.js';
import type { Pool, Queryable } from './pool.js';
import { StartAgain, untilInTurn } from './startAgain.js';
import { inTransaction } from './transaction.js';

/**
 * Runs `work` in one transaction, in turn with everyone who decides about these alerts: with their own environments and
 * with those that the incidents they are in are at home in. A delivery takes both as well, and so does a person who merges,
 * splits or moves: so where the alerts are cannot change before the transaction ends.
 */
export function inTurnWithAlerts<T>(
  pool: Pool,
  alertIds: readonly number[],
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  return untilInTurn(async (also) => {
    const held = [...(await environmentsOf(pool, alertIds)), ...also];
    return inTransaction(pool, async (db) => {
      await lockEnvironments(db, held);
      // Between the look and the lock they may have gone into an incident of an environment whose turn is not held.
      const missing = (await environmentsOf(db, alertIds)).filter((each) => !held.includes(each));
      if (missing.length > 0 && !held.includes(null)) throw new StartAgain(missing);
      return work(db);
    });
  });
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
