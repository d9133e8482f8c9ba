import type { LogEvent } from './event.js';
import type { EscalationTarget, PolicyStep } from './policyInput.js';
import { isMoreSevere } from './severity.js';

export interface EscalationStep extends PolicyStep {
  readonly id: number;
}

/** A policy as it was when the escalation began: an edit does not bend what runs. */
export interface RunningPolicy {
  readonly name: string;
  /** After the last step it begins again so many times. */
  readonly repeatCount: number;
  readonly unacknowledgeSeconds: number | null;
  readonly pageWhen: string | null;
  /** In which the conditions' `hour` and `weekday` are. */
  readonly timeZone: string;
  readonly steps: readonly EscalationStep[];
}

/** The step taken last, from 0, and of which round; -1 before the first. */
export interface EscalationPosition {
  readonly step: number;
  readonly round: number;
}

/** Times are epoch milliseconds. */
export type NextStep =
  | (EscalationPosition & { readonly kind: 'step'; readonly dueAt: number })
  /** No step of the round applies: it takes its time all the same, and nobody is woken. */
  | (EscalationPosition & { readonly kind: 'pass'; readonly dueAt: number })
  /** Everybody was asked, and has had the time to answer. */
  | { readonly kind: 'exhausted'; readonly dueAt: number };

/** Whether a condition holds at an instant, epoch milliseconds. */
export type IsMet = (condition: string, instant: number) => boolean;

/** Between the last step of a round and the next round, where no delay of the policy says how long people are waited for. */
const leastPauseSeconds = 300;

/**
 * How long the last step of a round is waited for: the longest of the policy's delays. The first step's alone would not do:
 * it is mostly 0, and a round would begin again at the instant at which the one before ended.
 */
function roundPauseSeconds(policy: Pick<RunningPolicy, 'steps'>): number {
  return Math.max(0, ...policy.steps.map(({ delaySeconds }) => delaySeconds)) || leastPauseSeconds;
}

/**
 * What comes after the step taken last. A step whose condition is false is passed over without its delay, but a round of
 * which no step applies takes its time.
 * @param previousDueAt when the last step was due, and not when it was taken: lateness does not add up
 */
export function nextEscalationStep(
  policy: RunningPolicy,
  { step, round }: EscalationPosition,
  previousDueAt: number,
  isMet: IsMet,
): NextStep {
  const applies = (condition: string | null, at: number): boolean => condition === null || isMet(condition, at);
  const rest = policy.steps.findIndex(
    ({ condition, delaySeconds }, index) => index > step && applies(condition, previousDueAt + delaySeconds * 1_000),
  );
  const found = policy.steps[rest];
  if (found !== undefined) {
    return { kind: 'step', step: rest, round, dueAt: previousDueAt + found.delaySeconds * 1_000 };
  }
  const dueAt = previousDueAt + roundPauseSeconds(policy) * 1_000;
  const last = policy.steps.length - 1;
  if (step < 0) return { kind: 'pass', step: last, round, dueAt };
  if (round >= policy.repeatCount) return { kind: 'exhausted', dueAt };
  const again = policy.steps.findIndex(({ condition }) => applies(condition, dueAt));
  return again < 0
    ? { kind: 'pass', step: last, round: round + 1, dueAt }
    : { kind: 'step', step: again, round: round + 1, dueAt };
}

/**
 * Who is asked at a step: alternatives, of which the first that reaches anybody counts. Of a round-robin step that is the
 * target whose turn it is, then whoever comes after it; of the others all targets together.
 * @param turnsTaken how many incidents came to this step before
 */
export function targetsOf(step: PolicyStep, turnsTaken: number): readonly (readonly EscalationTarget[])[] {
  const { mode, targets } = step;
  if (mode === 'all' || targets.length === 0) return [targets];
  const turn = turnsTaken % targets.length;
  return [...targets.slice(turn), ...targets.slice(0, turn)].map((target) => [target]);
}

export type EscalationReaction = 'start' | 'reassign' | 'acknowledge' | 'stop' | 'nothing';

/**
 * What an event means for the escalation of its incident.
 * @param running whether one runs, was acknowledged, is over, or there never was one
 */
export function escalationReaction(
  event: LogEvent,
  running: 'running' | 'acknowledged' | 'none' | 'never',
): EscalationReaction {
  const isIdle = running === 'none' || running === 'never';
  switch (event.kind) {
    case 'incident.opened':
    case 'incident.unacknowledged':
    case 'incident.unmerged':
    case 'incident.woke':
      return running === 'running' ? 'nothing' : 'start';
    // Who reopens it by hand works on it.
    case 'incident.reopened':
      return running === 'running' || event.data.reason === 'person' ? 'nothing' : 'start';
    case 'incident.severityChanged':
      return isIdle && isMoreSevere(event.data.to, event.data.from) ? 'start' : 'nothing';
    // Nobody was to be called when it opened; who owns it may be known by now.
    case 'alert.opened':
      return running === 'never' && event.data.outcome !== 'opened' ? 'start' : 'nothing';
    // Another team or service may be under another policy.
    case 'incident.edited': {
      const isGiven = event.data.changes.some(({ field }) => field === 'team' || field === 'services');
      return isGiven && running !== 'acknowledged' ? 'reassign' : 'nothing';
    }
    case 'incident.acknowledged':
    case 'incident.mitigated':
      return 'acknowledge';
    case 'incident.resolved':
    case 'incident.closed':
    case 'incident.dismissed':
    case 'incident.merged':
    case 'incident.snoozed':
      return 'stop';
    default:
      return 'nothing';
  }
}
