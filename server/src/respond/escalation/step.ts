import { type IsMet, nextEscalationStep, type NextStep, targetsOf } from '@tocsin/schema/domain/escalation';
import type { Actor, EventData, NewEvent } from '@tocsin/schema/domain/event';
import type { IncidentFacts } from '@tocsin/schema/domain/expressionIncident';
import { type Escalation, lockEscalations } from '@tocsin/schema/postgres/escalation';
import { isMetBy } from '@tocsin/schema/postgres/escalationStart';
import { calledBy, isHeard } from '@tocsin/schema/postgres/escalationTargets';
import {
  addStepTimers,
  advanceEscalations,
  escalationActor,
  type StepTimer,
  takeTurns,
} from '@tocsin/schema/postgres/escalationWrite';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import { incidentFacts } from '@tocsin/schema/postgres/incidentFacts';
import { appendEvents } from '@tocsin/schema/postgres/log';
import { placeCalls } from '@tocsin/schema/postgres/pageWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { snoozesOf } from '@tocsin/schema/postgres/snooze';
import { type ClaimedTimer, completeTimers, releaseTimers } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { BatchJob } from '@tocsin/schema/runtime/timerWorker';
import type { RespondDeps } from '../handler.js';

/** A step that is taken later than this counts the next one's delay from when it was taken: nobody is to be asked without a pause after an outage. */
const longestLatenessMs = 60_000;
const heldForMs = 100;
const lookAgainMs = 60_000;

/** Takes the steps that are due: pages, messages and the next timers in one transaction. */
export function stepJob({ pool, now }: Pick<RespondDeps, 'pool' | 'now'>): BatchJob {
  return (timers) => inTransaction(pool, (db) => takeSteps(db, timers, now()));
}

async function takeSteps(db: Queryable, timers: readonly ClaimedTimer[], now: number): Promise<void> {
  const locked = await lockEscalations(
    db,
    timers.map(({ key }) => Number(key)),
  );
  const byId = new Map(locked.map((escalation) => [escalation.id, escalation]));
  const timerOf = new Map(timers.map((timer) => [Number(timer.key), timer]));
  await releaseTimers(
    db,
    timers.filter(({ key }) => !byId.has(Number(key))),
    now + heldForMs,
  );
  const ours = await completeTimers(
    db,
    timers.filter(({ key }) => byId.has(Number(key))),
  );
  const running = locked.filter(({ id, state }) => state === 'running' && ours.has(timerOf.get(id)?.id ?? 0));
  const facts = await incidentFacts(
    db,
    running.map(({ incidentId }) => incidentId),
  );
  const snoozes = await snoozesOf(
    db,
    running.map(({ incidentId }) => incidentId),
  );
  const due: Due[] = [];
  const later: StepTimer[] = [];
  for (const escalation of running) {
    const known = facts.get(escalation.incidentId);
    const timer = timerOf.get(escalation.id);
    if (known === undefined || timer === undefined) continue;
    const decided = decide(escalation, known, timer, { now, isSnoozed: snoozes.has(escalation.incidentId) });
    if ('nextAt' in decided) later.push(decided);
    else due.push(decided);
  }
  await addStepTimers(db, later);
  await take(db, due, now);
}

/** An escalation with what is to be done about it now. */
interface Due {
  readonly escalation: Escalation;
  readonly facts: IncidentFacts;
  readonly isMet: IsMet;
  readonly next: NextStep;
  /** What the delay of the step after it counts from, and when people are on call. Epoch milliseconds. */
  readonly base: number;
  readonly by: Actor | null;
}

/** What is due is decided anew: the incident may be another than when the timer was set. */
function decide(
  escalation: Escalation,
  facts: IncidentFacts,
  timer: ClaimedTimer,
  { now, isSnoozed }: { readonly now: number; readonly isSnoozed: boolean },
): Due | StepTimer {
  const { id, reason, policy } = escalation;
  const by = actorOf(timer.data['by']);
  const previousDueAt = Number(timer.data['previousDueAt']);
  const isAsked = by !== null || reason === 'manual' || reason === 'automation';
  const isTaken = facts.phase === 'acknowledged' || facts.phase === 'mitigated';
  // Its event is on its way through the log, and ends the escalation. Who was called by hand may be called to what somebody has.
  if (!isOpenPhase(facts.phase) || ((isTaken || isSnoozed) && !isAsked))
    return { id, nextAt: now + lookAgainMs, previousDueAt };
  // Who calls by hand is not asked about the hour.
  const isMet = by === null ? isMetBy(policy, facts) : () => true;
  const planned = nextEscalationStep(policy, escalation, previousDueAt, isMet);
  const next = by === null ? planned : { ...planned, dueAt: now };
  if (next.dueAt > now) return { id, nextAt: next.dueAt, previousDueAt };
  const base = now - next.dueAt > longestLatenessMs ? now : next.dueAt;
  return { escalation, facts, isMet, next, base, by };
}

