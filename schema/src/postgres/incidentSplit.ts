import { DomainFailure } from '../domain/errors.js';
import type { Actor, NewEvent } from '../domain/event.js';
import { incidentReference, isOpenPhase, type Incident } from '../domain/incident.js';
import { mostSevere } from '../domain/severity.js';
import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from './alertRow.js';
import { eventsOf, newIncident, noActivity } from './incidentCommands.js';
import { lockIncidents } from './incidentLock.js';
import { found, lockEnvironmentsOf, personalExplanation, refused } from './incidentMove.js';
import { insertIncidents, reserveIncidentIds, updateIncidents, type IncidentToWrite } from './incidentWrite.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { addTimers, quietPeriodBegins } from './timer.js';
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
    const part = partOf(original, taken, Number(newId), title, now);
    const rest = restOf(original, kept, now);
    await insertIncidents(db, [part]);
    await updateIncidents(db, [rest]);
    const sentence = `Split off from ${incidentReference(id)} by ${actor.name}.`;
    await db.query('update alert set incident_id = $2, explanation = $3 where id = any($1::bigint[])', [
      taken.map((alert) => alert.id),
      part.incident.id,
      JSON.stringify(personalExplanation('split', sentence)),
    ]);
    await appendEvents(db, splitEvents(part.incident, id, taken, actor, now));
    await startQuietPeriods(
      db,
      [
        { incidentId: part.incident.id, alerts: taken },
        { incidentId: id, alerts: kept },
      ],
      now,
    );
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
  const severity = mostSevere(
    taken.map((alert) => alert.severity),
    'medium',
  );
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

function restOf(original: IncidentToWrite, kept: readonly StoredAlert[], now: number): IncidentToWrite {
  const { incident, activity } = original;
  const services = servicesOf(kept);
  return {
    incident: { ...incident, services, version: incident.version + 1, updatedAt: now },
    activity: { ...activity, ...timesOf(kept) },
  };
}

function splitEvents(
  part: Incident,
  originalId: number,
  taken: readonly StoredAlert[],
  actor: Actor,
  now: number,
): readonly NewEvent[] {
  const { title, severity } = part;
  const explanation = personalExplanation('split', `Split off from ${incidentReference(originalId)} by ${actor.name}.`);
  return [
    ...eventsOf(part.id, [{ kind: 'incident.opened', data: { title, severity, explanation } }], actor, now),
    ...taken.flatMap((alert) => [
      ...eventsOf(originalId, [{ kind: 'incident.alertLeft', data: { toIncidentId: part.id } }], actor, now, alert.id),
      ...eventsOf(part.id, [{ kind: 'incident.alertJoined', data: { explanation } }], actor, now, alert.id),
    ]),
  ];
}

/** A part whose alerts have all resolved resolves by itself, as it would have done had they always stood alone. */
async function startQuietPeriods(
  db: Queryable,
  parts: readonly { readonly incidentId: number; readonly alerts: readonly StoredAlert[] }[],
  now: number,
): Promise<void> {
  const quiet = parts.filter(({ alerts }) => alerts.every((alert) => alert.status === 'resolved'));
  await addTimers(
    db,
    quiet.map(({ incidentId }) => quietPeriodBegins(incidentId, now)),
  );
}

async function alertsOf(db: Queryable, incidentId: number): Promise<readonly StoredAlert[]> {
  const { rows } = await db.query<AlertRow>(`select ${alertColumns} from alert where incident_id = $1 order by id`, [
    incidentId,
  ]);
  return rows.map(alertOfRow);
}

function timesOf(alerts: readonly StoredAlert[]): { firstStartsAt: number | null; lastActivityAt: number | null } {
  if (alerts.length === 0) return { firstStartsAt: null, lastActivityAt: null };
  return {
    firstStartsAt: Math.min(...alerts.map((alert) => alert.startsAt)),
    lastActivityAt: Math.max(...alerts.map((alert) => alert.endsAt ?? alert.startsAt)),
  };
}

function servicesOf(alerts: readonly StoredAlert[]): readonly string[] {
  return [...new Set(alerts.map((alert) => alert.service).filter((service) => service !== null))].toSorted();
}
