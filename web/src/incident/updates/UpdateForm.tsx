import { Button, Group, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../graphql/client.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import { useAct } from '../../ui/useAct.ts';
import {
  type ComponentState,
  componentStates,
  inputOf,
  type Progress,
  progresses,
  type UpdateDraft,
  withProgress,
} from './updateDraft.ts';
import { previewUpdateQuery, saveUpdate, type Shown, submitUpdate } from './updatesQueries.ts';

interface UpdateFormProps {
  readonly incidentId: string;
  readonly begun: UpdateDraft;
  readonly shown: Shown;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

interface FieldsProps {
  readonly draft: UpdateDraft;
  readonly onChange: (draft: UpdateDraft) => void;
}

function Components({ draft, shown, onChange }: FieldsProps & { readonly shown: Shown }) {
  const { components } = shown.statusPage;
  if (draft.audience === 'INTERNAL' || components.length === 0) return null;
  const choose = (id: string, state: string | null) => {
    const rest = Object.fromEntries(Object.entries(draft.components).filter(([each]) => each !== id));
    const isState = state !== null && state in componentStates;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own keys
    onChange({ ...draft, components: isState ? { ...rest, [id]: state as ComponentState } : rest });
  };
  return (
    <fieldset className="update-components">
      <legend>What is affected</legend>
      {components.map(({ id, title }) => (
        <div key={id} className="update-component">
          <span>{title}</span>
          <Select
            aria-label={`State of ${title}`}
            placeholder="Not affected"
            data={Object.entries(componentStates).map(([value, label]) => ({ value, label }))}
            value={draft.components[id] ?? null}
            onChange={(state) => choose(id, state)}
            clearable
          />
        </div>
      ))}
    </fieldset>
  );
}

function Templates({
  incidentId,
  draft,
  shown,
  onChange,
}: FieldsProps & { readonly incidentId: string; readonly shown: Shown }) {
  if (shown.messageTemplates.length === 0) return null;
  const take = async (templateId: string | null) => {
    if (templateId === null) return;
    const input = { ...inputOf(incidentId, { ...draft, title: '', body: '' }), templateId };
    const { data } = await client.query(previewUpdateQuery, { input }, { requestPolicy: 'network-only' }).toPromise();
    if (data) onChange({ ...draft, title: data.previewUpdate.title, body: data.previewUpdate.text });
  };
  return (
    <Select
      label="Template"
      placeholder="Begin with a template"
      data={shown.messageTemplates.map(({ id, title }) => ({ value: id, label: title }))}
      value={null}
      onChange={(id) => void take(id)}
    />
  );
}

function Kind({ draft, onChange }: FieldsProps) {
  return (
    <div className="update-two">
      <SegmentedControl
        aria-label="For whom"
        value={draft.audience}
        onChange={(audience) => onChange({ ...draft, audience: audience === 'PUBLIC' ? 'PUBLIC' : 'INTERNAL' })}
        data={[
          { value: 'INTERNAL', label: 'Internal' },
          { value: 'PUBLIC', label: 'Public' },
        ]}
      />
      <Select
        aria-label="Progress"
        data={Object.entries(progresses).map(([value, label]) => ({ value, label }))}
        value={draft.progress}
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own keys
        onChange={(value) => value !== null && onChange(withProgress(draft, value as Progress))}
        allowDeselect={false}
      />
    </div>
  );
}

function Texts({ draft, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Title"
        description={draft.audience === 'PUBLIC' ? 'Everybody reads it: no names of machines or people.' : undefined}
        value={draft.title}
        maxLength={200}
        onChange={(event) => onChange({ ...draft, title: event.currentTarget.value })}
      />
      <Textarea
        label="Text"
        description="Markdown"
        value={draft.body}
        maxLength={10_000}
        onChange={(event) => onChange({ ...draft, body: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={14}
      />
    </>
  );
}

function Preview({ draft }: Pick<FieldsProps, 'draft'>) {
  if (draft.body.trim() === '') return null;
  return (
    <section className="update-preview" aria-label="Preview">
      <p className="update-title">
        {progresses[draft.progress]}: {draft.title || 'Untitled'}
      </p>
      <Markdown text={draft.body} />
    </section>
  );
}

/** Writes an update: what it says, to whom, and how that will look. */
export function UpdateForm({ incidentId, begun, shown, onDone, onCancel }: UpdateFormProps) {
  const [draft, setDraft] = useState(begun);
  const { act, isActing } = useAct();
  const save = async (isToSubmit: boolean) => {
    const saved = await act(saveUpdate, { input: inputOf(incidentId, draft), expectedVersion: draft.version });
    if (!saved) return;
    const { id, version } = saved.saveUpdate;
    setDraft({ ...draft, id, version });
    if (isToSubmit) {
      const submitted = await act(submitUpdate, { id, expectedVersion: version });
      if (!submitted) return;
    }
    onDone();
  };
  const isEmpty = draft.title.trim() === '' || draft.body.trim() === '';
  return (
    <form
      className="update-form"
      aria-label="Update"
      onSubmit={(event) => {
        event.preventDefault();
        void save(true);
      }}
    >
      <Kind draft={draft} onChange={setDraft} />
      <Templates incidentId={incidentId} draft={draft} shown={shown} onChange={setDraft} />
      <Texts draft={draft} onChange={setDraft} />
      <Components draft={draft} shown={shown} onChange={setDraft} />
      <Preview draft={draft} />
      <Group gap="xs">
        <Button type="submit" loading={isActing} disabled={isEmpty}>
          Publish or ask for approval
        </Button>
        <Button variant="default" onClick={() => void save(false)} disabled={isEmpty || isActing}>
          Save as a draft
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
