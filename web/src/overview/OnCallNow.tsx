import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { graphql } from '../graphql/graphql.ts';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Avatar } from '../ui/Avatar.tsx';

const onCallNowQuery = graphql(`
  query OnCallNow {
    schedules {
      id
      name
      onCallNow {
        id
        name
      }
    }
  }
`);

/** A shift ends without an incident changing. */
const pollMs = 60_000;

/** Who would be woken now, by schedule; a gap is said loudly. Nothing while nobody has made a schedule. */
export function OnCallNow() {
  const { data, refetch } = useLiveQuery({ query: onCallNowQuery, variables: {} });
  useEffect(() => {
    const timer = setInterval(refetch, pollMs);
    return () => clearInterval(timer);
  }, [refetch]);
  const schedules = data?.schedules ?? [];
  if (schedules.length === 0) return null;
  return (
    <section className="panel on-call-now" aria-label="On call now">
      <h2 className="panel-title">On call now</h2>
      <ul>
        {schedules.map(({ id, name, onCallNow }) => (
          <li key={id}>
            {onCallNow ? <Avatar name={onCallNow.name} /> : <span className="on-call-gap">!</span>}
            <span>
              <strong data-gap={onCallNow === null || undefined}>{onCallNow?.name ?? 'Nobody'}</strong>{' '}
              <Link to="/on-call/$schedule" params={{ schedule: id }} className="muted on-call-of">
                {name}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
