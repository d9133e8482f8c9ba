import { closingObstacles, type ClosingFacts } from './closing.js';
import type { DomainError } from './errors.js';
import type { IncidentPhase } from './incident.js';
import type { FieldValue, IncidentTypeDefinition } from './incidentType.js';
import { isAtLeast, type Role } from './role.js';
import type { Severity } from './severity.js';

/** Merged and dismissed are no statuses of a workflow. */
export const workflowPhases = ['detected', 'triaged', 'acknowledged', 'mitigated', 'resolved', 'closed'] as const;
export type WorkflowPhase = (typeof workflowPhases)[number];

export interface WorkflowStatus {
  readonly key: string;
  readonly title: string;
  readonly phase: WorkflowPhase;
}

export interface WorkflowTransition {
  readonly from: string;
  readonly to: string;
  readonly role: Exclude<Role, 'viewer'>;
  /** Keys of fields that must have a value by then. */
  readonly requires: readonly string[];
}

export interface Workflow {
  /** In the order of the diagram; the first status of a phase is the one that commands by phase lead to. */
  readonly statuses: readonly WorkflowStatus[];
  readonly transitions: readonly WorkflowTransition[];
}

/** The command of `transition` that takes an incident into the phase. */
export type PhaseCommand = 'triage' | 'acknowledge' | 'mitigate' | 'resolve' | 'reopen' | 'close';

export type StatusPlan =
  | { readonly ok: true; readonly command: PhaseCommand | null; readonly status: string }
  | { readonly ok: false; readonly error: DomainError };

export interface PlannedIncident {
  readonly status: string;
  readonly phase: IncidentPhase;
  readonly severity: Severity;
  readonly customFields: Readonly<Record<string, FieldValue>>;
}

/** The status that a change of phase leads to: the present one where it has that phase already, else the first of that phase. */
export function statusAfter({ statuses }: Workflow, status: string, phase: IncidentPhase): string {
  if (statuses.some((each) => each.key === status && each.phase === phase)) return status;
  return statuses.find((each) => each.phase === phase)?.key ?? status;
}

/** Whether a person may go there now, and by which command of `transition`. System actions do not ask. */
export function planStatus(
  definition: IncidentTypeDefinition,
  incident: PlannedIncident,
  to: string,
  role: Role,
  closing: ClosingFacts,
): StatusPlan {
  const { statuses, transitions } = definition.workflow;
  const target = statuses.find(({ key }) => key === to);
  if (target === undefined) return wrong('status', `There is no status "${to.slice(0, 40)}" in this workflow.`);
  if (incident.status === to && incident.phase === target.phase) return { ok: true, command: null, status: to };
  const arrow = transitions.find((each) => each.from === incident.status && each.to === to);
  if (arrow === undefined) {
    const next = transitions.filter(({ from }) => from === incident.status).map((each) => titleOf(statuses, each.to));
    const hint = next.length === 0 ? 'nothing follows it' : `next can be ${next.join(', ')}`;
    const from = titleOf(statuses, incident.status);
    return refused(incident, target, `The workflow has no way from ${from} to ${target.title}: ${hint}.`);
  }
  if (!isAtLeast(role, arrow.role)) {
    return refused(incident, target, `Moving to ${target.title} needs a ${arrow.role}; you are ${role} here.`);
  }
  const missing = missingFields(definition, incident, arrow.requires);
  if (missing !== null) return wrong(`customFields.${missing.key}`, `${missing.title} is needed for ${target.title}.`);
  const [obstacle] = target.phase === 'closed' ? closingObstacles(definition, incident, closing) : [];
  if (obstacle !== undefined) return refused(incident, target, obstacle);
  return { ok: true, command: commandInto(incident.phase, target.phase), status: to };
}

/** Null: the phase stays as it is. */
function commandInto(from: IncidentPhase, to: WorkflowPhase): PhaseCommand | null {
  if (from === to) return null;
  const hasEnded = from === 'resolved' || from === 'closed' || from === 'dismissed';
  if (hasEnded && to !== 'closed') return 'reopen';
  switch (to) {
    case 'detected':
      return null;
    case 'triaged':
      return 'triage';
    case 'acknowledged':
      return 'acknowledge';
    case 'mitigated':
      return 'mitigate';
    case 'resolved':
      return 'resolve';
    case 'closed':
      return 'close';
  }
}

function missingFields(
  { fields }: IncidentTypeDefinition,
  { customFields }: PlannedIncident,
  needed: readonly string[],
): { readonly key: string; readonly title: string } | null {
  const key = needed.find((each) => customFields[each] == null || customFields[each] === '');
  if (key === undefined) return null;
  return { key, title: fields.find((field) => field.key === key)?.title ?? key };
}

function titleOf(statuses: readonly WorkflowStatus[], key: string): string {
  return statuses.find((each) => each.key === key)?.title ?? key;
}

function wrong(field: string, message: string): StatusPlan {
  return { ok: false, error: { code: 'INVALID_INPUT', message, field } };
}

function refused({ phase }: PlannedIncident, target: WorkflowStatus, message: string): StatusPlan {
  return { ok: false, error: { code: 'INVALID_TRANSITION', message, phase, command: target.key } };
}
