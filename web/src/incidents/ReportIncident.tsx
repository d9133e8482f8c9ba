import { Button, Group, Modal, NativeSelect, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import type { IncidentType, Severity } from '../graphql/graphql.ts';
import { createIncident } from '../graphql/incidentMutations.ts';
import { useAct } from '../ui/useAct.ts';
import { severities, severityWords, types, typeWords } from '../ui/words.ts';
import { serviceNamesQuery } from './incidentsQueries.ts';

/** What `datetime-local` wants: local time to the minute. */
function localMinute(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface Draft {
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly type: IncidentType;
  readonly services: readonly string[];
  readonly environment: string;
  readonly startedAt: string;
}

const emptyDraft = (): Draft => ({
  title: '',
  description: '',
  severity: 'MEDIUM',
  type: 'OPERATIONAL',
  services: [],
  environment: 'production',
  startedAt: localMinute(new Date()),
});

function inputOf(draft: Draft) {
  return {
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    severity: draft.severity,
    type: draft.type,
    services: [...draft.services],
    environment: draft.environment.trim() || null,
    impactStartedAt: new Date(draft.startedAt).toISOString(),
  };
}

/** Several names pasted or typed in one go become several services, each once. */
function separated(services: readonly string[]): readonly string[] {
  return [...new Set(services.flatMap((each) => each.split(',')).map((each) => each.trim()))].filter(Boolean);
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
}

function ShortFields({ draft, set }: FieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        type="datetime-local"
        label="Since when?"
        value={draft.startedAt}
        onChange={(event) => set({ startedAt: event.currentTarget.value })}
        required
      />
      <NativeSelect
        label="How bad?"
        value={draft.severity}
        onChange={({ currentTarget: { value } }) =>
          set({ severity: severities.find((each) => each === value) ?? draft.severity })
        }
        data={severities.map((value) => ({ value, label: severityWords[value] }))}
      />
      <NativeSelect
        label="Type"
        value={draft.type}
        onChange={({ currentTarget: { value } }) => set({ type: types.find((each) => each === value) ?? draft.type })}
        data={types.map((value) => ({ value, label: typeWords[value] }))}
      />
      <TextInput
        label="Environment"
        value={draft.environment}
        onChange={(event) => set({ environment: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

function Fields({ draft, set }: FieldsProps) {
  const [{ data }] = useQuery({ query: serviceNamesQuery });
  return (
    <Stack gap="sm">
      <TextInput
        label="What is happening?"
        placeholder="Customers cannot pay by card"
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        maxLength={200}
        required
        data-autofocus
      />
      <ShortFields draft={draft} set={set} />
      <TagsInput
        label="Affected services"
        placeholder={draft.services.length === 0 ? 'Type and press Enter' : ''}
        data={data?.serviceNames ?? []}
        value={[...draft.services]}
        onChange={(services) => set({ services: separated(services) })}
        acceptValueOnBlur
        maxDropdownHeight={110}
      />
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

function ReportForm({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(emptyDraft);
  const { act, isActing } = useAct();
  const navigate = useNavigate();

  const report = async (event: FormEvent) => {
    event.preventDefault();
    const result = await act(createIncident, { input: inputOf(draft) });
    if (!result) return;
    await navigate({ to: '/incidents/$number', params: { number: String(result.createIncident.number) } });
  };

  return (
    <form onSubmit={(event) => void report(event)}>
      <Fields draft={draft} set={(patch) => setDraft((before) => ({ ...before, ...patch }))} />
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

/** A person reports what no alert has seen. */
export function ReportIncident({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Report an incident" size="lg">
      <ReportForm onClose={onClose} />
    </Modal>
  );
}
