import type { RunningPolicy } from '../domain/escalation.js';
import type { Actor, NewEvent } from '../domain/event.js';
import {
  type Escalation,
  escalationColumns,
  escalationOfRow,
  type EscalationReason,
  type EscalationRow,
} from './escalation.js';
import { timeParameter } from './incidentRow.js';
import { appendEvents } from './log.js';
import { cancelNotifications } from './notificationWrite.js';
import { type Answered, endPages } from './page.js';
import type { Queryable } from './pool.js';
import { addTimers, cancelTimers } from './timer.js';

export const escalationActor: Actor = { kind: 'system', name: 'escalation' };

/** An escalation to be. Times are epoch milliseconds. */
export interface NewEscalation {
  readonly incidentId: number;
  readonly policyId: number | null;
  readonly policy: RunningPolicy;
  readonly reason: EscalationReason;
  readonly by: Actor;
  readonly startedAt: number;
  /** The step before the first one that is taken, from 0; -1: from the beginning. */
  readonly step: number;
  /** When it looks at what to do; null: everything was done with it. */
  readonly nextAt: number | null;
}

/** Begins them, one for each incident at most: where one runs already nothing is added. */
export async function insertEscalations(
  db: Queryable,
  starts: readonly NewEscalation[],
  now: number,
): Promise<readonly Escalation[]> {
  if (starts.length === 0) return [];
  const { rows } = await db.query<EscalationRow>({
    name: 'escalation_insert',
    text: `insert into escalation (incident_id, policy_id, policy, state, step, reason, started_by, started_at, next_at, ended_at)
      select incident_id, policy_id, policy, case when next_at is null then 'exhausted' else 'running' end, step, reason,
             started_by, started_at, next_at, case when next_at is null then started_at end
        from unnest($1::bigint[], $2::bigint[], $3::jsonb[], $4::smallint[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
          as n (incident_id, policy_id, policy, step, reason, started_by, started_at, next_at)
      on conflict (incident_id) where state = 'running' do nothing
      returning ${escalationColumns}`,
    values: [
      starts.map(({ incidentId }) => incidentId),
      starts.map(({ policyId }) => policyId),
      starts.map(({ policy }) => JSON.stringify(policy)),
      starts.map(({ step }) => step),
      starts.map(({ reason }) => reason),
      starts.map(({ by }) => by.name),
      starts.map(({ startedAt }) => timeParameter(startedAt)),
      starts.map(({ nextAt }) => (nextAt === null ? null : timeParameter(nextAt))),
    ],
  });
  const begun = rows.map(escalationOfRow);
  const actorOf = new Map(starts.map(({ incidentId, by }) => [incidentId, by]));
  await appendEvents(
    db,
    begun.map(({ id, incidentId, policyId, policy, reason }) => ({
      kind: 'incident.escalationStarted',
      incidentId,
      alertId: null,
      actor: actorOf.get(incidentId) ?? escalationActor,
      occurredAt: now,
      data: { escalationId: id, policy: policyId === null ? null : policy.name, reason },
    })),
  );
  await addStepTimers(
    db,
    begun.flatMap(({ id, nextAt, startedAt }) => (nextAt === null ? [] : [{ id, nextAt, previousDueAt: startedAt }])),
  );
  return begun;
}

export interface StepTimer {
  readonly id: number;
  readonly nextAt: number;
  /** When the step before was due: what the next one's delay counts from. */
  readonly previousDueAt: number;
  /** Who asked for it, where it does not come by itself. */
  readonly by?: Actor;
}

export async function addStepTimers(db: Queryable, timers: readonly StepTimer[]): Promise<void> {
  await addTimers(
    db,
    timers.map(({ id, nextAt, previousDueAt, by }) => ({
      kind: 'escalation.step',
      key: String(id),
      dueAt: nextAt,
      data: { previousDueAt, ...(by && { by }) },
    })),
  );
}

/** What a step left behind: where it stands, and when it goes on; null `nextAt`: everybody was asked in vain. */
interface Advance {
  readonly id: number;
  readonly step: number;
  readonly round: number;
  readonly nextAt: number | null;
}

