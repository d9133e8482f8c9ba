import { Link } from '@tanstack/react-router';
import { eventSigns } from '../ui/eventSigns.ts';
import { Ago, Clock } from '../ui/Time.tsx';
import type { TimelineEntry } from './timelineGroups.ts';
import { Why } from './Why.tsx';

/** The opening names what fired: an incident alone opens for nobody. */
function summaryOf({ event, companion }: TimelineEntry): string {
  return event.kind === 'INCIDENT_OPENED' && companion ? `Opened: ${companion.summary}` : event.summary;
}

/** One row of the log, or two that tell of one happening. */
export function TimelineEvent({ entry }: { readonly entry: TimelineEntry }) {
  const { event } = entry;
  const explanation = event.explanation ?? entry.companion?.explanation;
  const Sign = eventSigns[event.kind];
  return (
    <li className="event" data-testid="timeline-event" data-kind={event.kind} data-actor={event.actor.kind}>
      <span className="event-sign">
        <Sign size={14} stroke={2} aria-hidden="true" />
      </span>
      <div className="event-body">
        <p className="event-summary">
          {summaryOf(entry)}
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
        {explanation && <Why explanation={explanation} />}
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
