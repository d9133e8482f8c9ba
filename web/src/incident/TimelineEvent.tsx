import { Link } from '@tanstack/react-router';
import { eventSigns } from '../ui/eventSigns.ts';
import { Ago, Clock } from '../ui/Time.tsx';
import { ChangeLinks } from './ChangeLinks.tsx';
import { NoteEntry } from './notes/NoteEntry.tsx';
import type { TimelineEntry } from './timelineGroups.ts';
import { Why } from './Why.tsx';

/** The opening names what fired: an incident alone opens for nobody. */
function summaryOf({ event, companion }: TimelineEntry): string {
  return event.kind === 'INCIDENT_OPENED' && companion ? `Opened: ${companion.summary}` : event.summary;
}

/** What the row says. Another incident that it names is a link there; one that it does not name stands behind. */
function Summary({ entry }: { readonly entry: TimelineEntry }) {
  const summary = summaryOf(entry);
  const related = entry.event.relatedIncident;
  if (!related) return summary;
  const [before = '', ...rest] = summary.split(new RegExp(`${related.reference}(?!\\d)`));
  return (
    <>
      {rest.length > 0 ? before : `${summary} `}
      <Link to="/incidents/$number" params={{ number: String(related.number) }}>
        {related.reference}
      </Link>
      {rest.join(related.reference)}
    </>
  );
}

/** One row of the log, or two that tell of one happening. */
export function TimelineEvent({ entry }: { readonly entry: TimelineEntry }) {
  const { event } = entry;
  const explanation = event.explanation ?? entry.companion?.explanation;
  const Sign = eventSigns[event.kind];
  const isOwnNote = event.kind === 'INCIDENT_NOTE_ADDED' && event.noteEntry !== null;
  return (
    <li className="event" data-testid="timeline-event" data-kind={event.kind} data-actor={event.actor.kind}>
      <span className="event-sign">
        <Sign size={14} stroke={2} aria-hidden="true" />
      </span>
      <div className="event-body">
        <p className="event-summary">
          <Summary entry={entry} />
        </p>
        {event.change && (
          <p className="change-links">
            {event.reason && <span className="muted">{event.reason}</span>}
            <ChangeLinks links={event.change.links} />
          </p>
        )}
        {isOwnNote && event.noteEntry && <NoteEntry noteId={event.noteEntry.id} fallback={event.note} />}
        {!isOwnNote && event.note && <blockquote className="event-note">{event.note}</blockquote>}
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
