import { Button, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { addIncidentNote } from '../graphql/incidentMutations.ts';
import { useCommands } from '../shell/commands.ts';
import { useAct } from '../ui/useAct.ts';
import { Mentions } from './notes/Mentions.tsx';

export function NoteComposer({ incidentId }: { readonly incidentId: string }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const { act, isActing } = useAct();
  useCommands([{ id: 'incident.note', label: 'Write a note', key: 'n', run: () => field.current?.focus() }]);

  const add = async () => {
    const note = text.trim();
    if (!note) return;
    // What was typed stays in the field until the server has it.
    const result = await act(addIncidentNote, { id: incidentId, text: note });
    if (result) setText('');
  };

  const take = (completed: string) => {
    setText(completed);
    field.current?.focus();
  };
  return (
    <>
      <form
        className="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Textarea
          ref={field}
          aria-label="Note"
          placeholder="What did you find?"
          title="Markdown and @names work; Ctrl Enter adds it"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void add();
          }}
          autosize
          minRows={1}
          maxRows={8}
        />
        <Button type="submit" variant="default" loading={isActing} disabled={!text.trim()}>
          Add note
        </Button>
      </form>
      <Mentions text={text} onTake={take} />
    </>
  );
}
