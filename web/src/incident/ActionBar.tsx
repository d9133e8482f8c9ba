import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
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

function dialogActions(incident: IncidentDetails, open: (dialog: DialogName) => void): readonly IncidentAction[] {
  const actions: IncidentAction[] = [];
  if (canAssign(incident.phase)) {
    actions.push({ id: 'assign', label: 'Assign…', key: 'i', run: () => open('assign') });
  }
  if (canMerge(incident.phase)) actions.push({ id: 'merge', label: 'Merge into…', run: () => open('merge') });
  if (isOpenPhase(incident.phase)) actions.push({ id: 'dismiss', label: 'Dismiss…', run: () => open('dismiss') });
  return actions;
}

interface MoreMenuProps {
  readonly incident: IncidentDetails;
  readonly actions: readonly IncidentAction[];
  readonly act: Act;
}

function MoreMenu({ incident, actions, act }: MoreMenuProps) {
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
        {canChangeSeverity(incident.phase) && (
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
  const steps = stepsOf(incident, act);
  const more = [...steps.slice(buttons), ...dialogActions(incident, setDialog)];
  const isSeverityOpen = canChangeSeverity(incident.phase);
  useCommands(
    [...steps, ...dialogActions(incident, setDialog)].map((action) => ({
      ...action,
      id: `incident.${action.id}`,
      label: `${action.label} ${incident.reference}`,
    })),
  );
  if (steps.length === 0 && more.length === 0 && !isSeverityOpen) return null;

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
      <MoreMenu incident={incident} actions={more} act={act} />
      <AssignDialog incident={incident} isOpen={dialog === 'assign'} onClose={close} />
      <DismissDialog incident={incident} isOpen={dialog === 'dismiss'} onClose={close} />
      <MergeDialog incident={incident} isOpen={dialog === 'merge'} onClose={close} />
    </div>
  );
}
