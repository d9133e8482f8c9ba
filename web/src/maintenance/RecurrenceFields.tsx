import { Chip, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { DraftFieldsProps } from './MaintenanceForm.tsx';
import {
  places,
  placeWords,
  printRecurrence,
  type Recurrence,
  recurrenceWords,
  weekdays,
  weekdayWords,
} from './recurrence.ts';

interface FieldsProps<Kind extends Recurrence['kind']> {
  readonly recurrence: Extract<Recurrence, { readonly kind: Kind }>;
  readonly onChange: (recurrence: Recurrence) => void;
}

const kinds = [
  { value: 'daily', label: 'every day' },
  { value: 'weekly', label: 'every week on …' },
  { value: 'monthlyDay', label: 'every month on day …' },
  { value: 'monthlyWeekday', label: 'every month on the first … last weekday' },
  { value: 'raw', label: 'by a rule of your own (RRULE)' },
] as const satisfies readonly { readonly value: Recurrence['kind']; readonly label: string }[];

const units = { daily: 'days', weekly: 'weeks', monthlyDay: 'months', monthlyWeekday: 'months' } as const;

/** Another way to recur, as close to what was there as it gets. */
function switched(kind: string, before: Recurrence): Recurrence {
  const interval = before.kind === 'raw' ? 1 : before.interval;
  switch (kind) {
    case 'daily':
      return { kind, interval };
    case 'monthlyDay':
      return { kind, interval, day: 1 };
    case 'monthlyWeekday':
      return { kind, interval, place: -1, weekday: 'SU' };
    case 'raw':
      return { kind, text: printRecurrence(before) };
    default:
      return { kind: 'weekly', interval, days: ['SA'] };
  }
}

function Days({ recurrence, onChange }: FieldsProps<'weekly'>) {
  return (
    <Chip.Group
      multiple
      value={[...recurrence.days]}
      onChange={(days) => onChange({ ...recurrence, days: weekdays.filter((day) => days.includes(day)) })}
    >
      <Group gap="0.375rem" role="group" aria-label="On these days">
        {weekdays.map((day) => (
          <Chip key={day} value={day} size="xs" variant="outline">
            {weekdayWords[day].slice(0, 3)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function MonthDay({ recurrence, onChange }: FieldsProps<'monthlyDay'>) {
  const days = Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: `day ${index + 1}` }));
  return (
    <NativeSelect
      label="On"
      value={String(recurrence.day)}
      onChange={(event) => onChange({ ...recurrence, day: Number(event.currentTarget.value) })}
      data={[...days, { value: '-1', label: 'the last day' }]}
    />
  );
}

function MonthWeekday({ recurrence, onChange }: FieldsProps<'monthlyWeekday'>) {
  return (
    <div className="maintenance-pair">
      <NativeSelect
        label="On the"
        value={String(recurrence.place)}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...recurrence, place: places.find((place) => String(place) === value) ?? 1 })
        }
        data={places.map((place) => ({ value: String(place), label: placeWords[place] }))}
      />
      <NativeSelect
        label="weekday"
        value={recurrence.weekday}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...recurrence, weekday: weekdays.find((day) => day === value) ?? 'SU' })
        }
        data={weekdays.map((day) => ({ value: day, label: weekdayWords[day] }))}
      />
    </div>
  );
}

function Details({ recurrence, onChange }: FieldsProps<Recurrence['kind']>) {
  switch (recurrence.kind) {
    case 'daily':
      return null;
    case 'weekly':
      return <Days recurrence={recurrence} onChange={onChange} />;
    case 'monthlyDay':
      return <MonthDay recurrence={recurrence} onChange={onChange} />;
    case 'monthlyWeekday':
      return <MonthWeekday recurrence={recurrence} onChange={onChange} />;
    case 'raw':
      return (
        <TextInput
          label="RRULE"
          description="As calendars write it (RFC 5545), e.g. FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24."
          value={recurrence.text}
          onChange={(event) => onChange({ kind: 'raw', text: event.currentTarget.value })}
          classNames={{ input: 'mono' }}
          maxLength={300}
        />
      );
  }
}

/** How a window comes again, in words; it writes an RRULE. */
export function RecurrenceFields({ draft, set }: DraftFieldsProps) {
  const { recurrence } = draft;
  if (!recurrence) return null;
  const onChange = (next: Recurrence) => set({ recurrence: next });
  return (
    <div className="recurrence">
      <div className="maintenance-pair">
        <NativeSelect
          label="How often"
          value={recurrence.kind}
          onChange={(event) => onChange(switched(event.currentTarget.value, recurrence))}
          data={kinds.map((each) => ({ ...each }))}
        />
        {recurrence.kind !== 'raw' && (
          <NumberInput
            label={`Every so many ${units[recurrence.kind]}`}
            value={recurrence.interval}
            onChange={(value) => onChange({ ...recurrence, interval: Math.max(1, Number(value) || 1) })}
            min={1}
            max={366}
            allowDecimal={false}
          />
        )}
      </div>
      <Details recurrence={recurrence} onChange={onChange} />
      <p className="muted recurrence-said">
        {recurrence.kind === 'raw' ? 'It comes' : `It comes ${recurrenceWords(printRecurrence(recurrence))}:`}{' '}
        <code className="mono">{printRecurrence(recurrence) || '…'}</code>
      </p>
    </div>
  );
}