export async function advanceEscalations(db: Queryable, advances: readonly Advance[], now: number): Promise<void> {
  if (advances.length === 0) return;
  await db.query({
    name: 'escalation_advance',
    text: `update escalation e set step = a.step, round = a.round, next_at = a.next_at,
                  state = case when a.next_at is null then 'exhausted' else 'running' end,
                  ended_at = case when a.next_at is null then $5::timestamptz end
             from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::timestamptz[]) as a (id, step, round, next_at)
            where e.id = a.id`,
    values: [
      advances.map(({ id }) => id),
      advances.map(({ step }) => step),
      advances.map(({ round }) => round),
      advances.map(({ nextAt }) => (nextAt === null ? null : timeParameter(nextAt))),
      timeParameter(now),
    ],
  });
}

/** How an escalation ended: `by` is a handle, or null where nobody answered it. */
interface Ending extends Answered {
  readonly actor: Actor;
  readonly because: string;
}

/**
 * Ends what runs on incidents, their pages, and the messages that wait. An acknowledgement also answers an escalation that
 * had run out of people to ask.
 * @returns those that ended
 */
export async function endEscalations(
  db: Queryable,
  state: 'acknowledged' | 'stopped',
  endings: readonly Ending[],
  now: number,
): Promise<readonly Escalation[]> {
  if (endings.length === 0) return [];
  const byIncident = new Map(endings.map((ending) => [ending.incidentId, ending]));
  const ids = [...byIncident.keys()];
  const { rows } = await db.query<EscalationRow>({
    name: 'escalation_end',
    text: `update escalation e set state = $2, next_at = null, ended_at = a.at, ended_by = a.by
             from unnest($1::bigint[], $3::text[], $4::timestamptz[]) as a (ending_of, by, at)
            where e.incident_id = a.ending_of
              and (state = 'running' or (state = 'exhausted' and $2 = 'acknowledged'
                   and exists (select from page p where p.escalation_id = e.id and p.state = 'open')))
           returning ${escalationColumns}`,
    values: [
      ids,
      state,
      ids.map((id) => byIncident.get(id)?.actor.name ?? null),
      ids.map((id) => timeParameter(byIncident.get(id)?.at ?? now)),
    ],
  });
  const ended = rows.map(escalationOfRow);
  await cancelTimers(
    db,
    'escalation.step',
    ended.map(({ id }) => String(id)),
  );
  await appendEvents(
    db,
    ended.flatMap(({ id, incidentId }) => endedEvent(id, state, byIncident.get(incidentId), now)),
  );
  const because = state === 'acknowledged' ? 'acknowledged before it was sent' : 'not needed any more';
  const pageIds = await endPages(db, [...byIncident.values()]);
  await cancelNotifications(db, { pageIds, incidentIds: ids }, because);
  return ended;
}

function endedEvent(
  escalationId: number,
  state: 'acknowledged' | 'stopped',
  ending: Ending | undefined,
  now: number,
): readonly NewEvent[] {
  if (ending === undefined) return [];
  const { incidentId, actor, because } = ending;
  const data = { escalationId, state, because };
  return [{ kind: 'incident.escalationEnded', incidentId, alertId: null, actor, occurredAt: now, data }];
}

/** Counts the incidents that come to round-robin steps. @returns whose turn it was, from 0, for each step of `arrivals` in turn */
export async function takeTurns(
  db: Queryable,
  arrivals: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, number>> {
  if (arrivals.size === 0) return new Map();
  const ids = [...arrivals.keys()].toSorted((a, b) => a - b);
  await db.query('select from escalation_step where id = any($1::bigint[]) order by id for update', [ids]);
  const { rows } = await db.query<{ id: number; first: number }>({
    name: 'escalation_turns',
    text: `update escalation_step s set turns_taken = turns_taken + a.n
             from unnest($1::bigint[], $2::int[]) as a (id, n) where s.id = a.id
           returning s.id, (s.turns_taken - a.n) as first`,
    values: [ids, ids.map((id) => arrivals.get(id) ?? 0)],
  });
  return new Map(rows.map(({ id, first }) => [id, first]));
}
