import { Button, Group, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Markdown } from '../ui/Markdown.tsx';
import { useAct } from '../ui/useAct.ts';
import { runbookChoicesQuery, type RunbookRow, saveRunbook } from './runbooksQueries.ts';

interface RunbookEditorProps {
  /** Null for a new one. */
  readonly runbook: RunbookRow | null;
  readonly onCancel: () => void;
  readonly onSaved: (id: string) => void;
}

const sample =
  '## First\n\n- [ ] Look at the dashboard\n- [ ] Ask who deployed last\n\n## If it does not help\n\n- [ ] Roll back\n';

function draftOf(runbook: RunbookRow | null) {
  return {
    title: runbook?.title ?? '',
    body: runbook?.body ?? sample,
    team: runbook?.team?.name ?? null,
    services: [...(runbook?.services ?? [])],
    types: [...(runbook?.types ?? [])],
    condition: runbook?.condition ?? '',
  };
}

interface PartProps {
  readonly draft: ReturnType<typeof draftOf>;
  readonly set: (patch: Partial<ReturnType<typeof draftOf>>) => void;
}

function When({ draft, set }: PartProps) {
  const [{ data: choices }] = useQuery({ query: runbookChoicesQuery, variables: {} });
  const names = (choices?.services ?? []).map(({ name }) => name);
  return (
    <fieldset className="runbook-when-fields">
      <legend>Attaches itself to incidents of all that is set here; with nothing set only by hand</legend>
      <MultiSelect
        label="Services"
        data={[...new Set([...names, ...draft.services])]}
        value={draft.services}
        onChange={(services) => set({ services })}
        searchable
        clearable
      />
      <MultiSelect
        label="Types"
        data={(choices?.incidentTypes ?? []).map(({ key, title }) => ({ value: key, label: title }))}
        value={draft.types}
        onChange={(types) => set({ types })}
        clearable
      />
      <TextInput
        label="Condition"
        placeholder="severity >= high"
        value={draft.condition}
        onChange={(event) => set({ condition: event.currentTarget.value })}
        className="runbook-condition"
      />
      <Select
        label="Team"
        data={(choices?.teams ?? []).map(({ name }) => name)}
        value={draft.team}
        onChange={(team) => set({ team })}
        clearable
      />
    </fieldset>
  );
}

function Text({ draft, set }: PartProps) {
  return (
    <div className="runbook-two">
      <Textarea
        label="Text"
        description="Markdown; - [ ] begins a step"
        value={draft.body}
        onChange={(event) => set({ body: event.currentTarget.value })}
        autosize
        minRows={14}
        maxRows={40}
        required
      />
      <section className="panel runbook-text" aria-label="Preview">
        <Markdown text={draft.body} />
      </section>
    </div>
  );
}

/** The text with what it becomes beside it, and when it attaches itself. */
export function RunbookEditor({ runbook, onCancel, onSaved }: RunbookEditorProps) {
  const [draft, setDraft] = useState(() => draftOf(runbook));
  // What was read when editing began: another's change is not overwritten unseen.
  const [expectedVersion] = useState(runbook?.version ?? null);
  const { act, isActing } = useAct();
  const set = (patch: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...patch }));
  const save = async () => {
    const input = {
      id: runbook?.id ?? null,
      ...draft,
      title: draft.title.trim(),
      condition: draft.condition.trim() || null,
    };
    const saved = await act(saveRunbook, { input, expectedVersion }, 'Runbook saved');
    if (saved) onSaved(saved.saveRunbook.id);
  };
  return (
    <form
      className="runbook-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h1 className="screen-title">{runbook === null ? 'New runbook' : `Edit ${runbook.title}`}</h1>
      <TextInput
        label="Title"
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        maxLength={200}
        required
      />
      <When draft={draft} set={set} />
      <Text draft={draft} set={set} />
      <Group gap="xs">
        <Button type="submit" loading={isActing} disabled={!draft.title.trim() || !draft.body.trim()}>
          Save
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
