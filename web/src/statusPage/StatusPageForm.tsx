import { Button, Group, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../ui/useAct.ts';
import { type Component, StatusComponents } from './StatusComponents.tsx';
import { saveStatusPage, type StatusPageShown } from './statusPageQueries.ts';

interface StatusPageFormProps {
  readonly page: StatusPageShown['statusPage'];
  readonly services: readonly string[];
  readonly isReadOnly: boolean;
  readonly onSaved: () => void;
}

function componentsOf(page: StatusPageFormProps['page']): readonly Component[] {
  return page.components.map(({ id, serviceName, title, group }) => ({
    key: id,
    id,
    service: serviceName,
    title,
    group: group ?? '',
  }));
}

interface Draft {
  readonly isPublic: boolean;
  readonly title: string;
  readonly description: string;
  readonly needsApproval: boolean;
}

function Fields({ draft, onChange }: { readonly draft: Draft; readonly onChange: (patch: Partial<Draft>) => void }) {
  return (
    <>
      <Switch
        label="Public"
        description="Everybody who knows the address can read it, without signing in."
        checked={draft.isPublic}
        onChange={(event) => onChange({ isPublic: event.currentTarget.checked })}
      />
      <Switch
        label="A second person approves what it says"
        description="Beside the incident types that ask for it themselves."
        checked={draft.needsApproval}
        onChange={(event) => onChange({ needsApproval: event.currentTarget.checked })}
      />
      <TextInput
        label="Title"
        value={draft.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        maxLength={100}
        required
      />
      <Textarea
        label="Description"
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        maxLength={1_000}
        autosize
      />
    </>
  );
}

export function StatusPageForm({ page, services, isReadOnly, onSaved }: StatusPageFormProps) {
  const [draft, setDraft] = useState<Draft>({
    isPublic: page.isPublic,
    title: page.title,
    description: page.description ?? '',
    needsApproval: page.needsApproval,
  });
  const [components, setComponents] = useState(() => componentsOf(page));
  const { act, isActing } = useAct();
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const save = async () => {
    const input = {
      ...draft,
      title: draft.title.trim(),
      description: draft.description.trim() || null,
      components: components.map(({ id, service, title, group }) => ({
        id,
        service,
        title: title.trim() || service,
        group: group.trim() || null,
      })),
    };
    if (await act(saveStatusPage, { input, expectedVersion: page.version }, 'Status page saved')) onSaved();
  };
  return (
    <form
      className="panel status-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset className="status-fields" disabled={isReadOnly}>
        <Fields draft={draft} onChange={set} />
        <StatusComponents components={components} services={services} onChange={setComponents} />
      </fieldset>
      {!isReadOnly && (
        <Group>
          <Button type="submit" loading={isActing} disabled={!draft.title.trim()}>
            Save
          </Button>
        </Group>
      )}
    </form>
  );
}
