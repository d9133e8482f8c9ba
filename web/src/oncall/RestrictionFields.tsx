import { ActionIcon, Chip, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { everyDay, type RestrictionDraft } from './scheduleDraft.ts';

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface RestrictionFieldsProps {
  readonly restriction: RestrictionDraft;
  readonly onChange: (next: RestrictionDraft) => void;
  readonly onRemove: () => void;
}

/** When in the week the layer counts; an end at or before the start is on the day after. */
export function RestrictionFields({ restriction, onChange, onRemove }: RestrictionFieldsProps) {
  const { weekdays, from, until } = restriction;
  return (
    <div className="restriction">
      <Chip.Group
        multiple
        value={weekdays.map(String)}
        onChange={(days) => onChange({ ...restriction, weekdays: days.map(Number).toSorted((a, b) => a - b) })}
      >
        <div className="restriction-days">
          {everyDay.map((day) => (
            <Chip key={day} value={String(day)} size="xs">
              {dayNames[day - 1]}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <div className="restriction-times">
        <TextInput
          type="time"
          aria-label="From"
          value={from}
          onChange={(event) => onChange({ ...restriction, from: event.currentTarget.value })}
        />
        <span className="muted">to</span>
        <TextInput
          type="time"
          aria-label="To"
          value={until}
          onChange={(event) => onChange({ ...restriction, until: event.currentTarget.value })}
        />
        <span className="muted">{until <= from ? 'next day' : ''}</span>
        <ActionIcon variant="subtle" color="gray" aria-label="Remove these times" onClick={onRemove}>
          <IconX size={15} aria-hidden="true" />
        </ActionIcon>
      </div>
    </div>
  );
}
