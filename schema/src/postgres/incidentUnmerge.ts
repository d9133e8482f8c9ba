import type { Explanation } from '../domain/correlation.js';
import { DomainFailure } from '../domain/errors.js';
import type { Actor, NewEvent } from '../domain/event.js';
import { isOpenPhase, type Incident } from '../domain/incident.js';
import { transition } from '../domain/transition.js';
import { eventsOf } from './incidentCommands.js';
import { lockIncidents } from './incidentLock.js';
import {
  alertsOf,
  changedMeanwhile,
  found,
  lockEnvironmentsOf,
  settleQuietPeriod,
  withAlerts,
  type PersonalExplanation,
} from './incidentMove.js';
import { updateIncidents, type IncidentToWrite } from './incidentWrite.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

const system = { kind: 'system', name: 'tocsin' } as const;

/**
 * Takes a merge back: the alerts that came with it, and what had been merged into it before, leave again.
 * What joined after the merge stays where it joined. Either of the two that is left without alerts, and that nobody reported,
 * resolves: nothing would ever end it.
 * @returns the incident that goes on by itself
 * @throws DomainFailure NOT_FOUND, INVALID_TRANSITION, CONFLICT (it was merged elsewhere in the same moment)
 */
export async function unmergeIncident(pool: Pool, id: number, actor: Actor, now: number): Promise<Incident> {
  return inTransaction(pool, async (db) => {
    const targetId = await mergedInto(db, id);
    const ids = targetId === null ? [id] : [id, targetId];
    await lockEnvironmentsOf(db, ids);
    const locked = await lockIncidents(db, ids);
    const source = found(locked, id);
    if (source.incident.mergedInto !== targetId) throw changedMeanwhile(source.incident);
    const result = transition(source.incident, { type: 'unmerge' }, actor, now);
    if (!result.ok) throw new DomainFailure(result.error);
    if (targetId === null) throw new RangeError(`INC-${id} was merged into nothing.`);
    const target = found(locked, targetId);

    const returned = await takeBack(db, id, targetId);
    await returnEarlierMerges(db, id, targetId);
    const [own, rest] = [await alertsOf(db, id), await alertsOf(db, targetId)];
    const acceptsAlerts = isOpenPhase(result.incident.phase) && (await keyIsFree(db, result.incident));
    const activity = { ...source.activity, acceptsAlerts };
    const { version } = result.incident;
    const withOwn = withAlerts({ incident: result.incident, activity }, own, now);
    const revived = emptied({ ...withOwn, incident: { ...withOwn.incident, version } }, own, now);
    const left = emptied(withAlerts(target, rest, now), rest, now);
    await updateIncidents(db, [revived.row, left.row]);
    await appendEvents(db, [
      ...eventsOf(id, result.events, actor, now),
      ...eventsOf(
        targetId,
        [{ kind: 'incident.released', data: { incidentId: id, alertCount: returned } }],
        actor,
        now,
      ),
      ...revived.events,
      ...left.events,
    ]);
    await settleQuietPeriod(db, revived.row.incident, own, now);
    await settleQuietPeriod(db, left.row.incident, rest, now);
    return revived.row.incident;
  });
}

/** Resolved, where no alert is in it any more and nobody reported it. */
function emptied(
  row: IncidentToWrite,
  alerts: readonly unknown[],
  now: number,
): { readonly row: IncidentToWrite; readonly events: readonly NewEvent[] } {
  const { incident } = row;
  if (alerts.length > 0 || incident.reporter !== null || !isOpenPhase(incident.phase)) return { row, events: [] };
  const result = transition(incident, { type: 'resolveEmptied' }, system, now);
  if (!result.ok) throw new DomainFailure(result.error);
  return { row: { ...row, incident: result.incident }, events: eventsOf(incident.id, result.events, system, now) };
}

async function mergedInto(db: Queryable, id: number): Promise<number | null> {
  const { rows } = await db.query<{ merged_into: number | null }>('select merged_into from incident where id = $1', [
    id,
  ]);
  return rows[0]?.merged_into ?? null;
}

/** An alert may have come through several merges; each left what it replaced inside its explanation. */
async function takeBack(db: Queryable, id: number, targetId: number): Promise<number> {
  const { rows } = await db.query<{ id: number; explanation: Explanation | PersonalExplanation | null }>(
    `select id, explanation from alert where incident_id = $1 and explanation ? 'fromIncidentId' for update`,
    [targetId],
  );
  const back = rows.flatMap((row) => {
    const before = beforeMergeOf(row.explanation, id);
    return before === undefined ? [] : [{ id: row.id, before }];
  });
  if (back.length === 0) return 0;
  await db.query(
    `update alert a set incident_id = $1, explanation = b.explanation
       from unnest($2::bigint[], $3::jsonb[]) as b (id, explanation) where a.id = b.id`,
    [id, back.map((row) => row.id), back.map((row) => (row.before === null ? null : JSON.stringify(row.before)))],
  );
  return back.length;
}

/** The explanation as it was before the merge of that incident; undefined where the alert did not come by it. */
function beforeMergeOf(
  explanation: Explanation | PersonalExplanation | null,
  incidentId: number,
): Explanation | null | undefined {
  let inner: Explanation | PersonalExplanation | null = explanation;
  while (inner !== null && 'before' in inner) {
    if (inner.outcome === 'merged' && inner.fromIncidentId === incidentId) return inner.before;
    inner = inner.before;
  }
  return undefined;
}

/** What had been merged into it pointed at the target since, so that chains stay one step long; the log knows better. */
async function returnEarlierMerges(db: Queryable, id: number, targetId: number): Promise<void> {
  await db.query(
    `update incident i set merged_into = $1, revision = i.revision + 1
      where i.merged_into = $2 and i.id <> $1 and (
        select (e.data ->> 'intoIncidentId')::bigint from event e
         where e.incident_id = i.id and e.kind = 'incident.merged' order by e.xid desc, e.position desc limit 1) = $1`,
    [id, targetId],
  );
}

async function keyIsFree(db: Queryable, incident: Incident): Promise<boolean> {
  if (incident.correlationKey === null) return false;
  const { rowCount } = await db.query('select 1 from incident where correlation_key = $1 and accepts_alerts', [
    incident.correlationKey,
  ]);
  return rowCount === 0;
}
