import type { PermissionName } from '../../session/viewer.ts';
import { canAssign, canChangeSeverity, canMerge, isOpenPhase } from '../../ui/incidentRules.ts';
import type { IncidentAction } from '../incidentActions.ts';
import type { IncidentDetails } from '../incidentQuery.ts';

export type DialogName = 'assign' | 'escalate' | 'snooze' | 'status' | 'severity' | 'details' | 'merge' | 'dismiss';

interface DialogAction extends Omit<IncidentAction, 'run'> {
  readonly id: DialogName;
  readonly needs: PermissionName;
  readonly isPossible: (incident: IncidentDetails) => boolean;
}

const isOpen = ({ phase }: IncidentDetails): boolean => isOpenPhase(phase);

/** What asks for more than a click, the likeliest at night first. */
const dialogs: readonly DialogAction[] = [
  {
    id: 'assign',
    label: 'Assign…',
    key: 'i',
    needs: 'Mutation.assignIncident',
    isPossible: ({ phase }) => canAssign(phase),
  },
  { id: 'escalate', label: 'Escalate…', key: 'e', needs: 'Mutation.escalateIncident', isPossible: isOpen },
  {
    id: 'snooze',
    label: 'Snooze…',
    key: 'z',
    needs: 'Mutation.snoozeIncident',
    isPossible: (incident) => isOpen(incident) && incident.snoozedBy === null,
  },
  {
    id: 'status',
    label: 'Change the status…',
    key: 's',
    needs: 'Mutation.changeIncidentStatus',
    isPossible: ({ phase }) => phase !== 'MERGED' && phase !== 'CLOSED',
  },
  {
    id: 'severity',
    label: 'Change the severity…',
    key: 'v',
    needs: 'Mutation.changeIncidentSeverity',
    isPossible: ({ phase }) => canChangeSeverity(phase),
  },
  {
    id: 'details',
    label: 'Edit priority and details…',
    key: 'd',
    needs: 'Mutation.editIncident',
    isPossible: ({ phase }) => phase !== 'MERGED',
  },
  {
    id: 'merge',
    label: 'Merge into…',
    needs: 'Mutation.mergeIncidents',
    isPossible: ({ phase }) => canMerge(phase),
  },
  { id: 'dismiss', label: 'Dismiss…', needs: 'Mutation.dismissIncident', isPossible: isOpen },
];

/** Of these what the phase allows and the viewer may. */
export function dialogActions(
  incident: IncidentDetails,
  may: (permission: PermissionName) => boolean,
  open: (dialog: DialogName) => void,
): readonly IncidentAction[] {
  return dialogs
    .filter(({ needs, isPossible }) => isPossible(incident) && may(needs))
    .map(({ id, label, key }) => ({ id, label, ...(key !== undefined && { key }), run: () => open(id) }));
}
