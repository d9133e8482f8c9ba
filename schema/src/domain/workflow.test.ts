import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInDefinition } from './builtInTypes.js';
import { closingObstacles } from './closing.js';
import type { IncidentTypeDefinition } from './incidentType.js';
import { planStatus, statusAfter, type Workflow, workflowPhases } from './workflow.js';
import { reachable, workflowProblems } from './workflowProblems.js';

const nothing = { hasPublishedReview: true, openTasks: 0, missingRoles: [], uncheckedItems: 0 } as const;
const present = { status: 'detected', phase: 'detected', severity: 'medium', customFields: {} } as const;

function definitionWith(workflow: Workflow, more: Partial<IncidentTypeDefinition> = {}): IncidentTypeDefinition {
  return { ...builtInDefinition, workflow, ...more };
}

const anyWorkflow: fc.Arbitrary<Workflow> = fc
  .array(fc.constantFrom(...workflowPhases), { minLength: 1, maxLength: 8 })
  .chain((phases) => {
    const statuses = phases.map((phase, index) => ({ key: `s${index}`, title: `S ${index}`, phase }));
    const key = fc.constantFrom(...statuses.map((status) => status.key));
    const arrow = fc.record({ from: key, to: key, role: fc.constant('responder' as const), requires: fc.constant([]) });
    return fc.array(arrow, { maxLength: 30 }).map((transitions) => ({ statuses, transitions }));
  });

/** The built-in one with some arrows taken away and some added: often right, often not. */
const alteredWorkflow: fc.Arbitrary<Workflow> = fc
  .record({
    kept: fc.subarray([...builtInDefinition.workflow.transitions], { minLength: 8 }),
    added: fc.array(fc.tuple(fc.constantFrom(...workflowPhases), fc.constantFrom(...workflowPhases)), { maxLength: 3 }),
  })
  .map(({ kept, added }) => {
    const more = added.map(([from, to]) => ({ from, to, role: 'responder', requires: [] }) as const);
    return { statuses: builtInDefinition.workflow.statuses, transitions: [...kept, ...more] };
  });

describe('a workflow', () => {
  it('is right as it is built in', () => {
    expect(workflowProblems(builtInDefinition)).toEqual([]);
  });

  it('without problems leads from everywhere to closed and from the start to everywhere', () => {
    fc.assert(
      fc.property(alteredWorkflow, (workflow) => {
        fc.pre(workflowProblems(definitionWith(workflow)).length === 0);
        const closed = workflow.statuses.filter(({ phase }) => phase === 'closed').map(({ key }) => key);
        for (const { key } of workflow.statuses) {
          const ahead = reachable(workflow, [key], 'forward');
          expect(closed.some((each) => ahead.has(each))).toBe(true);
        }
        const start = workflow.statuses.find(({ phase }) => phase === 'detected')?.key ?? '';
        expect(reachable(workflow, [start], 'forward').size).toBe(workflow.statuses.length);
      }),
      { numRuns: 300 },
    );
  });

  it('names what is wrong and where', () => {
    const { statuses, transitions } = builtInDefinition.workflow;
    const codes = (workflow: Workflow, more: Partial<IncidentTypeDefinition> = {}) =>
      workflowProblems(definitionWith(workflow, more)).map(({ code, field, status }) => [code, field, status]);
    expect(codes({ statuses, transitions: transitions.filter(({ to }) => to !== 'triaged') })).toEqual([
      ['UNREACHABLE', 'statuses[1]', 'triaged'],
    ]);
    expect(codes({ statuses, transitions: transitions.filter(({ from }) => from !== 'mitigated') })).toEqual([
      ['DEAD_END', 'statuses[3]', 'mitigated'],
    ]);
    const noWayBack = transitions.filter(
      ({ from, to }) => to !== 'acknowledged' || from === 'detected' || from === 'triaged',
    );
    expect(codes({ statuses, transitions: noWayBack })).toEqual([['DEAD_END', 'statuses[4]', 'resolved']]);
    expect(codes({ statuses: statuses.slice(1), transitions: [] })).toEqual([['NO_START', 'statuses', null]]);
    expect(codes({ statuses: statuses.slice(0, -1), transitions: [] })).toEqual([['PHASE_MISSING', 'statuses', null]]);
    const unknown = { from: 'detected', to: 'nowhere', role: 'responder', requires: ['cause'] } as const;
    expect(codes({ statuses, transitions: [...transitions, unknown, ...transitions.slice(0, 1)] })).toEqual([
      ['UNKNOWN_STATUS', 'transitions[13].to', null],
      ['UNKNOWN_FIELD', 'transitions[13].requires', 'detected'],
      ['DUPLICATE', 'transitions[14]', 'detected'],
    ]);
  });

  it('has one status to which a change of phase leads, and it has that phase', () => {
    fc.assert(
      fc.property(anyWorkflow, fc.constantFrom(...workflowPhases), fc.nat(7), (workflow, phase, index) => {
        const before = workflow.statuses[index % workflow.statuses.length]?.key ?? '';
        const after = statusAfter(workflow, before, phase);
        const found = workflow.statuses.find(({ key }) => key === after);
        const hasPhase = workflow.statuses.some((status) => status.phase === phase);
        expect(hasPhase ? found?.phase : after).toBe(hasPhase ? phase : before);
      }),
    );
  });
});

