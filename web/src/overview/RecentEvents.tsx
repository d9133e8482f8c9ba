import { Link } from '@tanstack/react-router';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { eventSigns } from '../ui/eventSigns.ts';
import { NothingYet } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import type { RecentEvent } from './overviewQuery.ts';

interface EventLineProps {
  readonly event: RecentEvent;
  /** Known while the incident is among those on screen. */
  readonly incident: IncidentRow | undefined;
}

function EventLine({ event, incident }: EventLineProps) {
  const Sign = eventSigns[event.kind];
  return (
    <li className="recent-row" data-kind={event.kind}>
      <Sign size={16} stroke={1.7} aria-hidden="true" />
      <span className="recent-what">
        {incident && !event.summary.includes(incident.reference) && (
          <span className="reference">{incident.reference}</span>
        )}
        {incident ? (
          <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="recent-link">
            {event.summary}
          </Link>
        ) : (
          event.summary
        )}
      </span>
      <span className="muted recent-when">
        <Ago at={event.occurredAt} />
      </span>
    </li>
  );
}

interface RecentEventsProps {
  readonly events: readonly RecentEvent[];
  readonly incidents: readonly IncidentRow[];
}

/** What changed lately, newest first. */
export function RecentEvents({ events, incidents }: RecentEventsProps) {
  return (
    <section className="panel recent" aria-label="Recent changes">
      <h2 className="panel-title">Recent changes</h2>
      {events.length === 0 ? (
        <NothingYet title="No changes yet" />
      ) : (
        <ol>
          {events.map((event) => (
            <EventLine key={event.id} event={event} incident={incidents.find(({ id }) => id === event.incidentId)} />
          ))}
        </ol>
      )}
    </section>
  );
}
