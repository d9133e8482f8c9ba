import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useViewer } from '../session/viewer.ts';
import { useAct } from '../ui/useAct.ts';
import { assign } from './incidentActions.ts';
import type { IncidentDetails } from './incidentQuery.ts';

export interface DialogProps {
  readonly incident: IncidentDetails;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function AssignForm({ incident, onClose }: Omit<DialogProps, 'isOpen'>) {
  const [name, setName] = useState(incident.assignee ?? '');
  const { act, isActing } = useAct();
  const { person } = useViewer();
  const give = async (assignee: string | null) => {
    if (await assign(incident, assignee, act)) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void give(name.trim() || null);
      }}
    >
      <TextInput
        label="Assignee"
        description="Who works on it."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={80}
        data-autofocus
      />
      <Group justify="space-between" mt="md">
        <Button variant="default" onClick={() => void give(person.handle)} disabled={isActing}>
          Assign to me
        </Button>
        <Group gap="xs">
          {incident.assignee && (
            <Button variant="subtle" color="gray" onClick={() => void give(null)} disabled={isActing}>
              Unassign
            </Button>
          )}
          <Button type="submit" loading={isActing} disabled={!name.trim()}>
            Assign
          </Button>
        </Group>
      </Group>
    </form>
  );
}

export function AssignDialog({ incident, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Assign ${incident.reference}`}>
      <AssignForm incident={incident} onClose={onClose} />
    </Modal>
  );
}
