import type { Actor } from '../domain/event.js';
import type { Incident } from '../domain/incident.js';
import type { IncidentEvent } from '../domain/transition.js';
import { incidentColumns, incidentOfRow, type IncidentRow, timeParameter } from './incidentRow.js';
import { appendEvents } from './log.js';
import { missing } from './onCallEdit.js';
import type { Queryable } from './pool.js';

/**
 * Says on an incident's timeline what somebody did, in the transaction that did it. A person's work counts as a touch, as a
 * command does; the version stays, for it overrides nobody's decision.
 * @throws DomainFailure NOT_FOUND
 */
export async function logWork(
  db: Queryable,
  incidentId: number,
  event: IncidentEvent,
  actor: Actor,
  now: number,
): Promise<Incident> {
  const { rows } = await db.query<IncidentRow>({
    name: 'incident_touch',
    text: `update incident set updated_at = $2::timestamptz, is_touched = is_touched or $3,
             touched_at = case when $3 then $2::timestamptz else touched_at end
            where id = $1 returning ${incidentColumns}`,
    values: [incidentId, timeParameter(now), actor.kind === 'person'],
  });
  const [row] = rows;
  if (row === undefined) throw missing('incident', incidentId);
  await appendEvents(db, [{ ...event, incidentId, alertId: null, actor, occurredAt: now }]);
  return incidentOfRow(row);
}

/** @throws DomainFailure NOT_FOUND */
export async function requireIncident(db: Queryable, incidentId: number): Promise<void> {
  const { rowCount } = await db.query('select from incident where id = $1', [incidentId]);
  if (rowCount === 0) throw missing('incident', incidentId);
}
