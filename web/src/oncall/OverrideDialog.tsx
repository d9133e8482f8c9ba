import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { instantIn, localIn, ownZone } from '../maintenance/zonedTime.ts';
import { useViewerIfKnown } from '../session/viewer.ts';
import { useAct } from '../ui/useAct.ts';
import { createOverride, deleteOverride, peopleQuery, type ShiftRow } from './onCallQueries.ts';
import { clocksAgree, whenIn } from './zoned.ts';

export interface Planned {
  readonly schedule: { readonly id: string; readonly name: string; readonly timeZone: string };
  /** What is taken over; null: from now for eight hours. */
  readonly shift: ShiftRow | null;
}

interface OverrideFormProps {
  readonly planned: Planned;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const hourMs = 3_600_000;

function startOf({ shift }: Planned): number {
  const now = Math.ceil(Date.now() / 60_000) * 60_000;
  return shift === null ? now : Math.max(now, Date.parse(shift.startsAt));
}

interface TimesProps {
  readonly zone: string;
  readonly from: string;
  readonly until: string;
  readonly setFrom: (local: string) => void;
  readonly setUntil: (local: string) => void;
  readonly isWrong: boolean;
}

function Times({ zone, from, until, setFrom, setUntil, isWrong }: TimesProps) {
  return (
    <div className="oncall-pair">
      <TextInput
        type="datetime-local"
        label="From"
        description={zone}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        required
      />
      <TextInput
        type="datetime-local"
        label="Until"
        description={zone}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={isWrong ? 'It ends after it starts.' : null}
        required
      />
    </div>
  );
}

interface ExistingProps {
  readonly override: NonNullable<ShiftRow['override']>;
  readonly isActing: boolean;
  readonly onRemove: (id: string) => void;
}

function Existing({ override, isActing, onRemove }: ExistingProps) {
  return (
    <p className="oncall-note">
      This is an override by {override.createdBy}
      {override.reason && `: ${override.reason}`}.{' '}
      <Button size="compact-xs" variant="default" onClick={() => onRemove(override.id)} disabled={isActing}>
        Remove it
      </Button>
    </p>
  );
}

interface ButtonsProps {
  readonly onCancel: () => void;
  readonly isActing: boolean;
  readonly isReady: boolean;
}

function Buttons({ onCancel, isActing, isReady }: ButtonsProps) {
  return (
    <Group justify="flex-end" mt="xs">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" loading={isActing} disabled={!isReady} data-autofocus>
        Save override
      </Button>
    </Group>
  );
}

function OverrideForm({ planned, onClose, onSaved }: OverrideFormProps) {
  const { schedule, shift } = planned;
  const zone = schedule.timeZone;
  const viewer = useViewerIfKnown();
  const [{ data }] = useQuery({ query: peopleQuery, variables: {} });
  const [personId, setPersonId] = useState<string | null>(viewer?.person.id ?? null);
  const [from, setFrom] = useState(() => localIn(zone, startOf(planned)));
  const [until, setUntil] = useState(() => {
    const start = startOf(planned);
    return localIn(zone, shift === null ? start + 8 * hourMs : Math.max(start + hourMs, Date.parse(shift.endsAt)));
  });
  const [reason, setReason] = useState('');
  const { act, isActing } = useAct();
  const startsAt = instantIn(zone, from);
  const endsAt = instantIn(zone, until);
  const isWrong = !(endsAt > startsAt);
  const done = () => {
    onSaved();
    onClose();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (personId === null || isWrong) return;
    const times = { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
    const input = { scheduleId: schedule.id, personId, ...times, reason: reason.trim() || null };
    if (await act(createOverride, { input }, 'Override saved')) done();
  };
  const remove = async (id: string) => {
    if (await act(deleteOverride, { id }, 'Override removed')) done();
  };
  const override = shift?.override ?? null;
  return (
    <form className="oncall-form" onSubmit={(event) => void save(event)}>
      {override && <Existing override={override} isActing={isActing} onRemove={(id) => void remove(id)} />}
      <Select
        label="Who takes over"
        data={(data?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={personId}
        onChange={setPersonId}
        searchable
        required
      />
      <Times zone={zone} from={from} until={until} setFrom={setFrom} setUntil={setUntil} isWrong={isWrong} />
      {!isWrong && !clocksAgree(zone, ownZone, startsAt) && (
        <p className="oncall-note">
          By your clock: {whenIn(ownZone, startsAt)} – {whenIn(ownZone, endsAt)}
        </p>
      )}
      <TextInput
        label="Reason"
        placeholder="Dentist, swapped with Ada …"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
      />
      <Buttons onCancel={onClose} isActing={isActing} isReady={personId !== null && !isWrong} />
    </form>
  );
}

interface OverrideDialogProps {
  readonly planned: Planned | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Somebody else for some hours: of overrides that overlap the one made last counts. */
export function OverrideDialog({ planned, onClose, onSaved }: OverrideDialogProps) {
  return (
    <Modal opened={planned !== null} onClose={onClose} title={`Override ${planned?.schedule.name ?? ''}`} size="lg">
      {planned && <OverrideForm planned={planned} onClose={onClose} onSaved={onSaved} />}
    </Modal>
  );
}
