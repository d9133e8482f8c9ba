import type { IncidentTypeDefinition } from './incidentType.js';
import type { Workflow, WorkflowPhase } from './workflow.js';

export interface WorkflowProblem {
  readonly code:
    'UNREACHABLE' | 'DEAD_END' | 'PHASE_MISSING' | 'DUPLICATE' | 'UNKNOWN_STATUS' | 'UNKNOWN_FIELD' | 'NO_START';
  readonly message: string;
  /** The status that it is about, for the diagram. */
  readonly status: string | null;
  /** Where it stands in the document, e.g. `transitions[2].to`. */
  readonly field: string;
}

const neededPhases = ['detected', 'acknowledged', 'resolved', 'closed'] as const satisfies readonly WorkflowPhase[];

/**
 * All that is wrong with a workflow: detected (the start), acknowledged, resolved and closed have a status; every status is
 * reachable from the start; from every status closed is reachable; from resolved a way leads back to an acknowledged one.
 */
export function workflowProblems(definition: IncidentTypeDefinition): readonly WorkflowProblem[] {
  const written = writingProblems(definition);
  // Ways are looked at once names mean what they say.
  return written.length > 0 ? written : wayProblems(definition.workflow);
}

function writingProblems(definition: IncidentTypeDefinition): readonly WorkflowProblem[] {
  const { statuses, transitions } = definition.workflow;
  const problems: WorkflowProblem[] = [];
  const keys = new Set<string>();
  for (const [index, { key }] of statuses.entries()) {
    if (keys.has(key))
      problems.push(problem('DUPLICATE', `Two statuses are called "${key}".`, key, `statuses[${index}].key`));
    keys.add(key);
  }
  const fields = new Set(definition.fields.map((field) => field.key));
  const arrows = new Set<string>();
  for (const [index, { from, to, requires }] of transitions.entries()) {
    for (const [end, key] of [
      ['from', from],
      ['to', to],
    ] as const) {
      if (keys.has(key)) continue;
      problems.push(problem('UNKNOWN_STATUS', `There is no status "${key}".`, null, `transitions[${index}].${end}`));
    }
    const arrow = JSON.stringify([from, to]);
    if (arrows.has(arrow) || from === to) {
      const message = from === to ? `"${from}" leads to itself.` : `Two transitions lead from "${from}" to "${to}".`;
      problems.push(problem('DUPLICATE', message, from, `transitions[${index}]`));
    }
    arrows.add(arrow);
    for (const key of requires) {
      if (fields.has(key)) continue;
      problems.push(problem('UNKNOWN_FIELD', `There is no field "${key}".`, from, `transitions[${index}].requires`));
    }
  }
  for (const key of definition.closing.fields) {
    if (!fields.has(key))
      problems.push(problem('UNKNOWN_FIELD', `There is no field "${key}".`, null, 'closing.fields'));
  }
  for (const phase of neededPhases) {
    if (statuses.some((status) => status.phase === phase)) continue;
    const code = phase === 'detected' ? 'NO_START' : 'PHASE_MISSING';
    problems.push(problem(code, `No status has the phase ${phase}.`, null, 'statuses'));
  }
  return problems;
}

function wayProblems(workflow: Workflow): readonly WorkflowProblem[] {
  const { statuses } = workflow;
  const of = (phase: WorkflowPhase): string[] =>
    statuses.filter((status) => status.phase === phase).map(({ key }) => key);
  const [start = ''] = of('detected');
  const reached = reachable(workflow, [start], 'forward');
  const leads = reachable(workflow, of('closed'), 'back');
  const reopens = reachable(workflow, of('acknowledged'), 'back');
  const problems: WorkflowProblem[] = [];
  for (const [index, { key, title, phase }] of statuses.entries()) {
    const field = `statuses[${index}]`;
    if (!reached.has(key)) problems.push(problem('UNREACHABLE', `Nothing leads to ${title}.`, key, field));
    if (!leads.has(key))
      problems.push(problem('DEAD_END', `No way leads from ${title} to a closed status.`, key, field));
    if (phase === 'resolved' && !reopens.has(key)) {
      const message = `${title} cannot be reopened: no way leads back to an acknowledged status.`;
      problems.push(problem('DEAD_END', message, key, field));
    }
  }
  return problems;
}

/** The statuses that can be reached from some, along the transitions or against them. */
export function reachable(
  { transitions }: Workflow,
  from: readonly string[],
  direction: 'forward' | 'back',
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const transition of transitions) {
    const [tail, head] = direction === 'forward' ? [transition.from, transition.to] : [transition.to, transition.from];
    next.set(tail, [...(next.get(tail) ?? []), head]);
  }
  const seen = new Set(from);
  const queue = [...from];
  for (let status = queue.pop(); status !== undefined; status = queue.pop()) {
    for (const key of next.get(status) ?? []) {
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(key);
    }
  }
  return seen;
}

function problem(
  code: WorkflowProblem['code'],
  message: string,
  status: string | null,
  field: string,
): WorkflowProblem {
  return { code, message, status, field };
}
