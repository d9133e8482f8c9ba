import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAct } from '../ui/useAct.ts';
import { PersonSelect } from './PersonSelect.tsx';
import { createItem, updateItem } from './reviewMutations.ts';
import type { ActionItem, ActionItemKind } from './reviewQueries.ts';
import { itemKindWords } from './reviewWords.ts';

interface ActionItemDialogProps {
  readonly incidentId: string;
  /** Null for a new one. */
  readonly item: ActionItem | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

interface Draft {
  readonly title: string;
  readonly description: string;
  readonly kind: ActionItemKind;
  readonly ownerId: string | null;
  readonly dueOn: string;
  readonly ticketUrl: string;
}

const kinds = Object.entries(itemKindWords).map(([value, label]) => ({ value, label }));
const isKind = (value: string | null): value is ActionItemKind => value !== null && value in itemKindWords;

function draftOf(item: ActionItem | null): Draft {
  return {
    title: item?.title ?? '',
    description: item?.description ?? '',
    kind: item?.kind ?? 'PREVENT',
    ownerId: item?.owner?.id ?? null,
    dueOn: typeof item?.dueOn === 'string' ? item.dueOn : '',
    ticketUrl: item?.ticketUrl ?? '',
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
}

function Fields({ draft, set }: FieldsProps) {
  return (
    <>
      <TextInput
        label="What is to be done?"
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        maxLength={300}
        required
        data-autofocus
      />
      <div className="item-form-pair">
        <Select
          label="For"
          description="What it does for the next time"
          data={kinds}
          value={draft.kind}
          onChange={(value) => isKind(value) && set({ kind: value })}
          allowDeselect={false}
        />
        <TextInput
          label="Due"
          description="Its owner is reminded"
          type="date"
          value={draft.dueOn}
          onChange={(event) => set({ dueOn: event.currentTarget.value })}
        />
      </div>
      <PersonSelect label="Owner" value={draft.ownerId} onChange={(ownerId) => set({ ownerId })} />
      <Textarea
        label="More"
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        maxLength={4_000}
        autosize
        minRows={2}
        maxRows={8}
      />
      <TextInput
        label="Ticket"
        placeholder="https://"
        type="url"
        value={draft.ticketUrl}
        onChange={(event) => set({ ticketUrl: event.currentTarget.value })}
        maxLength={2_000}
      />
    </>
  );
}

function ItemForm({ incidentId, item, onClose, onSaved }: Omit<ActionItemDialogProps, 'isOpen'>) {
  const [draft, setDraft] = useState(() => draftOf(item));
  const { act, isActing } = useAct();
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { dueOn, ticketUrl, description, ...rest } = draft;
    const input = {
      ...rest,
      incidentId,
      description: description || null,
      dueOn: dueOn || null,
      ticketUrl: ticketUrl || null,
    };
    const saved = item
      ? await act(updateItem, { id: item.id, input, expectedVersion: item.version }, 'Saved')
      : await act(createItem, { input }, 'Action item created');
    if (!saved) return;
    onSaved();
    onClose();
  };
  return (
    <form className="item-form" onSubmit={(event) => void save(event)}>
      <Fields draft={draft} set={set} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isActing} disabled={draft.title.trim() === ''}>
          {item ? 'Save' : 'Create'}
        </Button>
      </Group>
    </form>
  );
}

export function ActionItemDialog({ isOpen, ...props }: ActionItemDialogProps) {
  return (
    <Modal opened={isOpen} onClose={props.onClose} title={props.item ? 'Edit the action item' : 'New action item'}>
      <ItemForm key={props.item?.id ?? 'new'} {...props} />
    </Modal>
  );
}
