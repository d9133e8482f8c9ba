import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { ownZone } from '../../maintenance/zonedTime.ts';
import { whenIn } from '../../oncall/zoned.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { useNow } from '../../ui/useNow.ts';
import { CalendarLinks } from './CalendarLinks.tsx';
import './shifts.css';
import { myShiftsQuery } from './shiftsQueries.ts';

const dayMs = 86_400_000;
const shownDays = 60;

/** When the viewer is on call, in the time of this browser, and as an address for a calendar program. */
export function ShiftsPart() {
  const [from] = useState(() => Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const variables = { from: new Date(from).toISOString(), to: new Date(from + shownDays * dayMs).toISOString() };
  const { data, error, refetch } = useLiveQuery({ query: myShiftsQuery, variables });
  const now = useNow('slow');
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={3} />;
  const shifts = data.shiftsOf.filter(({ endsAt }) => Date.parse(endsAt) > now);
  return (
    <div className="shifts">
      {shifts.length === 0 ? (
        <p className="muted">You are not on call in the next {shownDays} days.</p>
      ) : (
        <ol className="shifts-list" aria-label="My shifts">
          {shifts.slice(0, 10).map((shift) => {
            const isNow = Date.parse(shift.startsAt) <= now;
            return (
              <li key={`${shift.schedule?.id} ${shift.startsAt}`} data-now={isNow || undefined}>
                <b>{isNow ? 'Now' : whenIn(ownZone, shift.startsAt)}</b>
                <span className="muted">until {whenIn(ownZone, shift.endsAt)}</span>
                {shift.schedule && (
                  <Link to="/on-call/$schedule" params={{ schedule: shift.schedule.id }}>
                    {shift.schedule.name}
                  </Link>
                )}
                {shift.override && <span className="muted">by override</span>}
              </li>
            );
          })}
        </ol>
      )}
      <CalendarLinks feeds={data.calendarFeeds} onChanged={refetch} />
    </div>
  );
}
