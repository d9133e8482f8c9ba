export type TimelineFilter = 'all' | 'people' | 'alerts' | 'notes';

export const timelineFilters: readonly TimelineFilter[] = ['all', 'people', 'alerts', 'notes'];

export interface TimelineSearch {
  readonly show?: Exclude<TimelineFilter, 'all'>;
}

/** The kinds of events to show, from the address. Anything unknown shows all. */
export function parseTimelineSearch(search: Record<string, unknown>): TimelineSearch {
  const show = search['show'];
  return show === 'people' || show === 'alerts' || show === 'notes' ? { show } : {};
}
