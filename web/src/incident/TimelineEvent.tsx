import { Link } from '@tanstack/react-router';
import type { TimelineRow } from '../graphql/incidentFields.ts';
import { eventSigns } from '../ui/eventSigns.ts';
import { Ago, Clock } from '../ui/Time.tsx';
import { Why } from './Why.tsx';

/** One row of the log. */
export function TimelineEvent({ event }: { readonly event: TimelineRow }) {
  const Sign = eventSigns[event.kind];
  return (
    <li className="event" data-testid="timeline-event" data-kind={event.kind} data-actor={event.actor.kind}>
      <span className="event-sign">
        <Sign size={14} stroke={2} aria-hidden="true" />
      </span>
      <div className="event-body">
        <p className="event-summary">
          {event.summary}
          {event.relatedIncident && (
            <>
              {' '}
              <Link to="/incidents/$number" params={{ number: String(event.relatedIncident.number) }}>
                {event.relatedIncident.reference}
              </Link>
            </>
          )}
        </p>
        {event.note && <blockquote className="event-note">{event.note}</blockquote>}
        {event.explanation && event.kind === 'INCIDENT_ALERT_JOINED' && <Why explanation={event.explanation} />}
      </div>
      <span className="event-when muted">
        <Clock at={event.occurredAt} />
        <span className="event-ago">
          <Ago at={event.occurredAt} />
        </span>
      </span>
    </li>
  );
}
