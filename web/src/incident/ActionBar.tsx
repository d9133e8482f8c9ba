import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { mayOnIncident } from '../session/mayOnIncident.ts';
import { type PermissionName, useViewer } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { canAssign, canChangeSeverity, canMerge, isOpenPhase } from '../ui/incidentRules.ts';
import { type Act, useAct } from '../ui/useAct.ts';
import { severities, severityWords } from '../ui/words.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { DismissDialog } from './DismissDialog.tsx';
import { changeSeverity, type IncidentAction, stepsOf } from './incidentActions.ts';
import type { IncidentDetails } from './incidentQuery.ts';
import { MergeDialog } from './MergeDialog.tsx';

type DialogName = 'assign' | 'dismiss' | 'merge';

/** How many steps stand beside each other; the others are in the menu. */
const buttons = 2;

type MayHere = (permission: PermissionName) => boolean;

function dialogActions(
  incident: IncidentDetails,
  may: MayHere,
  open: (dialog: DialogName) => void,
): readonly IncidentAction[] {
  const actions: IncidentAction[] = [];
  if (canAssign(incident.phase) && may('Mutation.assignIncident')) {
    actions.push({ id: 'assign', label: 'Assign…', key: 'i', run: () => open('assign') });
  }
  if (canMerge(incident.phase) && may('Mutation.mergeIncidents')) {
    actions.push({ id: 'merge', label: 'Merge into…', run: () => open('merge') });
  }
  if (isOpenPhase(incident.phase) && may('Mutation.dismissIncident')) {
    actions.push({ id: 'dismiss', label: 'Dismiss…', run: () => open('dismiss') });
  }
  return actions;
}

interface MoreMenuProps {
  readonly incident: IncidentDetails;
  readonly hasSeverity: boolean;
  readonly actions: readonly IncidentAction[];
  readonly act: Act;
}

function MoreMenu({ incident, hasSeverity, actions, act }: MoreMenuProps) {
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More actions">
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item key={action.id} onClick={action.run} rightSection={action.key ? <kbd>{action.key}</kbd> : null}>
            {action.label}
          </Menu.Item>
        ))}
        {hasSeverity && (
          <>
            <Menu.Divider />
            <Menu.Label>Severity</Menu.Label>
            {severities.map((severity) => (
              <Menu.Item
                key={severity}
                disabled={severity === incident.severity}
                onClick={() => void changeSeverity(incident, severity, act)}
              >
                {severityWords[severity]}
              </Menu.Item>
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The next sensible step first; on a phone it sticks to the bottom, under the thumb. */
export function ActionBar({ incident }: { readonly incident: IncidentDetails }) {
  const { act, isActing } = useAct();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const close = () => setDialog(null);
  const viewer = useViewer();
  const may: MayHere = (permission) => mayOnIncident(viewer, permission, incident);
  const steps = stepsOf(incident, act, may);
  const dialogs = dialogActions(incident, may, setDialog);
  const more = [...steps.slice(buttons), ...dialogs];
  const hasSeverity = canChangeSeverity(incident.phase) && may('Mutation.changeIncidentSeverity');
  useCommands(
    [...steps, ...dialogs].map((action) => ({
      ...action,
      id: `incident.${action.id}`,
      label: `${action.label} ${incident.reference}`,
    })),
  );
  if (steps.length === 0 && more.length === 0 && !hasSeverity) return null;

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
      {(more.length > 0 || hasSeverity) && (
        <MoreMenu incident={incident} hasSeverity={hasSeverity} actions={more} act={act} />
      )}
      <AssignDialog incident={incident} isOpen={dialog === 'assign'} onClose={close} />
      <DismissDialog incident={incident} isOpen={dialog === 'dismiss'} onClose={close} />
      <MergeDialog incident={incident} isOpen={dialog === 'merge'} onClose={close} />
    </div>
  );
}
