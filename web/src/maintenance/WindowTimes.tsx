import { Select, Switch, TextInput } from '@mantine/core';
import { DurationInput } from '../rules/DurationInput.tsx';
import type { DraftFieldsProps } from './MaintenanceForm.tsx';
import { RecurrenceFields } from './RecurrenceFields.tsx';
import { timeZones } from './zonedTime.ts';

function Once({ draft, set }: DraftFieldsProps) {
  return (
    <div className="maintenance-pair">
      <TextInput
        type="datetime-local"
        label="Begins"
        value={draft.startsLocal}
        onChange={(event) => set({ startsLocal: event.currentTarget.value })}
        required
      />
      <TextInput
        type="datetime-local"
        label="Ends"
        value={draft.endsLocal}
        onChange={(event) => set({ endsLocal: event.currentTarget.value })}
        required
      />
    </div>
  );
}

function Recurring({ draft, set }: DraftFieldsProps) {
  return (
    <>
      <RecurrenceFields draft={draft} set={set} />
      <div className="maintenance-pair">
        <TextInput
          type="datetime-local"
          label="First on or after"
          description="The time of day is that of every one."
          value={draft.startsLocal}
          onChange={(event) => set({ startsLocal: event.currentTarget.value })}
          required
        />
        <DurationInput
          label="For"
          description="Each time."
          seconds={draft.durationSeconds}
          onChange={(durationSeconds) => set({ durationSeconds })}
          min={1}
        />
      </div>
      <div className="maintenance-pair">
        <Select
          label="Time zone"
          description="Whose clocks count."
          value={draft.timeZone}
          onChange={(timeZone) => timeZone && set({ timeZone })}
          data={timeZones}
          searchable
          allowDeselect={false}
          maxDropdownHeight={200}
        />
        <TextInput
          type="datetime-local"
          label="Until"
          description="Empty: until somebody ends it."
          value={draft.endsLocal}
          onChange={(event) => set({ endsLocal: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

/** When a planned window is: once, or again and again. */
export function WindowTimes({ draft, set }: DraftFieldsProps) {
  return (
    <>
      <Switch
        label="It comes again"
        checked={draft.recurrence !== null}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { recurrence: { kind: 'weekly', interval: 1, days: ['SA'] }, endsLocal: '' }
              : { recurrence: null },
          )
        }
      />
      {draft.recurrence ? <Recurring draft={draft} set={set} /> : <Once draft={draft} set={set} />}
    </>
  );
}