/** Of a timer's data, which {@link addStepTimers} wrote. */
function actorOf(value: unknown): Actor | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written as an actor or not at all
  return value == null ? null : (value as Actor);
}

async function take(db: Queryable, due: readonly Due[], now: number): Promise<void> {
  const steps = due.flatMap((each) => (each.next.kind === 'step' ? [{ ...each, next: each.next }] : []));
  const turns = await turnsOf(db, steps);
  const called = await calledBy(
    db,
    steps.flatMap(({ escalation, next, base }, index) => {
      const step = escalation.policy.steps[next.step];
      return step === undefined ? [] : [{ alternatives: targetsOf(step, turns[index] ?? 0), at: base }];
    }),
  );
  const calls = steps.flatMap(({ escalation, facts, next, by }, index) => {
    const found = called[index];
    if (found === undefined) return [];
    const { id: escalationId, incidentId } = escalation;
    const { step, round, dueAt } = next;
    const actor = by ?? escalationActor;
    const reason = reasonOf(escalation, next, by);
    return [{ escalationId, incidentId, step, round, dueAt, severity: facts.severity, reason, actor, called: found }];
  });
  await placeCalls(db, calls, now);
  const unheard = new Set(calls.flatMap((call) => (isHeard(call.called) ? [] : [call.escalationId])));
  const advanced = due.map((each) => advanceOf(each, unheard, now));
  await advanceEscalations(
    db,
    advanced.map(({ advance }) => advance),
    now,
  );
  await addStepTimers(
    db,
    advanced.flatMap(({ timer }) => timer ?? []),
  );
  await appendEvents(
    db,
    due.flatMap((each) => endOf(each, now)),
  );
}

/** Whose turn it is, of each: several incidents that come to a round-robin step at once take several turns. */
async function turnsOf(
  db: Queryable,
  steps: readonly { readonly escalation: Escalation; readonly next: { readonly step: number } }[],
): Promise<readonly number[]> {
  const ids = steps.map(({ escalation: { policy }, next }) => {
    const step = policy.steps[next.step];
    return step?.mode === 'roundRobin' ? step.id : null;
  });
  const arrivals = new Map<number, number>();
  for (const id of ids) if (id !== null) arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
  const turns = new Map(await takeTurns(db, arrivals));
  return ids.map((id) => {
    const turn = id === null ? 0 : (turns.get(id) ?? 0);
    if (id !== null) turns.set(id, turn + 1);
    return turn;
  });
}

function reasonOf(
  { reason }: Escalation,
  { step, round }: { readonly step: number; readonly round: number },
  by: Actor | null,
): EventData['incident.escalated']['reason'] {
  if (by?.kind === 'person') return 'manual';
  if (reason === 'automation' && step === 0 && round === 0) return 'automation';
  if (step > 0 || round > 0) return 'timeout';
  return reason === 'reassignment' ? 'reassignment' : 'opened';
}

/** Where nobody heard of a step, the next of the round is taken at once; the next round still waits. */
function advanceOf(
  { escalation: { id, policy, step: stepBefore, round: roundBefore }, isMet, next, base }: Due,
  unheard: ReadonlySet<number>,
  now: number,
): {
  readonly advance: Parameters<typeof advanceEscalations>[1][number];
  readonly timer: StepTimer | null;
} {
  if (next.kind === 'exhausted') {
    return { advance: { id, step: stepBefore, round: roundBefore, nextAt: null }, timer: null };
  }
  const { step, round } = next;
  const after = nextEscalationStep(policy, next, base, isMet);
  const isAtOnce = unheard.has(id) && after.kind === 'step' && after.round === round;
  const following = policy.steps[after.kind === 'step' ? after.step : -1];
  const previousDueAt = isAtOnce ? now - (following?.delaySeconds ?? 0) * 1_000 : base;
  const nextAt = isAtOnce ? now : after.dueAt;
  return { advance: { id, step, round, nextAt }, timer: { id, nextAt, previousDueAt } };
}

function endOf({ escalation, next }: Due, now: number): readonly NewEvent[] {
  const { id: escalationId, incidentId, policy, round } = escalation;
  const base = { incidentId, alertId: null, actor: escalationActor, occurredAt: now };
  if (next.kind === 'pass') {
    const what = `no step of “${policy.name}” applies now, so nobody was called`;
    return [{ ...base, kind: 'incident.unreachable', data: { what } }];
  }
  if (next.kind !== 'exhausted') return [];
  const because = `nobody acknowledged, and everybody was called ${round === 0 ? 'once' : `${round + 1} times`}`;
  return [{ ...base, kind: 'incident.escalationEnded', data: { escalationId, state: 'exhausted', because } }];
}
