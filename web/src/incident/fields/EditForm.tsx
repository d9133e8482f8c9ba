import { Button, Group, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '../../ui/useAct.ts';
import { editWork, type IncidentWork, serviceNamesQuery } from '../status/workQuery.ts';
import { CustomFieldInput } from './CustomFieldInput.tsx';
import { LevelSelect } from './LevelSelect.tsx';

function customFieldsOf(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([key, value]) => ({ key, value: value.trim() || null }));
}

type Touched = Partial<Pick<IncidentWork, 'title' | 'services' | 'impact' | 'urgency' | 'tags'>>;

function Levels({
  impact,
  urgency,
  onChange,
}: Pick<IncidentWork, 'impact' | 'urgency'> & { readonly onChange: (patch: Touched) => void }) {
  return (
    <Group grow>
      <LevelSelect label="Impact" value={impact} onChange={(level) => onChange({ impact: level })} />
      <LevelSelect label="Urgency" value={urgency} onChange={(level) => onChange({ urgency: level })} />
    </Group>
  );
}

/** What a person may correct. What nobody touched is not sent: another's change to it, made meanwhile, stays. */
export function EditForm({ incident, onClose }: { readonly incident: IncidentWork; readonly onClose: () => void }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [touched, setTouched] = useState<Touched>({});
  const [{ data }] = useQuery({ query: serviceNamesQuery, variables: {} });
  const { act, isActing } = useAct();
  const shown = { ...incident, ...touched };
  const touch = (patch: Touched) => setTouched((before) => ({ ...before, ...patch }));
  const save = async () => {
    const patch = { customFields: customFieldsOf(values), ...touched };
    if (await act(editWork, { id: incident.id, patch, version: incident.version })) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Title"
          value={shown.title}
          maxLength={200}
          required
          onChange={({ currentTarget: { value } }) => touch({ title: value })}
          autoFocus
          data-autofocus
        />
        <TagsInput
          label="Affected services"
          description="They say whose it is, whom it wakes and which runbooks help."
          data={data?.serviceNames ?? []}
          value={shown.services}
          onChange={(services) => touch({ services })}
          acceptValueOnBlur
        />
        {incident.customFields.map((field) => (
          <CustomFieldInput
            key={field.key}
            field={field}
            value={values[field.key] ?? field.value ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
          />
        ))}
        <Levels impact={shown.impact} urgency={shown.urgency} onChange={touch} />
        <TagsInput label="Tags" value={shown.tags} onChange={(tags) => touch({ tags })} acceptValueOnBlur />
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isActing}>
          Save
        </Button>
      </Group>
    </form>
  );
}
