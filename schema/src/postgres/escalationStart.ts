import { DomainFailure } from '../domain/errors.js';
import { nextEscalationStep, type IsMet, type RunningPolicy } from '../domain/escalation.js';
import type { Actor } from '../domain/event.js';
import { compileIncidentCondition, conditionHolds, factsAt, type IncidentFacts } from '../domain/expressionIncident.js';
import { isOpenPhase } from '../domain/incident.js';
import { currentEscalations, type Escalation, type EscalationReason, lockRunningEscalation } from './escalation.js';
import { calledBy } from './escalationTargets.js';
import {
  addStepTimers,
  advanceEscalations,
  endEscalations,
  insertEscalations,
  type NewEscalation,
} from './escalationWrite.js';
import { incidentFacts } from './incidentFacts.js';
import { policyFor } from './ownershipOf.js';
import { placeCalls } from './pageWrite.js';
import type { Queryable } from './pool.js';
import { runningPolicies } from './runningPolicy.js';
import { addTimers, type NewTimer } from './timer.js';

/** Conditions of a policy over an incident. One that fails while it is evaluated does not hold. */
export function isMetBy(policy: Pick<RunningPolicy, 'timeZone'>, facts: IncidentFacts): IsMet {
  return (condition, instant) => {
    const compiled = compileIncidentCondition(condition);
    const seen = factsAt(facts, { event: '', actorKind: '' }, instant, policy.timeZone);
    return compiled.isValid && conditionHolds(compiled.expression, seen);
  };
}

export interface AutomaticStart {
  readonly incidentId: number;
  readonly reason: EscalationReason;
  readonly by: Actor;
  /** What its first delay counts from, epoch milliseconds. */
  readonly at: number;
  /**
   * Where somebody has acknowledged it by now. `start`: their doing is still to come in the log, and ends what begins here.
   * `skip`: they have it. `takeBack`: what they had is not what it is now; they are asked again.
   */
  readonly ifTaken: 'start' | 'skip' | 'takeBack';
}

/**
 * Begins what opened incidents are to wake people for: under the policy of rule, service or team. Incidents that only record,
 * that their policy does not page for, that are snoozed or over by now, begin none.
 */
export async function startEscalations(db: Queryable, wanted: readonly AutomaticStart[], now: number): Promise<void> {
  const pageable = await pageableOf(
    db,
    wanted.map(({ incidentId }) => incidentId),
  );
  const choices = await policyFor(db, pageable);
  const policies = await runningPolicies(
    db,
    [...choices.values()].flatMap(({ policyId }) => policyId ?? []),
  );
  const facts = await incidentFacts(db, pageable);
  const before = await currentEscalations(
    db,
    wanted.flatMap(({ reason, incidentId }) => (reason === 'reassignment' ? [incidentId] : [])),
  );
  const starts: NewEscalation[] = [];
  const takenBack: number[] = [];
  for (const { incidentId, reason, by, at, ifTaken } of wanted) {
    const policyId = choices.get(incidentId)?.policyId ?? null;
    const policy = policyId === null ? undefined : policies.get(policyId);
    const known = facts.get(incidentId);
    if (policy === undefined || known === undefined) continue;
    // Given to others who are under the same policy: they were called, or are being called.
    if (before.get(incidentId)?.policyId === policyId) continue;
    const isMet = isMetBy(policy, known);
    if (policy.pageWhen !== null && !isMet(policy.pageWhen, now)) continue;
    const isTaken = known.phase === 'acknowledged' || known.phase === 'mitigated';
    if (isTaken && ifTaken === 'takeBack') takenBack.push(incidentId);
    if (isTaken && ifTaken !== 'start') continue;
    const { dueAt } = nextEscalationStep(policy, { step: -1, round: 0 }, at, isMet);
    starts.push({ incidentId, policyId, policy, reason, by, startedAt: at, step: -1, nextAt: dueAt });
  }
  await takeOver(
    db,
    starts.filter(({ incidentId }) => before.get(incidentId)?.state === 'running'),
    now,
  );
  await insertEscalations(db, starts, now);
  await addTimers(
    db,
    takenBack.map((id) => takeBackTimer(id, now)),
  );
}

async function takeOver(db: Queryable, starts: readonly NewEscalation[], now: number): Promise<void> {
  const endings = starts.map(({ incidentId, by: actor, policy }) => {
    return { incidentId, by: null, at: now, actor, because: `“${policy.name}” takes over` };
  });
  await endEscalations(db, 'stopped', endings, now);
}

/** Takes an acknowledgement back, in a transaction of its own; what is then in the log begins the escalation. */
function takeBackTimer(incidentId: number, now: number): NewTimer {
  const data = { because: 'its alerts fire again' };
  return { kind: 'incident.unacknowledge', key: String(incidentId), dueAt: now, data };
}

/** Open, not snoozed, and not only for the record. */
async function pageableOf(db: Queryable, ids: readonly number[]): Promise<readonly number[]> {
  const { rows } = await db.query<{ id: number }>({
    name: 'escalation_pageable',
    text: `select id from incident where id = any($1::bigint[]) and notify = 'page' and snoozed_by is null
              and phase in ('detected', 'triaged', 'acknowledged', 'mitigated')`,
    values: [ids],
  });
  return rows.map(({ id }) => id);
}

