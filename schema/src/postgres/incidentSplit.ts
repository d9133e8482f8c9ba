import type { Explanation } from '../domain/correlation.js';
import { DomainFailure } from '../domain/errors.js';
import type { Actor, NewEvent } from '../domain/event.js';
import { incidentReference, isOpenPhase, type Incident } from '../domain/incident.js';
import type { StoredAlert } from './alertRow.js';
import { eventsOf, newIncident, noActivity } from './incidentCommands.js';
import { lockIncidents } from './incidentLock.js';
import {
  alertsOf,
  found,
  lockEnvironmentsOf,
  personalExplanation,
  placeAlerts,
  refused,
  servicesOf,
  settleQuietPeriod,
  severityOf,
  timesOf,
  withAlerts,
} from './incidentMove.js';
import { insertIncidents, reserveIncidentIds, updateIncidents, type IncidentToWrite } from './incidentWrite.js';
import { appendEvents } from './log.js';
import type { Pool } from './pool.js';
import { inTransaction } from './transaction.js';

/**
 * Takes alerts out into a new incident.
 * @returns the new incident
 * @throws DomainFailure NOT_FOUND, INVALID_INPUT (no alerts, foreign alerts, or all of them)
 */
export async function splitIncident(
  pool: Pool,
  id: number,
  alertIds: readonly number[],
  title: string | null,
  actor: Actor,
  now: number,
): Promise<Incident> {
  return inTransaction(pool, async (db) => {
    await lockEnvironmentsOf(db, [id]);
    const original = found(await lockIncidents(db, [id]), id);
    if (!isOpenPhase(original.incident.phase)) throw refused(original.incident, 'split');
    const alerts = await alertsOf(db, id);
    const wanted = new Set(alertIds);
    const taken = alerts.filter((alert) => wanted.has(alert.id));
    const kept = alerts.filter((alert) => !wanted.has(alert.id));
    assertSplit(id, wanted, taken, kept);
    const [newId] = await reserveIncidentIds(db, 1);
    const drafted = partOf(original, taken, Number(newId), title, now);
    const rest = withAlerts(original, kept, now);
    const [written] = await insertIncidents(db, [drafted]);
    const part = { ...drafted, incident: { ...drafted.incident, ...written } };
    await updateIncidents(db, [rest]);
    const explanation = personalExplanation('split', id, `Split off from ${incidentReference(id)} by ${actor.name}.`);
    const takenIds = taken.map((alert) => alert.id);
    await placeAlerts(db, takenIds, part.incident.id, explanation);
    await appendEvents(db, splitEvents(part.incident, id, takenIds, explanation, actor, now));
    await settleQuietPeriod(db, part.incident, taken, now);
    await settleQuietPeriod(db, rest.incident, kept, now);
    return part.incident;
  });
}

function assertSplit(
  id: number,
  wanted: ReadonlySet<number>,
  taken: readonly unknown[],
  kept: readonly unknown[],
): void {
  const message =
    wanted.size === 0
      ? 'Choose at least one alert to split off.'
      : taken.length < wanted.size
        ? `Only alerts of INC-${id} can be split off from it: reload and choose again.`
        : kept.length === 0
          ? 'At least one alert must stay: splitting off all of them would leave nothing behind.'
          : null;
  if (message !== null) throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'alertIds' });
}

/** No later alert finds the part by key: a person decided what belongs to it. */
function partOf(
  original: IncidentToWrite,
  taken: readonly StoredAlert[],
  id: number,
  title: string | null,
  now: number,
): IncidentToWrite {
  const { phase, type, environment, team, assignee, acknowledgedAt, acknowledgedBy, mitigatedAt } = original.incident;
  const { customFields, tags, isRestricted } = original.incident;
  const severity = severityOf(taken);
  const times = timesOf(taken);
  const openedAt = Math.min(now, ...taken.map((alert) => alert.receivedAt));
  // What was done for the whole was done for the part, but not before the part was there.
  const since = (at: number | null): number | null => (at === null ? null : Math.max(at, openedAt));
  return {
    incident: {
      ...newIncident(id, now),
      phase,
      type,
      environment,
      team,
      assignee,
      acknowledgedAt: since(acknowledgedAt),
      acknowledgedBy,
      mitigatedAt: since(mitigatedAt),
      customFields,
      tags,
      isRestricted,
      severity,
      acknowledgedSeverity: acknowledgedAt === null ? null : severity,
      title: title ?? taken[0]?.title ?? original.incident.title,
      services: servicesOf(taken),
      impactStartedAt: times.firstStartsAt ?? now,
      openedAt,
    },
    activity: { ...noActivity, source: original.activity.source, ...times },
  };
}

function splitEvents(
  part: Incident,
  originalId: number,
  takenIds: readonly number[],
  explanation: Explanation,
  actor: Actor,
  now: number,
): readonly NewEvent[] {
  const { title, severity } = part;
  return [
    ...eventsOf(part.id, [{ kind: 'incident.opened', data: { title, severity, explanation } }], actor, now),
    ...takenIds.flatMap((id) => [
      ...eventsOf(originalId, [{ kind: 'incident.alertLeft', data: { toIncidentId: part.id } }], actor, now, id),
      ...eventsOf(part.id, [{ kind: 'incident.alertJoined', data: { explanation } }], actor, now, id),
    ]),
  ];
}
