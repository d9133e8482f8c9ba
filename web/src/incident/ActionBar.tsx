import { Button } from '@mantine/core';
import { useState } from 'react';
import { mayOnIncident } from '../session/mayOnIncident.ts';
import { type PermissionName, useViewer } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { useAct } from '../ui/useAct.ts';
import { dialogActions, type DialogName } from './actions/dialogActions.ts';
import { Dialogs } from './actions/Dialogs.tsx';
import { MoreMenu } from './actions/MoreMenu.tsx';
import { commandLabel, type IncidentAction, severityActions, stepsOf, wakeAction } from './incidentActions.ts';
import type { IncidentDetails } from './incidentQuery.ts';
import { followAction } from './presence/followAction.ts';

/** How many steps stand beside each other; the others are in the menu. */
const buttons = 2;

interface Offered {
  /** The phase's own, the next sensible one first. */
  readonly steps: readonly IncidentAction[];
  /** What is done to the incident beyond that. */
  readonly further: readonly IncidentAction[];
  /** What concerns the viewer alone, whatever they may do. */
  readonly own: readonly IncidentAction[];
  /** In the palette alone: in the menu a dialog stands for all of them. */
  readonly direct: readonly IncidentAction[];
}

function useOffered(incident: IncidentDetails, open: (dialog: DialogName) => void): Offered & { isActing: boolean } {
  const { act, isActing } = useAct();
  const viewer = useViewer();
  const may = (permission: PermissionName) => mayOnIncident(viewer, permission, incident);
  const wake = incident.snoozedBy !== null && may('Mutation.wakeIncident') ? [wakeAction(incident, act)] : [];
  const own = may('Mutation.subscribeToIncident') ? [followAction(incident, act)] : [];
  const dialogs = dialogActions(incident, may, open);
  const direct = dialogs.some(({ id }) => id === 'severity') ? severityActions(incident, act) : [];
  return { steps: stepsOf(incident, act, may), further: [...wake, ...dialogs], own, direct, isActing };
}

/** The next sensible step first; on a phone it sticks to the bottom, under the thumb. */
export function ActionBar({ incident }: { readonly incident: IncidentDetails }) {
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const { steps, further, own, direct, isActing } = useOffered(incident, setDialog);
  const more = [...steps.slice(buttons), ...further, ...own];
  useCommands(
    [...steps, ...further, ...own, ...direct].map((action) => ({
      ...action,
      id: `incident.${action.id}`,
      label: commandLabel(action, incident.reference),
    })),
  );
  if (steps.length + further.length === 0) return null;

  return (
    <div className="actions" role="group" aria-label="Actions">
      {steps.slice(0, buttons).map((step, index) => (
        <Button
          key={step.id}
          variant={index === 0 ? 'filled' : 'default'}
          onClick={step.run}
          disabled={isActing}
          className={index === 0 ? 'action-first' : 'action-next'}
          aria-keyshortcuts={step.key}
        >
          {step.label}
        </Button>
      ))}
      {more.length > 0 && <MoreMenu actions={more} />}
      <Dialogs incident={incident} shown={dialog} onClose={() => setDialog(null)} />
    </div>
  );
}
