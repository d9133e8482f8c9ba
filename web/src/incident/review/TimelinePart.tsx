import { Checkbox, ScrollArea } from '@mantine/core';
import type { Review } from '../../reviews/reviewQueries.ts';
import { Clock } from '../../ui/Time.tsx';
import { useTimeline } from '../useTimeline.ts';
import { Part } from './Part.tsx';
import { useDetailsDraft } from './useDetailsDraft.ts';

type Entries = Review['timeline'];

const most = 200;

const inputOf = (timeline: Entries) => ({
  timeline: timeline.map(({ occurredAt, text, eventId }) => ({ occurredAt, text, eventId })),
});

function Read({ entries }: { readonly entries: Entries }) {
  return (
    <ol className="review-timeline">
      {entries.map((entry, index) => (
        <li key={entry.eventId ?? index}>
          <span className="muted">
            <Clock at={entry.occurredAt} />
          </span>
          <span>{entry.text}</span>
        </li>
      ))}
    </ol>
  );
}

interface PickProps {
  readonly incidentId: string;
  readonly entries: Entries;
  readonly set: (entries: Entries) => void;
}

/** Everything that the log has, to be ticked; a note brings its text along. */
function Pick({ incidentId, entries, set }: PickProps) {
  const { events } = useTimeline(incidentId);
  const picked = new Set(entries.map(({ eventId }) => eventId));
  const toggle = (event: NonNullable<typeof events>[number]) => {
    if (picked.has(event.id)) return set(entries.filter(({ eventId }) => eventId !== event.id));
    const text = (event.note ? `${event.summary}: ${event.note}` : event.summary).slice(0, 2_000);
    const entry = { occurredAt: event.occurredAt, text, eventId: event.id };
    set([...entries, entry].toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt)));
  };
  if (!events) return <p className="muted">Reading the log…</p>;
  return (
    <ScrollArea.Autosize mah="24rem" type="auto">
      <ul className="pick">
        {events.map((event) => (
          <li key={event.id}>
            <Checkbox
              checked={picked.has(event.id)}
              disabled={!picked.has(event.id) && entries.length >= most}
              onChange={() => toggle(event)}
              label={
                <>
                  <span className="muted">
                    <Clock at={event.occurredAt} />
                  </span>{' '}
                  {event.summary}
                  {event.note && <span className="muted pick-note"> {event.note}</span>}
                </>
              }
            />
          </li>
        ))}
      </ul>
    </ScrollArea.Autosize>
  );
}

interface TimelinePartProps {
  readonly incidentId: string;
  readonly review: Review;
  readonly isEditable: boolean;
  readonly onSaved: () => void;
}

/** What happened, picked from the log: it keeps its words, whatever becomes of the event. */
export function TimelinePart({ incidentId, review, isEditable, onSaved }: TimelinePartProps) {
  const { draft, theirs, isSaving, ...own } = useDetailsDraft({
    incidentId,
    review,
    field: 'timeline',
    inputOf,
    onSaved,
  });
  return (
    <Part
      title="Timeline"
      hint="Tick what a reader needs to follow it."
      isEditable={isEditable}
      isEditing={draft !== null}
      isSaving={isSaving}
      theirs={theirs && <Read entries={theirs} />}
      onEdit={() => own.edit(review.timeline)}
      onCancel={own.cancel}
      onTakeTheirs={own.takeTheirs}
      onSave={() => void own.save()}
    >
      {draft === null && review.timeline.length === 0 && <p className="muted review-empty">Nothing was picked yet.</p>}
      {draft === null && review.timeline.length > 0 && <Read entries={review.timeline} />}
      {draft !== null && <Pick incidentId={incidentId} entries={draft} set={own.edit} />}
    </Part>
  );
}
