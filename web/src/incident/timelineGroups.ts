import type { EventKind } from '../graphql/graphql.ts';
import type { TimelineRow } from '../graphql/incidentFields.ts';
import type { TimelineFilter } from './timelineSearch.ts';

/** One row: an event, and the second event that tells of the same happening, if there is one. */
export interface TimelineEntry {
  readonly key: string;
  readonly event: TimelineRow;
  /**
   * `INCIDENT_OPENED` with the `ALERT_OPENED` that opened it; in the log of older versions also `ALERT_OPENED` with its
   * `INCIDENT_ALERT_JOINED`.
   */
  readonly companion: TimelineRow | null;
}

/** A run of entries of alerts of one kind, or a single entry. */
export interface TimelineGroup {
  readonly key: string;
  readonly kind: EventKind;
  readonly entries: readonly TimelineEntry[];
}

/** Shorter runs are shown entry by entry. */
const foldFrom = 6;

const isOfAlerts = ({ kind }: TimelineRow): boolean =>
  kind.startsWith('ALERT_') || kind === 'INCIDENT_ALERT_JOINED' || kind === 'INCIDENT_ALERT_LEFT';

function matchesTimelineFilter(event: TimelineRow, filter: TimelineFilter): boolean {
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

/**
 * What belongs together. The log has no word for it, but what is recorded at once has one time: an alert that joins
 * later, by a merge or a split, has another.
 */
function pairName(event: TimelineRow): string | null {
  return event.alert && `${event.alert.id} ${event.occurredAt}`;
}

function companionsOf(events: readonly TimelineRow[]): ReadonlyMap<TimelineRow, TimelineRow> {
  const joins = new Map<string, TimelineRow>();
  const openings = new Map<string, TimelineRow>();
  for (const event of events) {
    const name = pairName(event);
    if (event.kind === 'INCIDENT_ALERT_JOINED' && name) joins.set(name, event);
    if (event.kind === 'INCIDENT_OPENED' && event.explanation) openings.set(event.occurredAt, event);
  }
  const companions = new Map<TimelineRow, TimelineRow>();
  for (const event of events) {
    if (event.kind !== 'ALERT_OPENED') continue;
    const joined = joins.get(pairName(event) ?? '');
    const opening = openings.get(event.occurredAt);
    if (joined) companions.set(event, joined);
    // Only the first alert opens the incident; the others at that moment join it, and most say so themselves.
    else if (opening && (event.explanation?.outcome ?? 'opened') === 'opened' && !companions.has(opening))
      companions.set(opening, event);
  }
  return companions;
}

/** An entry stands where the earlier of its events stands, and is named after it: it stays when the other comes. */
function entriesOf(events: readonly TimelineRow[]): readonly TimelineEntry[] {
  const companions = companionsOf(events);
  const leaders = new Map([...companions].map(([leader, companion]) => [companion, leader]));
  const isDone = new Set<TimelineRow>();
  return events.flatMap((each) => {
    const event = leaders.get(each) ?? each;
    if (isDone.has(event)) return [];
    isDone.add(event);
    return [{ key: each.id, event, companion: companions.get(event) ?? null }];
  });
}

function runsOf(entries: readonly TimelineEntry[]): readonly TimelineEntry[][] {
  const runs: TimelineEntry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run && run[0]?.event.kind === entry.event.kind && isOfAlerts(entry.event)) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

/** Changes stand where they happened: they are told late, as the likely cause of what stands in the log already. */
function byTime(events: readonly TimelineRow[]): readonly TimelineRow[] {
  const isChange = ({ kind }: TimelineRow): boolean => kind === 'INCIDENT_CHANGE_FOUND';
  const changes = events.filter(isChange).toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
  if (changes.length === 0) return events;
  const ordered: TimelineRow[] = [];
  let placed = 0;
  for (const event of events) {
    if (isChange(event)) continue;
    for (let next = changes[placed]; next && next.occurredAt <= event.occurredAt; next = changes[++placed]) {
      ordered.push(next);
    }
    ordered.push(event);
  }
  return [...ordered, ...changes.slice(placed)];
}

/** Newest first. In a storm hundreds of alerts join: long runs are folded, so that what people did stays in sight. */
export function timelineGroups(events: readonly TimelineRow[], filter: TimelineFilter): readonly TimelineGroup[] {
  const shown = byTime(events).filter((event) => matchesTimelineFilter(event, filter));
  const runs = runsOf(entriesOf(shown)).flatMap((run) => (run.length < foldFrom ? run.map((entry) => [entry]) : [run]));
  return runs
    .flatMap((run) => {
      const oldest = run[0];
      // The oldest of a run names it: new ones join at the other end, and an opened fold stays open.
      return oldest ? [{ key: oldest.key, kind: oldest.event.kind, entries: run.toReversed() }] : [];
    })
    .toReversed();
}
