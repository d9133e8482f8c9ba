import { Link } from '@tanstack/react-router';
import { eventSigns } from '../ui/eventSigns.ts';
import { NothingYet } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import type { RecentEvent } from './overviewQuery.ts';

/** The sentence speaks of "the incident": its number stands before it, and its title below unless the sentence has it. */
function What({ event: { summary, incident } }: { readonly event: RecentEvent }) {
  if (!incident) return summary;
  return (
    <>
      <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="recent-link">
        <span className="reference">{incident.reference}</span> {summary}
      </Link>
      {!summary.includes(incident.title) && (
        <span className="recent-title muted" title={incident.title}>
          {incident.title}
        </span>
      )}
    </>
  );
}

function EventLine({ event }: { readonly event: RecentEvent }) {
  const Sign = eventSigns[event.kind];
  return (
    <li className="recent-row" data-kind={event.kind}>
      <Sign size={16} stroke={1.7} aria-hidden="true" />
      <span className="recent-what">
        <What event={event} />
      </span>
      <span className="muted recent-when">
        <Ago at={event.occurredAt} />
      </span>
    </li>
  );
}

/** What changed lately, newest first. */
export function RecentEvents({ events }: { readonly events: readonly RecentEvent[] }) {
  return (
    <section className="panel recent" aria-label="Recent changes">
      <h2 className="panel-title">Recent changes</h2>
      {events.length === 0 ? (
        <NothingYet title="No changes yet" />
      ) : (
        <ol>
          {events.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ol>
      )}
    </section>
  );
}
