export type TimelineFilter = 'all' | 'people' | 'alerts' | 'notes';

export const timelineFilters: readonly TimelineFilter[] = ['all', 'people', 'alerts', 'notes'];

export interface TimelineSearch {
  readonly show?: Exclude<TimelineFilter, 'all'>;
  /** Which tab; the timeline without one. */
  readonly tab?: string;
}

/** The tab and the kinds of events to show, from the address. Any unknown kind shows all. */
export function parseTimelineSearch(search: Record<string, unknown>): TimelineSearch {
  const { show, tab } = search;
  return {
    ...((show === 'people' || show === 'alerts' || show === 'notes') && { show }),
    ...(typeof tab === 'string' && /^[\w-]{1,40}$/.test(tab) && tab !== 'timeline' && { tab }),
  };
}
