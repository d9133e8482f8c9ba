import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import { isOpenPhase, type Incident } from '../domain/incident.js';
import type { Viewer } from '../domain/role.js';
import { transition, type IncidentCommand, type IncidentReport } from '../domain/transition.js';
import { endEscalations } from './escalationWrite.js';
import { assertWorkflow } from './incidentWorkflow.js';
import { eventsOf } from './incidentEvents.js';
import { lockIncidents } from './incidentLock.js';
import {
  insertIncidents,
  reserveIncidentIds,
  updateIncidents,
  type IncidentActivity,
  type IncidentToWrite,
} from './incidentWrite.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { cancelTimers } from './timer.js';
import { inTransaction } from './transaction.js';

export { eventsOf } from './incidentEvents.js';

/** What a person's own incident knows of alerts: nothing yet. */
export const noActivity: IncidentActivity = {
  source: null,
  ruleId: null,
  ruleVersion: null,
  acceptsAlerts: false,
  firstStartsAt: null,
  lastActivityAt: null,
  notify: 'page',
  isTouched: true,
  soleCondition: null,
  episodeCount: 0,
};

/**
 * Runs one command on one incident: the row and its events in one transaction.
 * @param expectedVersion the version the caller decided on; null to decide on whatever is there
 * @param viewer who asks by hand: the type's workflow and what closing requires hold for them; null for the product itself
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION, INVALID_INPUT
 */
export async function executeCommand(
  pool: Pool,
  incidentId: number,
  command: IncidentCommand,
  actor: Actor,
  now: number,
  expectedVersion: number | null,
  viewer: Viewer | null = null,
): Promise<Incident> {
  return inTransaction(pool, async (db) => {
    const locked = await lockOne(db, incidentId);
    assertVersion(locked.incident, expectedVersion);
    if (viewer !== null) await assertWorkflow(db, locked.incident, command, viewer);
    const written = await writeTransition(db, locked, command, actor, now);
    if (command.type === 'acknowledge' && isTakenOn(locked.incident)) await answerCalls(db, incidentId, actor, now);
    return written;
  });
}

function isTakenOn({ phase }: Incident): boolean {
  return phase === 'acknowledged' || phase === 'mitigated';
}

/** Who is called to what somebody has already answers all the same: the log will say nothing that could stop the calls. */
async function answerCalls(db: Queryable, incidentId: number, actor: Actor, now: number): Promise<void> {
  if (actor.kind !== 'person') return;
  const because = `acknowledged by ${actor.name}`;
  await endEscalations(db, 'acknowledged', [{ incidentId, by: actor.name, at: now, actor, because }], now);
}

/** Applies a command to a locked incident and writes what came of it. A command that changes nothing writes nothing. */
export async function writeTransition(
  db: Queryable,
  locked: IncidentToWrite,
  command: IncidentCommand,
  actor: Actor,
  now: number,
): Promise<Incident> {
  const result = transition(locked.incident, command, actor, now);
  if (!result.ok) throw new DomainFailure(result.error);
  if (result.events.length === 0) return result.incident;
  const { incident } = result;
  const acceptsAlerts = await mayAccept(db, locked, incident);
  const isTouched = locked.activity.isTouched || actor.kind === 'person';
  const touchedAt = actor.kind === 'person' ? now : incident.touchedAt;
  const activity = { ...locked.activity, acceptsAlerts, isTouched };
  const [written] = await updateIncidents(db, [{ incident: { ...incident, touchedAt }, activity }]);
  await appendEvents(db, eventsOf(incident.id, result.events, actor, now));
  if (!isOpenPhase(incident.phase)) await cancelTimers(db, 'incident.autoResolve', [String(incident.id)]);
  return { ...incident, touchedAt, ...written };
}

/** A reopened incident takes its key back, unless a newer one holds it by now. */
async function mayAccept(db: Queryable, locked: IncidentToWrite, after: Incident): Promise<boolean> {
  const isReopened = !isOpenPhase(locked.incident.phase) && isOpenPhase(after.phase);
  if (!isReopened) return locked.activity.acceptsAlerts;
  if (after.correlationKey === null) return false;
  const { rowCount } = await db.query('select 1 from incident where correlation_key = $1 and accepts_alerts', [
    after.correlationKey,
  ]);
  return rowCount === 0;
}

/** An incident that a person reports. */
export async function createIncident(pool: Pool, report: IncidentReport, actor: Actor, now: number): Promise<Incident> {
  return inTransaction(pool, async (db) => {
    const [id] = await reserveIncidentIds(db, 1);
    const reported = { ...newIncident(Number(id), now), ...report, reporter: actor.name };
    const [written] = await insertIncidents(db, [{ incident: reported, activity: noActivity }]);
    const incident = { ...reported, ...written };
    const { title, severity } = report;
    await appendEvents(db, eventsOf(incident.id, [{ kind: 'incident.opened', data: { title, severity } }], actor, now));
    return incident;
  });
}

/** The fields that every new incident starts with. */
export function newIncident(id: number, now: number): Incident {
  return {
    id,
    version: 1,
    title: '',
    description: null,
    type: 'operational',
    severity: 'medium',
    severityIsManual: false,
    phase: 'detected',
    typeVersion: 0,
    status: 'detected',
    impact: null,
    urgency: null,
    priority: 3,
    customFields: {},
    tags: [],
    isRestricted: false,
    touchedAt: null,
    services: [],
    environment: null,
    team: null,
    assignee: null,
    reporter: null,
    correlationKey: null,
    impactStartedAt: now,
    openedAt: now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedSeverity: null,
    mitigatedAt: null,
    firstResolvedAt: null,
    resolvedAt: null,
    resolvedBy: null,
    closedAt: null,
    reopenedCount: 0,
    dismissReason: null,
    mergedInto: null,
    updatedAt: now,
  };
}

export async function lockOne(db: Queryable, id: number): Promise<IncidentToWrite> {
  const locked = (await lockIncidents(db, [id])).get(id);
  if (locked === undefined) throw new DomainFailure({ code: 'NOT_FOUND', message: `There is no INC-${id}.` });
  return locked;
}

/** @throws DomainFailure CONFLICT */
export function assertVersion(incident: Incident, expected: number | null): void {
  if (expected === null || expected === incident.version) return;
  throw new DomainFailure({
    code: 'CONFLICT',
    message: `INC-${incident.id} was changed meanwhile (version ${incident.version}, you saw ${expected}): look again and decide again.`,
    currentVersion: incident.version,
  });
}
