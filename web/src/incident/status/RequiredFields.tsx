import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../ui/useAct.ts';
import { CustomFieldInput } from '../fields/CustomFieldInput.tsx';
import { changeStatus, type IncidentWork } from './workQuery.ts';

export type StatusChoice = IncidentWork['nextStatuses'][number];

/** The fields that the way there requires and nobody filled in yet. */
export function missingFor(incident: IncidentWork, { requires }: StatusChoice) {
  return incident.customFields.filter(({ key, value }) => requires.includes(key) && value === null);
}

interface FormProps {
  readonly incident: IncidentWork;
  readonly choice: StatusChoice;
  readonly onClose: () => void;
}

/** Asks for what the way to a status requires, and goes there. */
export function RequiredFields({ incident, choice, onClose }: FormProps) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const { act, isActing } = useAct();
  const save = async () => {
    const fields = Object.entries(values).map(([key, value]) => ({ key, value }));
    const { id, version } = incident;
    if (await act(changeStatus, { id, status: choice.status.key, fields, version })) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        {missingFor(incident, choice).map((field) => (
          <CustomFieldInput
            key={field.key}
            field={field}
            isRequired
            value={values[field.key] ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
          />
        ))}
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isActing}>
          Move to {choice.status.title}
        </Button>
      </Group>
    </form>
  );
}
