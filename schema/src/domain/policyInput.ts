import type { DomainError } from './errors.js';
import { compileIncidentCondition } from './expressionIncident.js';
import { refuse } from './scheduleInput.js';

export type EscalationTarget =
  | { readonly kind: 'person'; readonly id: number }
  | { readonly kind: 'schedule'; readonly id: number }
  | { readonly kind: 'team'; readonly id: number }
  | { readonly kind: 'channel'; readonly id: number };

export interface PolicyStep {
  /** After the step before; of the first one after the start. */
  readonly delaySeconds: number;
  readonly mode: 'all' | 'roundRobin';
  /** Over the incident and the local time; false skips the step. Null: always. */
  readonly condition: string | null;
  readonly targets: readonly EscalationTarget[];
}

export interface PolicyDraft {
  readonly name: string;
  readonly repeatCount: number;
  readonly unacknowledgeSeconds: number | null;
  readonly pageWhen: string | null;
  readonly steps: readonly PolicyStep[];
}

export const policyLimits = { name: 100, steps: 20, targets: 50, policies: 500, repeats: 20 } as const;

const longestDelay = 86_400;
const leastUnacknowledge = 300;
const mostUnacknowledge = 604_800;

/** What is wrong with a policy, or null: one that wakes nobody is refused. */
export function refusalOfPolicy(draft: PolicyDraft): DomainError | null {
  const { name, repeatCount, unacknowledgeSeconds, pageWhen, steps } = draft;
  if (name.trim() === '') return refuse('input.name', 'An escalation policy needs a name.');
  if (name.length > policyLimits.name) return refuse('input.name', `name has at most ${policyLimits.name} characters.`);
  if (!isWithin(repeatCount, 0, policyLimits.repeats)) {
    return refuse('input.repeatCount', `The steps are repeated 0 to ${policyLimits.repeats} times.`);
  }
  if (unacknowledgeSeconds !== null && !isWithin(unacknowledgeSeconds, leastUnacknowledge, mostUnacknowledge)) {
    return refuse('input.unacknowledgeSeconds', 'Who acknowledged is asked again after 5 minutes to 7 days.');
  }
  if (steps.length === 0) return refuse('input.steps', 'An escalation policy needs at least one step.');
  if (steps.length > policyLimits.steps) return refuse('input.steps', `At most ${policyLimits.steps} steps.`);
  const refusal = refusalOfCondition(pageWhen, 'input.pageWhen');
  return refusal ?? steps.map(refusalOfStep).find((each) => each !== null) ?? null;
}

function refusalOfStep({ delaySeconds, condition, targets }: PolicyStep, index: number): DomainError | null {
  const at = `input.steps[${index}]`;
  if (!isWithin(delaySeconds, 0, longestDelay))
    return refuse(`${at}.delaySeconds`, 'A step waits 0 seconds to 24 hours.');
  if (targets.length === 0) return refuse(`${at}.targets`, `Step ${index + 1} wakes nobody: name who.`);
  if (targets.length > policyLimits.targets) {
    return refuse(`${at}.targets`, `A step has at most ${policyLimits.targets} targets.`);
  }
  const distinct = new Set(targets.map(({ kind, id }) => `${kind} ${id}`));
  if (distinct.size < targets.length) return refuse(`${at}.targets`, `Step ${index + 1} names somebody twice.`);
  return refusalOfCondition(condition, `${at}.condition`);
}

function refusalOfCondition(text: string | null, field: string): DomainError | null {
  if (text === null) return null;
  const compiled = compileIncidentCondition(text, field);
  return compiled.isValid ? null : compiled.error;
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
