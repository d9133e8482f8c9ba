import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useMay, useViewer } from '../../session/viewer.ts';
import { LazyMarkdown } from '../../ui/LazyMarkdown.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import '../work.css';
import { type IncidentNotes, useNotes } from './notesContext.ts';
import { deleteNote, editNote, type IncidentNote, pin, unpin } from './notesQueries.ts';

interface EditorProps {
  readonly note: IncidentNote;
  readonly onDone: () => void;
}

function NoteEditor({ note, onDone }: EditorProps) {
  const [text, setText] = useState(note.text ?? '');
  // What was read when editing began: a change of somebody else's is not overwritten unseen.
  const [expectedVersion] = useState(note.version);
  const { act, isActing } = useAct();
  const save = async () => {
    if (await act(editNote, { id: note.id, text: text.trim(), expectedVersion })) onDone();
  };
  return (
    <form
      className="note"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea
        aria-label="Note"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={20}
        data-autofocus
      />
      {note.version !== expectedVersion && (
        <p className="work-late">Somebody else changed it meanwhile: it says now “{note.text}”.</p>
      )}
      <Group gap="xs" mt="xs">
        <Button type="submit" size="xs" loading={isActing} disabled={!text.trim()}>
          Save
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

function NoteActions({
  note,
  notes,
  onEdit,
}: {
  readonly note: IncidentNote;
  readonly notes: IncidentNotes;
  readonly onEdit: () => void;
}) {
  const { act, isActing } = useAct();
  const may = useMay();
  const viewer = useViewer();
  const isOwn = note.author === viewer.person.handle;
  const pinned = notes.pins.find((each) => each.note?.id === note.id);
  const run = async (work: Promise<unknown>) => {
    if (await work) notes.refetch();
  };
  return (
    <span className="work-actions">
      {(isOwn || may('Mutation.editNote')) && (
        <button type="button" className="link-button" onClick={onEdit}>
          Edit
        </button>
      )}
      {may('Mutation.pin') && (
        <button
          type="button"
          className="link-button"
          disabled={isActing}
          onClick={() =>
            void run(
              pinned
                ? act(unpin, { id: pinned.id })
                : act(pin, { incidentId: notes.incidentId, input: { noteId: note.id } }),
            )
          }
        >
          {pinned ? 'Unpin' : 'Pin'}
        </button>
      )}
      {(isOwn || may('Mutation.deleteNote')) && (
        <button
          type="button"
          className="link-button"
          disabled={isActing}
          onClick={() => void run(act(deleteNote, { id: note.id }, 'Note withdrawn'))}
        >
          Withdraw
        </button>
      )}
    </span>
  );
}

/** A note of the timeline as it stands now, with what the viewer may do to it. */
export function NoteEntry({ noteId, fallback }: { readonly noteId: string; readonly fallback: string | null }) {
  const notes = useNotes();
  const [isEditing, setEditing] = useState(false);
  const note = notes?.notes.get(noteId);
  if (!notes || !note) {
    return fallback === null ? null : (
      <div className="note">
        <LazyMarkdown text={fallback} />
      </div>
    );
  }
  if (note.text === null) return <p className="muted note-gone">This note was withdrawn.</p>;
  if (isEditing) return <NoteEditor note={note} onDone={() => (setEditing(false), notes.refetch())} />;
  return (
    <div className="note" data-pinned={note.isPinned} data-testid="note">
      <LazyMarkdown text={note.text} />
      <div className="note-foot muted">
        {note.isPinned && <span>Pinned</span>}
        {note.editedAt && (
          <span>
            edited <Ago at={note.editedAt} />
          </span>
        )}
        <NoteActions note={note} notes={notes} onEdit={() => setEditing(true)} />
      </div>
    </div>
  );
}
