import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { timeZones } from '../maintenance/zonedTime.ts';
import { useMay } from '../session/viewer.ts';
import { useAct } from '../ui/useAct.ts';
import { LayerEditor } from './LayerEditor.tsx';
import type { PersonRow } from './onCallQueries.ts';
import { inputOf, type LayerDraft, newLayer, type ScheduleDraft } from './scheduleDraft.ts';
import { SchedulePreview } from './SchedulePreview.tsx';
import { deleteSchedule, saveSchedule, type ScheduleDetails } from './scheduleQueries.ts';

interface HeadFieldsProps {
  readonly draft: ScheduleDraft;
  readonly set: (patch: Partial<ScheduleDraft>) => void;
  readonly teams: readonly string[];
}

function HeadFields({ draft, set, teams }: HeadFieldsProps) {
  return (
    <section className="panel schedule-fields" aria-label="Schedule">
      <TextInput
        label="Name"
        placeholder="Checkout, primary"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={100}
        required
      />
      <Select
        label="Team"
        placeholder="none"
        data={[...teams]}
        value={draft.team}
        onChange={(team) => set({ team })}
        clearable
        searchable
      />
      <Select
        label="Time zone"
        description="Hand-overs are its local times, in summer as in winter."
        data={[...timeZones]}
        value={draft.timeZone}
        onChange={(timeZone) => timeZone && set({ timeZone })}
        searchable
      />
    </section>
  );
}

function placeOf(index: number, count: number): string {
  if (count === 1) return '';
  if (index === count - 1) return 'top: covers the ones below';
  return index === 0 ? 'bottom' : '';
}

/** Layers as they are drawn: the top one first. */
function Layers({ draft, set, people }: Omit<HeadFieldsProps, 'teams'> & { readonly people: readonly PersonRow[] }) {
  const { layers } = draft;
  const put = (next: readonly LayerDraft[]) => set({ layers: next });
  const swap = (a: number, b: number) => () => {
    const next = [...layers];
    const [first, second] = [next[a], next[b]];
    if (first && second) [next[a], next[b]] = [second, first];
    put(next);
  };
  return (
    <>
      <div className="schedule-layers-head">
        <h2>Layers</h2>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => put([...layers, newLayer(`Layer ${layers.length + 1}`)])}
        >
          Add a layer on top
        </Button>
      </div>
      {layers
        .map((layer, index) => (
          <LayerEditor
            key={layer.key}
            layer={layer}
            people={people}
            place={placeOf(index, layers.length)}
            set={(patch) => put(layers.map((each, at) => (at === index ? { ...each, ...patch } : each)))}
            onUp={index < layers.length - 1 ? swap(index, index + 1) : null}
            onDown={index > 0 ? swap(index, index - 1) : null}
            onRemove={() => put(layers.filter((_, at) => at !== index))}
          />
        ))
        .toReversed()}
    </>
  );
}

interface DeleteDialogProps {
  readonly name: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDelete: () => void;
}

function DeleteDialog({ name, isOpen, onClose, onDelete }: DeleteDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Delete ${name}?`}>
      <p>Its overrides and calendar addresses go with it. A schedule that a policy wakes cannot be deleted.</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button color="red" onClick={onDelete}>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}

interface ScheduleEditorProps {
  /** Null for a new one. */
  readonly stored: ScheduleDetails | null;
  readonly first: ScheduleDraft;
  readonly people: readonly PersonRow[];
  readonly teams: readonly string[];
  readonly onSaved: () => void;
}

export function ScheduleEditor({ stored, first, people, teams, onSaved }: ScheduleEditorProps) {
  const [draft, setDraft] = useState(first);
  const [isAsking, setAsking] = useState(false);
  const { act, isActing } = useAct();
  const may = useMay();
  const navigate = useNavigate();
  const set = (patch: Partial<ScheduleDraft>) => setDraft((before) => ({ ...before, ...patch }));
  const save = async () => {
    const input = inputOf(draft, stored?.id ?? null);
    const saved = await act(saveSchedule, { input, expectedVersion: stored?.version ?? null }, `${input.name} saved`);
    if (!saved) return;
    onSaved();
    if (stored === null) void navigate({ to: '/on-call' });
  };
  const remove = async () => {
    setAsking(false);
    if (stored && (await act(deleteSchedule, { id: stored.id }, `${stored.name} deleted`))) {
      void navigate({ to: '/on-call' });
    }
  };
  return (
    <div className="oncall">
      <header className="oncall-head">
        <Link to="/on-call" className="oncall-link">
          On call
        </Link>
        <h1>{stored?.name ?? 'New schedule'}</h1>
        <div className="oncall-head-do">
          {stored && may('Mutation.deleteSchedule') && (
            <Button variant="default" onClick={() => setAsking(true)} disabled={isActing}>
              Delete
            </Button>
          )}
          {may('Mutation.saveSchedule') && (
            <Button onClick={() => void save()} loading={isActing} disabled={draft.name.trim() === ''}>
              Save
            </Button>
          )}
        </div>
      </header>
      <HeadFields draft={draft} set={set} teams={teams} />
      <SchedulePreview draft={draft} id={stored?.id ?? null} />
      <Layers draft={draft} set={set} people={people} />
      <DeleteDialog
        name={stored?.name ?? ''}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onDelete={() => void remove()}
      />
    </div>
  );
}
