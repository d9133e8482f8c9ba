import { DomainFailure } from '../domain/errors.js';
import type { Actor, NewEvent } from '../domain/event.js';
import { incidentReference, isOpenPhase, type Incident } from '../domain/incident.js';
import { transition } from '../domain/transition.js';
import { eventsOf } from './incidentCommands.js';
import { lockIncidents } from './incidentLock.js';
import { found, lockEnvironmentsOf, personalExplanation, refused, type PersonalExplanation } from './incidentMove.js';
import { updateIncidents, type IncidentToWrite } from './incidentWrite.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { addTimers, cancelTimers, quietPeriodBegins } from './timer.js';
import { inTransaction } from './transaction.js';

/**
 * Moves the alerts of `ids` into `into`; the sources end as merged, and later alerts of their groups follow.
 * @returns the target
 * @throws DomainFailure NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT
 */
export async function mergeIncidents(
  pool: Pool,
  ids: readonly number[],
  into: number,
  actor: Actor,
  now: number,
): Promise<Incident> {
  const sources = [...new Set(ids)];
  return inTransaction(pool, async (db) => {
    await lockEnvironmentsOf(db, [...sources, into]);
    const locked = await lockIncidents(db, [...sources, into]);
    let target = found(locked, into);
    if (!isOpenPhase(target.incident.phase)) throw refused(target.incident, 'merge into');
    const events: NewEvent[] = [];
    let movedCount = 0;
    for (const id of sources) {
      const source = found(locked, id);
      const merged = transition(source.incident, { type: 'mergeInto', incidentId: into }, actor, now);
      if (!merged.ok) throw new DomainFailure(merged.error);
      await updateIncidents(db, [{ incident: merged.incident, activity: source.activity }]);
      const sentence = `Moved here when ${actor.name} merged ${incidentReference(id)}.`;
      const alertCount = await absorbAlerts(db, id, into, personalExplanation('merged', id, sentence));
      movedCount += alertCount;
      target = absorb(target, source, actor, now, events);
      events.push(...eventsOf(id, merged.events, actor, now));
      events.push(
        ...eventsOf(into, [{ kind: 'incident.absorbed', data: { fromIncidentId: id, alertCount } }], actor, now),
      );
    }
    await shortenChains(db, sources, into);
    await updateIncidents(db, [target]);
    await appendEvents(db, events);
    const fires = await isFiring(db, into);
    await cancelTimers(db, 'incident.autoResolve', (fires ? [...sources, into] : sources).map(String));
    if (movedCount > 0 && !fires) await addTimers(db, [quietPeriodBegins(into, now)]);
    return target.incident;
  });
}

/** The target takes over services, times and a higher severity. */
function absorb(
  target: IncidentToWrite,
  source: IncidentToWrite,
  actor: Actor,
  now: number,
  events: NewEvent[],
): IncidentToWrite {
  const risen = transition(target.incident, { type: 'alertSeverity', severity: source.incident.severity }, actor, now);
  const incident = risen.ok ? risen.incident : target.incident;
  if (risen.ok) events.push(...eventsOf(incident.id, risen.events, actor, now));
  return {
    incident: {
      ...incident,
      version: target.incident.version + 1,
      services: [...new Set([...incident.services, ...source.incident.services])].toSorted(),
      impactStartedAt: Math.min(incident.impactStartedAt, source.incident.impactStartedAt),
      updatedAt: now,
    },
    activity: {
      ...target.activity,
      isTouched: true,
      soleCondition: null,
      firstStartsAt: extreme(Math.min, target.activity.firstStartsAt, source.activity.firstStartsAt),
      lastActivityAt: extreme(Math.max, target.activity.lastActivityAt, source.activity.lastActivityAt),
      // A newer incident of the same group held the key: it comes back, or later alerts would open yet another.
      acceptsAlerts:
        target.activity.acceptsAlerts ||
        (source.activity.acceptsAlerts && source.incident.correlationKey === target.incident.correlationKey),
    },
  };
}

/** Chains stay one step long: what was merged into a source points at the target from now on. */
export async function shortenChains(db: Queryable, sources: readonly number[], into: number): Promise<void> {
  await db.query(
    'update incident set merged_into = $2, revision = revision + 1 where merged_into = any($1::bigint[])',
    [sources, into],
  );
}

/** @returns how many alerts followed */
export async function absorbAlerts(
  db: Queryable,
  from: number,
  into: number,
  explanation: Omit<PersonalExplanation, 'before'>,
): Promise<number> {
  const { rowCount } = await db.query(
    `update alert set incident_id = $2, explanation = $3::jsonb || jsonb_build_object('before', explanation)
      where incident_id = $1`,
    [from, into, JSON.stringify(explanation)],
  );
  return rowCount ?? 0;
}

async function isFiring(db: Queryable, incidentId: number): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from alert where incident_id = $1 and closed_at is null limit 1', [
    incidentId,
  ]);
  return rowCount === 1;
}

function extreme(pick: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : pick(a, b);
}
