import { Button, Group, Menu, Modal, Stack } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { CustomFieldInput } from '../fields/CustomFieldInput.tsx';
import { useMay } from '../../session/viewer.ts';
import { useAct } from '../../ui/useAct.ts';
import { changeStatus, type IncidentWork } from './workQuery.ts';

type Choice = IncidentWork['nextStatuses'][number];

/** The fields that the way there requires and nobody filled in yet. */
function missingFor(incident: IncidentWork, { requires }: Choice) {
  return incident.customFields.filter(({ key, value }) => requires.includes(key) && value === null);
}

interface FormProps {
  readonly incident: IncidentWork;
  readonly choice: Choice;
  readonly onClose: () => void;
}

function RequiredFields({ incident, choice, onClose }: FormProps) {
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

/** Where the workflow leads next; what is not possible says why. */
export function StatusMenu({ incident }: { readonly incident: IncidentWork }) {
  const [asked, setAsked] = useState<Choice | null>(null);
  const { act, isActing } = useAct();
  const may = useMay();
  const choose = (choice: Choice) => {
    if (missingFor(incident, choice).length > 0) return setAsked(choice);
    const { id, version } = incident;
    void act(changeStatus, { id, status: choice.status.key, fields: null, version });
  };
  const hasChoices = incident.nextStatuses.length > 0 && may('Mutation.changeIncidentStatus');
  if (!hasChoices) return <strong>{incident.status.title}</strong>;
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            loading={isActing}
            rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden="true" />}
            aria-label={`Status: ${incident.status.title}. Change it`}
          >
            {incident.status.title}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Move to</Menu.Label>
          {incident.nextStatuses.map((choice) => (
            <Menu.Item key={choice.status.key} disabled={!choice.isAllowed} onClick={() => choose(choice)}>
              {choice.status.title}
              {choice.because !== null && <span className="work-because">{choice.because}</span>}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={`Before ${asked?.status.title ?? ''}`}>
        {asked !== null && <RequiredFields incident={incident} choice={asked} onClose={() => setAsked(null)} />}
      </Modal>
    </>
  );
}
