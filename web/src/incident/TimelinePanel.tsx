import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { EventKind } from '../graphql/graphql.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { Clock } from '../ui/Time.tsx';
import { NoteComposer } from './NoteComposer.tsx';
import { NotesProvider } from './notes/NotesProvider.tsx';
import { incidentRoute } from './route.ts';
import { TimelineEvent } from './TimelineEvent.tsx';
import { type TimelineGroup, timelineGroups } from './timelineGroups.ts';
import { parseTimelineSearch, timelineFilters } from './timelineSearch.ts';
import { useTimeline } from './useTimeline.ts';

const filterWords = { all: 'All', people: 'People', alerts: 'Alerts', notes: 'Notes' } as const;

const foldWords: Partial<Record<EventKind, string>> = {
  ALERT_OPENED: 'alerts started firing',
  ALERT_CHANGED: 'alerts changed',
  ALERT_RESOLVED: 'alerts resolved',
  ALERT_SUPERSEDED: 'alerts superseded',
  ALERT_STALE: 'alerts went stale',
  INCIDENT_ALERT_JOINED: 'alerts joined',
  INCIDENT_ALERT_LEFT: 'alerts left',
};

const shownAtFirst = 100;

function Group({ group }: { readonly group: TimelineGroup }) {
  const newest = group.entries[0];
  const oldest = group.entries.at(-1);
  if (!newest || !oldest) return null;
  if (group.entries.length === 1) return <TimelineEvent entry={newest} />;
  return (
    <li className="event-fold">
      <details>
        <summary>
          <span className="event-fold-count">{group.entries.length}</span> {foldWords[group.kind] ?? 'events'}
          <span className="muted event-when">
            <Clock at={oldest.event.occurredAt} /> – <Clock at={newest.event.occurredAt} />
          </span>
        </summary>
        <ol className="events">
          {group.entries.map((entry) => (
            <TimelineEvent key={entry.key} entry={entry} />
          ))}
        </ol>
      </details>
    </li>
  );
}

function Events({ groups }: { readonly groups: readonly TimelineGroup[] }) {
  const [limit, setLimit] = useState(shownAtFirst);
  if (groups.length === 0) return <NothingYet title="Nothing of this kind" />;
  return (
    <>
      <ol className="events" aria-live="polite" aria-relevant="additions">
        {groups.slice(0, limit).map((group) => (
          <Group key={group.key} group={group} />
        ))}
      </ol>
      {groups.length > limit && (
        <button type="button" className="link-button events-more" onClick={() => setLimit(limit + shownAtFirst)}>
          {groups.length - limit} earlier
        </button>
      )}
    </>
  );
}

/** What happened, newest first, live. */
export function TimelinePanel({ incidentId }: { readonly incidentId: string }) {
  const { events, error, retry } = useTimeline(incidentId);
  const show = incidentRoute.useSearch({ select: (raw) => parseTimelineSearch({ ...raw }).show ?? 'all' });
  const navigate = incidentRoute.useNavigate();
  return (
    <section className="panel timeline" aria-label="Timeline">
      <div className="panel-head">
        <h2 className="panel-title">Timeline</h2>
        <SegmentedControl
          size="xs"
          aria-label="Which events"
          value={show}
          onChange={(next) => void navigate({ search: parseTimelineSearch({ show: next }), replace: true })}
          data={timelineFilters.map((value) => ({ value, label: filterWords[value] }))}
        />
      </div>
      <NoteComposer incidentId={incidentId} />
      {error && !events && <Failed error={error} onRetry={retry} />}
      {!events && !error && <SkeletonRows rows={6} />}
      {events && (
        <NotesProvider incidentId={incidentId}>
          <Events groups={timelineGroups(events, show)} />
        </NotesProvider>
      )}
    </section>
  );
}
