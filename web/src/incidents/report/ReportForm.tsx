import { Button, Group, NativeSelect, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { createIncident } from '../../graphql/incidentMutations.ts';
import { CustomFieldInput } from '../../incident/fields/CustomFieldInput.tsx';
import { useAct } from '../../ui/useAct.ts';
import { severities, severityWords } from '../../ui/words.ts';
import { type Draft, emptyDraft, inputOf, separated } from './reportDraft.ts';
import { reportFields, reportQuery, type ReportTemplate } from './reportQuery.ts';

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
  readonly template: ReportTemplate | undefined;
}

function typeOf({ draft, template }: Omit<FieldsProps, 'set'>) {
  return template?.incidentTypes.find(({ key }) => key === draft.type);
}

/** What makes a severity what it is stands below the choice, so that two people choose alike. */
function SeverityChoice({ draft, set, template }: FieldsProps) {
  const severity = draft.severity ?? typeOf({ draft, template })?.definition.defaultSeverity ?? 'MEDIUM';
  const criteria = template?.severityCriteria.find((each) => each.severity === severity)?.criteria;
  return (
    <NativeSelect
      label="How bad?"
      description={criteria || undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={severity}
      onChange={({ currentTarget: { value } }) =>
        set({ severity: severities.find((each) => each === value) ?? draft.severity })
      }
      data={severities.map((value) => ({ value, label: severityWords[value] }))}
    />
  );
}

function ShortFields({ draft, set, template }: FieldsProps) {
  const types = template?.incidentTypes ?? [{ key: 'operational', title: 'Operational' }];
  const isRestricted = typeOf({ draft, template })?.isRestricted === true;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NativeSelect
        label="Type"
        description={isRestricted ? 'Only who takes part, the team and managers will see it.' : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.type}
        onChange={({ currentTarget: { value } }) => set({ type: value, severity: null })}
        data={types.map(({ key, title }) => ({ value: key, label: title }))}
      />
      <SeverityChoice draft={draft} set={set} template={template} />
      <TextInput
        type="datetime-local"
        label="Since when?"
        value={draft.startedAt}
        onChange={(event) => set({ startedAt: event.currentTarget.value })}
        required
      />
      <TextInput
        label="Environment"
        value={draft.environment}
        onChange={(event) => set({ environment: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

/** What the type asks for beside the rest. */
function TemplateFields({ draft, set, template }: FieldsProps) {
  return reportFields(typeOf({ draft, template })).map((field) => (
    <CustomFieldInput
      key={field.key}
      field={field}
      isRequired={field.isRequiredInReport}
      value={draft.fields[field.key] ?? ''}
      onChange={(value) => set({ fields: { ...draft.fields, [field.key]: value } })}
    />
  ));
}

function Fields(props: FieldsProps) {
  const { draft, set, template } = props;
  return (
    <Stack gap="sm">
      <TextInput
        label="What is happening?"
        placeholder="Customers cannot pay by card"
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        maxLength={200}
        required
        // The form comes a moment after its dialog, which has given the focus away by then.
        autoFocus
        data-autofocus
      />
      <ShortFields {...props} />
      <TagsInput
        label="Affected services"
        placeholder={draft.services.length === 0 ? 'Type and press Enter' : ''}
        data={template?.serviceNames ?? []}
        value={[...draft.services]}
        onChange={(services) => set({ services: separated(services) })}
        acceptValueOnBlur
        maxDropdownHeight={110}
      />
      <TemplateFields {...props} />
      <Textarea
        label="What is known so far?"
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={10}
      />
    </Stack>
  );
}

export function ReportForm({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(emptyDraft);
  const [{ data }] = useQuery({ query: reportQuery });
  const { act, isActing } = useAct();
  const navigate = useNavigate();

  const report = async (event: FormEvent) => {
    event.preventDefault();
    const result = await act(createIncident, { input: inputOf(draft, typeOf({ draft, template: data })) });
    if (!result) return;
    await navigate({ to: '/incidents/$number', params: { number: String(result.createIncident.number) } });
  };

  return (
    <form onSubmit={(event) => void report(event)}>
      <Fields draft={draft} template={data} set={(patch) => setDraft((before) => ({ ...before, ...patch }))} />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isActing}>
          Report incident
        </Button>
      </Group>
    </form>
  );
}
