import { Button, Modal } from '@mantine/core';
import { useAct } from '../../ui/useAct.ts';
import type { DialogProps } from '../AssignDialog.tsx';
import { snoozeIncident } from '../escalation/escalationQueries.ts';
import { snoozeChoices, snoozeInput } from '../escalation/snoozeChoices.ts';
import './actions.css';

/** One touch: nobody wants to choose and then confirm at night. */
export function SnoozeDialog({ incident, isOpen, onClose }: DialogProps) {
  const { act, isActing } = useAct();
  const { id, reference, version: expectedVersion } = incident;
  const snooze = async (choice: string) => {
    const variables = { id, expectedVersion, input: snoozeInput(choice, Date.now()) };
    if (await act(snoozeIncident, variables, `${reference} snoozed`)) onClose();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Snooze ${reference}`}>
      <p className="action-why">
        Nobody is called meanwhile. It wakes by itself when an alert fires again, it gets worse or it ends.
      </p>
      <div className="action-choices">
        {snoozeChoices.map(({ value, label }) => (
          <Button key={value} variant="default" disabled={isActing} onClick={() => void snooze(value)}>
            {label}
          </Button>
        ))}
      </div>
    </Modal>
  );
}
