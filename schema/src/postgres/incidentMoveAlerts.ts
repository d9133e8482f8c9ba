import { DomainFailure } from '../domain/errors.js';
import type { Actor, NewEvent } from '../domain/event.js';
import { incidentReference, isOpenPhase, type Incident } from '../domain/incident.js';
import { transition } from '../domain/transition.js';
import type { StoredAlert } from './alertRow.js';
import { eventsOf } from './incidentCommands.js';
import { lockIncidents } from './incidentLock.js';
import {
  alertsOf,
  changedMeanwhile,
  found,
  lockEnvironmentsOf,
  personalExplanation,
  placeAlerts,
  refused,
  settleQuietPeriod,
  severityOf,
  withAlerts,
} from './incidentMove.js';
import { updateIncidents } from './incidentWrite.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

/**
 * Moves alerts, of one incident or of several, into another; what fires again later follows them there.
 * @returns the target
 * @throws DomainFailure NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT (an alert in no incident, or an incident's last one),
 * CONFLICT (they went elsewhere in the same moment)
 */
export async function moveAlerts(
  pool: Pool,
  alertIds: readonly number[],
  into: number,
  actor: Actor,
  now: number,
): Promise<Incident> {
  return inTransaction(pool, async (db) => {
    const before = await originsOf(db, alertIds);
    await lockEnvironmentsOf(db, [...before, into]);
    const locked = await lockIncidents(db, [...before, into]);
    const target = found(locked, into);
    const origins = (await originsOf(db, alertIds)).filter((id) => id !== into);
    if (origins.some((id) => !locked.has(id))) throw changedMeanwhile(target.incident);
    if (!isOpenPhase(target.incident.phase)) throw refused(target.incident, 'move alerts into');
    const wanted = new Set(alertIds);
    const events: NewEvent[] = [];
    const moved: StoredAlert[] = [];
    for (const id of origins) {
      const alerts = await alertsOf(db, id);
      const taken = alerts.filter((alert) => wanted.has(alert.id));
      const kept = alerts.filter((alert) => !wanted.has(alert.id));
      if (kept.length === 0) throw lastOne(id);
      const explanation = personalExplanation(
        'moved',
        id,
        `Moved here from ${incidentReference(id)} by ${actor.name}.`,
      );
      const ids = taken.map((alert) => alert.id);
      await placeAlerts(db, ids, into, explanation);
      const rest = withAlerts(found(locked, id), kept, now);
      await updateIncidents(db, [rest]);
      await settleQuietPeriod(db, rest.incident, kept, now);
      moved.push(...taken);
      for (const alertId of ids) {
        events.push(
          ...eventsOf(id, [{ kind: 'incident.alertLeft', data: { toIncidentId: into } }], actor, now, alertId),
        );
        events.push(...eventsOf(into, [{ kind: 'incident.alertJoined', data: { explanation } }], actor, now, alertId));
      }
    }
    if (moved.length === 0) return target.incident;
    const all = await alertsOf(db, into);
    const grown = withAlerts(target, all, now);
    const risen = transition(grown.incident, { type: 'alertSeverity', severity: severityOf(moved) }, actor, now);
    const incident = risen.ok ? { ...risen.incident, version: grown.incident.version } : grown.incident;
    if (risen.ok) events.push(...eventsOf(into, risen.events, actor, now));
    await updateIncidents(db, [{ incident, activity: grown.activity }]);
    await settleQuietPeriod(db, incident, all, now);
    await appendEvents(db, events);
    return incident;
  });
}

async function originsOf(db: Queryable, alertIds: readonly number[]): Promise<readonly number[]> {
  const { rows } = await db.query<{ id: number; incident_id: number | null }>(
    'select id, incident_id from alert where id = any($1::bigint[])',
    [alertIds],
  );
  if (rows.length < new Set(alertIds).size) {
    throw new DomainFailure({
      code: 'NOT_FOUND',
      message: 'One of these alerts does not exist: reload and choose again.',
    });
  }
  const homeless = rows.find((row) => row.incident_id === null);
  if (homeless !== undefined) {
    const message = `Alert ${homeless.id} is in no incident yet: it can be moved once it is.`;
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'alertIds' });
  }
  return [...new Set(rows.map((row) => row.incident_id).filter((id) => id !== null))].toSorted((a, b) => a - b);
}

function lastOne(id: number): DomainFailure {
  const message = `These are all alerts of INC-${id}: merge the incident instead, so that what happened on it stays readable.`;
  return new DomainFailure({ code: 'INVALID_INPUT', message, field: 'alertIds' });
}
