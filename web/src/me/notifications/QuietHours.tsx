import { ActionIcon, Button, Chip, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { severities, severityWords } from '../../ui/words.ts';
import { useAct } from '../../ui/useAct.ts';
import { type NotificationSettings, type QuietHoursRow, saveRules } from './notificationQueries.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface HoursProps {
  readonly hours: QuietHoursRow;
  readonly number: number;
  readonly onChange: (patch: Partial<QuietHoursRow>) => void;
  readonly onRemove: () => void;
}

function Hours({ hours, number, onChange, onRemove }: HoursProps) {
  return (
    <li className="told-hours">
      <Chip.Group
        multiple
        value={hours.weekdays.map(String)}
        onChange={(values) => onChange({ weekdays: values.map(Number).toSorted((a, b) => a - b) })}
      >
        <Group gap={4} role="group" aria-label={`Days of quiet hours ${number}`}>
          {days.map((day, index) => (
            <Chip key={day} size="xs" value={String(index + 1)}>
              {day}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap="xs">
        <TextInput
          size="xs"
          type="time"
          aria-label={`Begin of quiet hours ${number}`}
          value={hours.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <span className="muted">until</span>
        <TextInput
          size="xs"
          type="time"
          aria-label={`End of quiet hours ${number}`}
          value={hours.until}
          onChange={(event) => onChange({ until: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          aria-label={`What comes through in quiet hours ${number}`}
          value={hours.pagesFrom ?? ''}
          data={[
            { value: '', label: 'every page comes through' },
            ...severities
              .filter((value) => value !== 'INFO')
              .map((value) => ({ value, label: `pages from ${severityWords[value].toLowerCase()} on` })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onChange({ pagesFrom: severities.find((severity) => severity === value) ?? null })
          }
        />
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove quiet hours ${number}`} onClick={onRemove}>
          <IconX size={15} aria-hidden="true" />
        </ActionIcon>
      </Group>
    </li>
  );
}

interface QuietHoursProps {
  readonly settings: NotificationSettings;
  readonly timeZone: string;
  readonly onSaved: () => void;
}

const night: QuietHoursRow = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:00', until: '07:00', pagesFrom: null };

export function QuietHours({ settings, timeZone, onSaved }: QuietHoursProps) {
  const [all, setAll] = useState<readonly QuietHoursRow[]>(settings.quietHours);
  const { act, isActing } = useAct();
  const isSame = JSON.stringify(all) === JSON.stringify(settings.quietHours);
  const isWhole = all.every(({ weekdays, from, until }) => weekdays.length > 0 && from !== '' && until !== '');
  const save = async () => {
    const quietHours = all.map(({ weekdays, from, until, pagesFrom }) => ({
      weekdays: [...weekdays],
      from: from.slice(0, 5),
      until: until.slice(0, 5),
      pagesFrom,
    }));
    if (await act(saveRules, { rules: null, quietHours }, 'Quiet hours saved')) onSaved();
  };
  return (
    <section className="told-part" aria-label="Quiet hours">
      <h3>
        Quiet hours <span className="muted">{timeZone}</span>
      </h3>
      {all.length === 0 && <p className="muted">None. Within them everything but pages waits for their end.</p>}
      <ul className="told-rules">
        {all.map((hours, index) => (
          <Hours
            // oxlint-disable-next-line react/no-array-index-key -- they have no identity but their place
            key={index}
            hours={hours}
            number={index + 1}
            onChange={(patch) => setAll(all.map((each, at) => (at === index ? { ...each, ...patch } : each)))}
            onRemove={() => setAll(all.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      <div className="told-bar">
        <Button size="xs" variant="default" onClick={() => setAll([...all, night])}>
          Add quiet hours
        </Button>
        {!isSame && (
          <Button size="xs" loading={isActing} disabled={!isWhole} onClick={() => void save()}>
            Save quiet hours
          </Button>
        )}
      </div>
    </section>
  );
}
