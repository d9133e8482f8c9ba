import { Button, Popover, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { defaultRange } from './analyticsSearch.ts';
import { rangeNames, rangeWords } from './period.ts';
import { type Analytics, timeZone } from './useAnalytics.ts';

const shortNames = { '24h': '24 h', '7d': '7 d', '30d': '30 d', '90d': '90 d' } as const;
const format = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** What `datetime-local` wants: local time to the minute. */
function localMinute(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function CustomForm({
  analytics: { period, change },
  onDone,
}: {
  readonly analytics: Analytics;
  readonly onDone: () => void;
}) {
  const [from, setFrom] = useState(localMinute(period.from));
  const [to, setTo] = useState(localMinute(period.to));
  const isBackwards = Boolean(from && to) && from >= to;
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (!from || !to || isBackwards) return;
    change({ range: undefined, from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    onDone();
  };
  return (
    <form onSubmit={apply}>
      <Stack gap="sm">
        <TextInput
          type="datetime-local"
          label="From"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          required
        />
        <TextInput
          type="datetime-local"
          label="To"
          value={to}
          error={isBackwards ? 'The end must come after the beginning' : null}
          onChange={(event) => setTo(event.currentTarget.value)}
          required
        />
        <Button type="submit">Show this period</Button>
      </Stack>
    </form>
  );
}

/** Which period; the times are the viewer's. */
export function RangePicker({ analytics }: { readonly analytics: Analytics }) {
  const { search, period, change } = analytics;
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const isCustom = search.from !== undefined;
  return (
    <div className="range">
      <SegmentedControl
        size="xs"
        aria-label="Period"
        className="range-names"
        value={isCustom ? '' : (search.range ?? defaultRange)}
        onChange={(range) => change({ range, from: undefined, to: undefined })}
        data={rangeNames.map((value) => ({
          value,
          label: (
            <>
              <span aria-hidden="true">{shortNames[value]}</span>
              <span className="visually-hidden">{rangeWords[value]}</span>
            </>
          ),
        }))}
      />
      <Popover opened={isOpen} onChange={close} position="bottom-start" shadow="md" trapFocus>
        <Popover.Target>
          <Button
            variant={isCustom ? 'light' : 'default'}
            size="xs"
            leftSection={<IconCalendar size={14} stroke={1.7} aria-hidden="true" />}
            onClick={toggle}
          >
            {isCustom ? `${format.format(period.from)} – ${format.format(period.to)}` : 'Custom'}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className="analytics-popover">
          <CustomForm analytics={analytics} onDone={close} />
        </Popover.Dropdown>
      </Popover>
      <span className="range-zone muted">{timeZone}</span>
    </div>
  );
}
