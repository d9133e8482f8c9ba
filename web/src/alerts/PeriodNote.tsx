import { CloseButton } from '@mantine/core';
import type { SearchControls } from '../lists/useSearchControls.ts';
import type { AlertSearch } from './alertSearch.ts';

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

/** The period of the address, which other screens link to; it can only be taken away here. */
export function PeriodNote({ controls: { search, change } }: { readonly controls: SearchControls<AlertSearch> }) {
  const { startedAfter, startedBefore } = search;
  if (!startedAfter && !startedBefore) return null;
  const from = startedAfter ? ` from ${format.format(Date.parse(startedAfter))}` : '';
  const to = startedBefore ? ` until ${format.format(Date.parse(startedBefore))}` : '';
  return (
    <span className="explorer-period">
      started{from}
      {to}
      <CloseButton
        size="xs"
        aria-label="Any time"
        onClick={() => change({ startedAfter: undefined, startedBefore: undefined })}
      />
    </span>
  );
}
