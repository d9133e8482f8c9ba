import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { CombinedError } from 'urql';
import { client } from '../graphql/client.ts';
import type { TimelineRow } from '../graphql/incidentFields.ts';
import { onRefetchAll } from '../graphql/refetching.ts';
import { useLiveEvents } from '../live/useLiveEvents.ts';
import { timelineQuery, timelineSubscription } from './incidentQuery.ts';

export interface Timeline {
  /** Oldest first, each event once. Null until the first page has come. */
  readonly events: readonly TimelineRow[] | null;
  readonly error: CombinedError | null;
  readonly retry: () => void;
}

interface Loaded {
  readonly incidentId: string;
  readonly events: readonly TimelineRow[];
  /** Where the live part begins; null while pages are still being read. */
  readonly liveAfter: string | null;
}

function withEvent(events: readonly TimelineRow[], event: TimelineRow): readonly TimelineRow[] {
  return events.some(({ id }) => id === event.id) ? events : [...events, event];
}

function readPage(id: string, after: string | null) {
  return client.query(timelineQuery, { id, after }, { requestPolicy: 'network-only' }).toPromise();
}

/** The whole log of one incident: what is stored, page by page, then live behind the last cursor of the pages. */
export function useTimeline(incidentId: string): Timeline {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const [turn, setTurn] = useState(0);
  const retry = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => onRefetchAll(retry), [retry]);

  const load = useEffectEvent(async (isWanted: () => boolean) => {
    const events: TimelineRow[] = [];
    let after: string | null = null;
    for (;;) {
      const result = await readPage(incidentId, after);
      if (!isWanted()) return;
      setError(result.error ?? null);
      const page = result.data?.incident?.timeline;
      if (!page) return;
      events.push(...page.edges.map(({ node }) => node));
      after = page.pageInfo.endCursor ?? page.edges.at(-1)?.cursor ?? after;
      setLoaded({ incidentId, events: [...events], liveAfter: page.pageInfo.hasNextPage ? null : after });
      if (!page.pageInfo.hasNextPage) return;
    }
  });
  useEffect(() => {
    let isCurrent = true;
    // oxlint-disable-next-line react/set-state-in-effect -- state is set when an answer has come, never at once
    void load(() => isCurrent);
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new `turn` asks for all of it again
  }, [incidentId, turn]);

  const mine = loaded?.incidentId === incidentId ? loaded : null;
  useLiveEvents({
    query: timelineSubscription,
    variables: mine?.liveAfter ? { incidentId, after: mine.liveAfter } : null,
    onData: ({ incidentTimeline: { node } }) =>
      setLoaded((before) => before && { ...before, events: withEvent(before.events, node) }),
  });
  return { events: mine?.events ?? null, error, retry };
}
