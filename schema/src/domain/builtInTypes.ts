import { incidentRoles } from './incidentRole.js';
import type { IncidentTypeDefinition } from './incidentType.js';
import type { WorkflowTransition } from './workflow.js';

const arrows: readonly (readonly [from: string, to: readonly string[]])[] = [
  ['detected', ['triaged', 'acknowledged', 'mitigated', 'resolved']],
  ['triaged', ['acknowledged', 'mitigated', 'resolved']],
  ['acknowledged', ['mitigated', 'resolved']],
  ['mitigated', ['resolved']],
  ['resolved', ['acknowledged', 'closed']],
  ['closed', ['acknowledged']],
];

/** Version 0 of every type: statuses named as the phases, triage may be skipped. */
export const builtInDefinition: IncidentTypeDefinition = {
  workflow: {
    statuses: [
      { key: 'detected', title: 'Detected', phase: 'detected' },
      { key: 'triaged', title: 'Triaged', phase: 'triaged' },
      { key: 'acknowledged', title: 'Acknowledged', phase: 'acknowledged' },
      { key: 'mitigated', title: 'Mitigated', phase: 'mitigated' },
      { key: 'resolved', title: 'Resolved', phase: 'resolved' },
      { key: 'closed', title: 'Closed', phase: 'closed' },
    ],
    transitions: arrows.flatMap(([from, targets]) =>
      targets.map((to): WorkflowTransition => ({ from, to, role: roleOf(from, to), requires: [] })),
    ),
  },
  fields: [],
  roles: incidentRoles.map((role) => ({ role, requiredFrom: null, checklist: [] })),
  defaultSeverity: 'medium',
  closing: { reviewFrom: 'high', openTasks: 'allowed', fields: [] },
  updatesNeedApproval: false,
};

/** Who reported it may say that it is not over. */
function roleOf(from: string, to: string): WorkflowTransition['role'] {
  return (from === 'resolved' || from === 'closed') && to === 'acknowledged' ? 'reporter' : 'responder';
}
