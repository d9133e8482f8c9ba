import type { TimelineRow } from '../graphql/incidentFields.ts';
import type { TimelineFilter } from './timelineSearch.ts';

/** A run of alert events of one kind, or a single event. */
export interface TimelineGroup {
  readonly key: string;
  readonly events: readonly TimelineRow[];
}

/** Shorter runs are shown event by event. */
const foldFrom = 6;

const isOfAlerts = (event: TimelineRow): boolean =>
  event.kind.startsWith('ALERT_') || event.kind === 'INCIDENT_ALERT_JOINED' || event.kind === 'INCIDENT_ALERT_LEFT';

export function matchesTimelineFilter(event: TimelineRow, filter: TimelineFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'people':
      return event.actor.kind === 'PERSON';
    case 'alerts':
      return isOfAlerts(event);
    case 'notes':
      return event.kind === 'INCIDENT_NOTE_ADDED' || event.note !== null;
  }
}

function runsOf(events: readonly TimelineRow[]): readonly TimelineRow[][] {
  const runs: TimelineRow[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run && run[0]?.kind === event.kind && isOfAlerts(event)) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

/** Newest first. In a storm hundreds of alerts join: long runs are folded, so that what people did stays in sight. */
export function timelineGroups(events: readonly TimelineRow[], filter: TimelineFilter): readonly TimelineGroup[] {
  const shown = events.filter((event) => matchesTimelineFilter(event, filter));
  const groups = runsOf(shown).flatMap((run) => (run.length < foldFrom ? run.map((event) => [event]) : [run]));
  // The oldest event of a run names it: new ones join at the other end, and an opened fold stays open.
  return groups.map((run) => ({ key: run[0]?.id ?? '', events: run.toReversed() })).toReversed();
}
