import { Button } from '@mantine/core';
import { IconCalendarShare } from '@tabler/icons-react';
import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { createFeed, deleteFeed, type myShiftsQuery } from './shiftsQueries.ts';

interface CalendarLinksProps {
  readonly feeds: ResultOf<typeof myShiftsQuery>['calendarFeeds'];
  readonly onChanged: () => void;
}

interface FeedsProps extends Pick<CalendarLinksProps, 'feeds'> {
  readonly isActing: boolean;
  readonly onRemove: (id: string) => void;
}

function Feeds({ feeds, isActing, onRemove }: FeedsProps) {
  if (feeds.length === 0) return null;
  return (
    <ul className="shifts-feeds" aria-label="Calendar addresses">
      {feeds.map(({ id, schedule, createdAt, lastReadAt }) => (
        <li key={id}>
          <span>{schedule?.name ?? 'My shifts'}</span>
          <span className="muted">
            made <Ago at={createdAt} />,{' '}
            {lastReadAt === null ? (
              'never read'
            ) : (
              <>
                read <Ago at={lastReadAt} />
              </>
            )}
          </span>
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => onRemove(id)} disabled={isActing}>
            Take back
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Whoever has such an address reads the shifts without signing in: it is shown once, and can be taken back. */
export function CalendarLinks({ feeds, onChanged }: CalendarLinksProps) {
  const [address, setAddress] = useState<string | null>(null);
  const { act, isActing } = useAct();
  const make = async () => {
    const made = await act(createFeed, { scheduleId: null });
    if (!made) return;
    setAddress(new URL(made.createCalendarFeed.url, location.origin).href);
    onChanged();
  };
  const remove = async (id: string) => {
    if (!(await act(deleteFeed, { id }, 'Calendar address taken back'))) return;
    setAddress(null);
    onChanged();
  };
  return (
    <div className="shifts-calendar">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconCalendarShare size={15} stroke={1.8} aria-hidden="true" />}
        onClick={() => void make()}
        loading={isActing}
      >
        Subscribe in my calendar
      </Button>
      {address !== null && (
        <p className="shifts-address" role="status">
          <span>
            Add this address to your calendar program. It is shown this once, and whoever has it reads your shifts.
          </span>
          <code>{address}</code>
          <CopyButton text={address} label="Copy the address" />
        </p>
      )}
      <Feeds feeds={feeds} isActing={isActing} onRemove={(id) => void remove(id)} />
    </div>
  );
}
