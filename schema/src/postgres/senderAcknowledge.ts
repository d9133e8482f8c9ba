import { isOpenPhase } from '../domain/incident.js';
import { lockIncidents } from './incidentLock.js';
import { writeTransition } from './incidentCommands.js';
import type { Pool } from './pool.js';
import { inTransaction } from './transaction.js';

/**
 * Somebody took these conditions on in the sender's own tool: the incidents that their open alerts are in are
 * acknowledged. Where one is already, or none is open, nothing happens.
 */
export async function acknowledgeAsSender(
  pool: Pool,
  integration: { readonly id: number; readonly name: string },
  fingerprints: readonly string[],
  now: number,
): Promise<void> {
  await inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ id: number }>({
      name: 'incidents_of_open_fingerprints',
      text: `select distinct incident_id as id from alert
              where integration_id = $1 and fingerprint = any($2::text[]) and closed_at is null and incident_id is not null`,
      values: [integration.id, fingerprints],
    });
    if (rows.length === 0) return;
    const locked = await lockIncidents(
      db,
      rows.map(({ id }) => id),
    );
    for (const each of locked.values()) {
      if (!isOpenPhase(each.incident.phase)) continue;
      await writeTransition(db, each, { type: 'acknowledge' }, { kind: 'sender', name: integration.name }, now);
    }
  });
}
