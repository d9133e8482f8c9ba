import { Button, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useViewer } from '../session/viewer.ts';
import { useAct } from '../ui/useAct.ts';
import { useActivePeople } from '../ui/usePersonName.ts';
import { assign } from './incidentActions.ts';
import type { IncidentDetails } from './incidentQuery.ts';

export interface DialogProps {
  readonly incident: IncidentDetails;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function AssignForm({ incident, onClose }: Omit<DialogProps, 'isOpen'>) {
  const [chosen, setChosen] = useState<string | null>(null);
  const people = useActivePeople();
  const { act, isActing } = useAct();
  const { person } = useViewer();
  const give = async (assignee: string | null) => {
    if (await assign(incident, assignee, act)) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) void give(chosen);
      }}
    >
      <Select
        label="Assignee"
        description="Who works on it."
        placeholder="Choose a person"
        data={people.map(({ handle, name }) => ({ value: handle, label: name }))}
        value={chosen ?? incident.assignee}
        onChange={setChosen}
        nothingFoundMessage="Nobody by that name"
        searchable
        openOnFocus={false}
        data-autofocus
      />
      <Group justify="space-between" mt="md">
        {incident.assignee === person.handle ? (
          <span />
        ) : (
          <Button variant="default" onClick={() => void give(person.handle)} disabled={isActing}>
            Assign to me
          </Button>
        )}
        <Group gap="xs">
          {incident.assignee && (
            <Button variant="subtle" color="gray" onClick={() => void give(null)} disabled={isActing}>
              Unassign
            </Button>
          )}
          <Button type="submit" loading={isActing} disabled={chosen === null || chosen === incident.assignee}>
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
