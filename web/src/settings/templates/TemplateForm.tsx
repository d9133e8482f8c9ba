import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '../../ui/useAct.ts';
import { deleteTemplate, previewQuery, saveTemplate, type TemplateRow } from './templateQueries.ts';

type Draft = Pick<TemplateRow, 'kind' | 'key' | 'title' | 'body'>;

/** As it will be read, while it is written. */
function Preview({ draft }: { readonly draft: Draft }) {
  const [input] = useDebouncedValue(draft, 300);
  const isEmpty = !input.title.trim() || !input.body.trim() || !input.key.trim();
  const [{ data }] = useQuery({ query: previewQuery, variables: { input }, pause: isEmpty });
  const preview = data?.previewTemplate;
  return (
    <section className="template-preview" aria-label="Preview" aria-live="polite">
      {preview?.error ? (
        <p className="channel-failing">{preview.error}</p>
      ) : (
        <>
          <strong>{preview?.title}</strong>
          <p>{preview?.body}</p>
        </>
      )}
    </section>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
  readonly isNew: boolean;
}

function Fields({ draft, set, isNew }: FieldsProps) {
  return (
    <>
      {isNew && (
        <TextInput
          label="What is it for?"
          placeholder="Investigating"
          value={draft.key}
          maxLength={100}
          required
          onChange={(event) => set({ key: event.currentTarget.value })}
        />
      )}
      <TextInput
        label="Title"
        className="mono-input"
        value={draft.title}
        maxLength={500}
        required
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Text"
        description="Liquid: {{ incident.title }}, {{ incident.services | join: ', ' }}, {{ severity }}, {{ person.name }}"
        className="mono-input"
        value={draft.body}
        autosize
        minRows={5}
        maxRows={16}
        required
        onChange={(event) => set({ body: event.currentTarget.value })}
      />
    </>
  );
}

interface TemplateFormProps {
  /** Null for a new one, of stakeholder updates. */
  readonly template: TemplateRow | null;
  readonly onDone: () => void;
}

export function TemplateForm({ template, onDone }: TemplateFormProps) {
  const [draft, setDraft] = useState<Draft>(() => template ?? { kind: 'stakeholder', key: '', title: '', body: '' });
  const { act, isActing } = useAct();
  const isSaved = template !== null && !template.isBuiltIn;
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const { kind, key, title, body } = draft;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      id: isSaved ? template.id : null,
      type: template?.type ?? null,
      kind,
      key: key.trim(),
      title,
      body,
    };
    if (await act(saveTemplate, { input, expectedVersion: isSaved ? template.version : null }, 'Template saved'))
      onDone();
  };
  const remove = async () => {
    if (template && (await act(deleteTemplate, { id: template.id }, 'Template removed'))) onDone();
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack gap="sm">
        <Fields draft={draft} set={set} isNew={template === null} />
        <Preview draft={{ kind, key, title, body }} />
      </Stack>
      <Group justify="space-between" mt="lg">
        {isSaved ? (
          <Button variant="subtle" color="red" disabled={isActing} onClick={() => void remove()}>
            {template.kind === 'notification' ? 'Back to the built-in text' : 'Delete'}
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit" loading={isActing}>
          Save
        </Button>
      </Group>
    </form>
  );
}