export interface EscalationWanted {
  readonly reason: 'manual' | 'automation';
  /** Another policy than the incident's own; what runs under the present one stops. */
  readonly policyId?: number | null;
  /** The step to take next, from 1. Without it the next one. */
  readonly level?: number | null;
  /** These people, once, beside whatever runs. */
  readonly personIds?: readonly number[];
  /** Everybody of the team who can answer. */
  readonly teamId?: number | null;
  readonly by: Actor;
}

/**
 * Calls somebody now because a person or an automation asks for it, whatever `notify` and `pageWhen` say.
 * @param now epoch milliseconds
 * @throws DomainFailure INVALID_INPUT where there is nobody to call, INVALID_TRANSITION where it is over, NOT_FOUND
 */
export async function startEscalation(
  db: Queryable,
  incidentId: number,
  wanted: EscalationWanted,
  now: number,
): Promise<void> {
  const facts = (await incidentFacts(db, [incidentId])).get(incidentId);
  if (facts === undefined) throw new DomainFailure({ code: 'NOT_FOUND', message: `There is no INC-${incidentId}.` });
  if (!isOpenPhase(facts.phase)) {
    const message = `INC-${incidentId} is ${facts.phase}: nobody is called for what is over.`;
    throw new DomainFailure({ code: 'INVALID_TRANSITION', message, phase: facts.phase, command: 'escalate' });
  }
  if ((wanted.personIds?.length ?? 0) > 0 || wanted.teamId != null)
    return callDirectly(db, incidentId, facts, wanted, now);
  const running = await lockRunningEscalation(db, incidentId);
  // What runs goes on under the policy as it was, though that may be gone by now.
  const isRunning = running !== null && (wanted.policyId == null || wanted.policyId === running.policyId);
  const policyId = isRunning
    ? running.policyId
    : (wanted.policyId ?? (await policyFor(db, [incidentId])).get(incidentId)?.policyId ?? null);
  const policy = isRunning ? running.policy : await policyOf(db, policyId);
  const step = (wanted.level ?? 0) - 2;
  if (wanted.level != null && policy.steps[wanted.level - 1] === undefined) {
    refuse('input.level', `“${policy.name}” has ${policy.steps.length} steps.`);
  }
  if (isRunning) return hurry(db, running, wanted, now);
  const ending = { incidentId, by: null, at: now, actor: wanted.by, because: `“${policy.name}” takes over` };
  if (running !== null) await endEscalations(db, 'stopped', [ending], now);
  const { reason, by } = wanted;
  const start = { incidentId, policyId, policy, reason, by, startedAt: now };
  const begun = await insertEscalations(db, [{ ...start, step: Math.max(-1, step), nextAt: now }], now);
  await addStepTimers(
    db,
    begun.map(({ id }) => ({ id, nextAt: now, previousDueAt: now, by })),
  );
}

/** The step is taken at once, and the ones after it count from now. A step that was taken before begins another round. */
async function hurry(
  db: Queryable,
  { id, step, round, policy }: Escalation,
  { level, by }: EscalationWanted,
  now: number,
): Promise<void> {
  const isAtEnd = level == null && step >= policy.steps.length - 1;
  const before = isAtEnd ? -1 : level == null ? step : level - 2;
  await advanceEscalations(db, [{ id, step: before, round: before < step ? round + 1 : round, nextAt: now }], now);
  await addStepTimers(db, [{ id, nextAt: now, previousDueAt: now, by }]);
}

async function policyOf(db: Queryable, id: number | null): Promise<RunningPolicy> {
  const policy = id === null ? undefined : (await runningPolicies(db, [id])).get(id);
  return policy ?? refuse('input', 'No escalation policy applies: name one, a person or a team.');
}

/** Once and for these people alone: an escalation of its own that has asked everybody it will ask. */
async function callDirectly(
  db: Queryable,
  incidentId: number,
  { severity }: IncidentFacts,
  wanted: EscalationWanted,
  now: number,
): Promise<void> {
  const people = (wanted.personIds ?? []).map((id) => ({ kind: 'person' as const, id }));
  const targets = wanted.teamId == null ? people : [...people, { kind: 'team' as const, id: wanted.teamId }];
  const [found] = await calledBy(db, [{ alternatives: [targets], at: now }]);
  if (found === undefined || found.people.length === 0) refuse('input', 'There is nobody to call there.');
  const called = {
    ...found,
    people: found.people.map((person) => ({ ...person, because: `called by ${wanted.by.name}` })),
  };
  const policy: RunningPolicy = {
    name: '',
    repeatCount: 0,
    unacknowledgeSeconds: null,
    pageWhen: null,
    timeZone: 'UTC',
    steps: [{ id: 0, delaySeconds: 0, mode: 'all', condition: null, targets }],
  };
  const { reason, by } = wanted;
  const start = { incidentId, policyId: null, policy, reason, by, startedAt: now, step: 0, nextAt: null };
  const [begun] = await insertEscalations(db, [start], now);
  if (begun === undefined) return;
  const call = {
    escalationId: begun.id,
    incidentId,
    step: 0,
    round: 0,
    dueAt: now,
    severity,
    reason,
    actor: by,
    called,
  };
  await placeCalls(db, [call], now);
}

function refuse(field: string, message: string): never {
  throw new DomainFailure({ code: 'INVALID_INPUT', field, message });
}