describe('a way to a status', () => {
  it('is one of the workflow, by the command into its phase', () => {
    const plan = (status: string, phase: (typeof workflowPhases)[number], to: string) =>
      planStatus(builtInDefinition, { ...present, status, phase }, to, 'responder', nothing);
    expect(plan('detected', 'detected', 'triaged')).toEqual({ ok: true, command: 'triage', status: 'triaged' });
    expect(plan('resolved', 'resolved', 'acknowledged')).toMatchObject({ ok: true, command: 'reopen' });
    expect(plan('closed', 'closed', 'detected')).toMatchObject({
      error: {
        code: 'INVALID_TRANSITION',
        message: 'The workflow has no way from Closed to Detected: next can be Acknowledged.',
      },
    });
    expect(plan('detected', 'detected', 'nowhere')).toMatchObject({
      error: { code: 'INVALID_INPUT', field: 'status' },
    });
  });

  it('asks for the role and the fields that the transition names', () => {
    const { statuses, transitions } = builtInDefinition.workflow;
    const strict = transitions.map((arrow) =>
      arrow.to === 'resolved' ? { ...arrow, role: 'manager' as const, requires: ['cause'] } : arrow,
    );
    const field = {
      key: 'cause',
      title: 'Cause',
      kind: 'text',
      choices: [],
      reportOrder: null,
      isRequiredInReport: false,
    } as const;
    const definition = definitionWith({ statuses, transitions: strict }, { fields: [field] });
    const plan = (role: 'responder' | 'manager', cause: string | null) =>
      planStatus(definition, { ...present, customFields: { cause } }, 'resolved', role, nothing);
    expect(plan('responder', 'disk')).toMatchObject({
      error: { message: 'Moving to Resolved needs a manager; you are responder here.' },
    });
    expect(plan('manager', null)).toMatchObject({ error: { code: 'INVALID_INPUT', field: 'customFields.cause' } });
    expect(plan('manager', 'disk')).toMatchObject({ ok: true, command: 'resolve' });
  });

  it('into closed asks for what closing requires', () => {
    const closing = { reviewFrom: 'high', openTasks: 'refused', fields: ['cause'] } as const;
    const definition = { ...builtInDefinition, closing };
    const facts = { hasPublishedReview: false, openTasks: 2, missingRoles: ['reviewer'], uncheckedItems: 1 } as const;
    expect(closingObstacles(definition, { severity: 'critical', customFields: {} }, facts)).toEqual([
      'A critical incident is closed once its review is published.',
      '2 tasks are still open.',
      'Nobody is reviewer: assign the role first.',
      'One item is not ticked on the checklists of required roles.',
      'cause has no value yet.',
    ]);
    expect(closingObstacles(definition, { severity: 'medium', customFields: { cause: 'x' } }, nothing)).toEqual([]);
    const resolved = { ...present, status: 'resolved', phase: 'resolved', severity: 'high' } as const;
    const plan = planStatus(definition, resolved, 'closed', 'admin', { ...nothing, hasPublishedReview: false });
    expect(plan).toMatchObject({ ok: false, error: { code: 'INVALID_TRANSITION', command: 'closed' } });
  });
});
