import { useCallback, useEffect, useEffectEvent, useReducer, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { client } from '../graphql/client.ts';
import type { IncidentFilter, IncidentSort } from '../graphql/graphql.ts';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { onRefetchAll } from '../graphql/refetching.ts';
import { useIncidentChanges } from '../live/incidentFeed.ts';
import { incidentPageQuery } from './incidentsQueries.ts';
import { emptyList, isOutOfDate, type ListState, nextList } from './listState.ts';
import { matchesFilter } from './matchesFilter.ts';

const pageSize = 100;
/** Changes are shown in batches, so a storm redraws the list a few times a second and not for each event. */
const batchMs = 150;
/** How often it is looked whether the list may be read again, and how long that must be ago at least. */
const lookMs = 200;
const betweenReadsMs = 1_000;

export interface IncidentList {
  readonly state: ListState;
  readonly error: CombinedError | null;
  readonly read: () => void;
  readonly readMore: () => void;
}

interface Options {
  readonly filter: IncidentFilter;
  readonly sort: IncidentSort;
  /** Whether somebody is in the middle of something, so that rows must not move now. */
  readonly isHeld: () => boolean;
}

/** The list behind the filter: paged, kept current by the live feed, read again only when nobody is disturbed by it. */
export function useIncidentList({ filter, sort, isHeld }: Options): IncidentList {
  const [state, dispatch] = useReducer(nextList, emptyList);
  const [error, setError] = useState<CombinedError | null>(null);
  const key = JSON.stringify([filter, sort]);
  const asked = useRef('');
  const readAt = useRef(0);

  const fetchPage = useEffectEvent(async (after: string | null) => {
    const question = `${key}${after ?? ''}`;
    asked.current = question;
    readAt.current = Date.now();
    const variables = { filter, sort, first: pageSize, after };
    const result = await client.query(incidentPageQuery, variables, { requestPolicy: 'network-only' }).toPromise();
    // The filter has moved on meanwhile: this answers a question nobody asks any more.
    if (asked.current !== question) return;
    asked.current = '';
    setError(result.error ?? null);
    if (result.data) dispatch({ type: after ? 'appended' : 'read', page: result.data.incidents });
  });

  const [turn, setTurn] = useState(0);
  const read = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => {
    void fetchPage(null);
  }, [key, turn]);
  useEffect(() => onRefetchAll(read), [read]);

  const [moreAt, setMoreAt] = useState(0);
  const readMore = useCallback(() => setMoreAt((count) => count + 1), []);
  useEffect(() => {
    if (moreAt > 0 && asked.current === '' && state.hasNextPage) void fetchPage(state.endCursor);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked for by scrolling only; the cursor is read when it happens
  }, [moreAt]);

  useBatchedChanges((incidents) =>
    dispatch({ type: 'changed', incidents, matches: (row) => matchesFilter(row, filter) }),
  );
  const settle = useEffectEvent(() => {
    const isRested = Date.now() - readAt.current >= betweenReadsMs;
    if (isOutOfDate(state) && isRested && asked.current === '' && !isHeld()) void fetchPage(null);
  });
  useEffect(() => {
    const timer = setInterval(() => settle(), lookMs);
    return () => clearInterval(timer);
  }, []);

  return { state, error, read, readMore };
}

function useBatchedChanges(flush: (incidents: readonly IncidentRow[]) => void): void {
  const batch = useRef(new Map<string, IncidentRow>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useIncidentChanges(({ incident }) => {
    batch.current.set(incident.id, incident);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      flush([...batch.current.values()]);
      batch.current.clear();
    }, batchMs);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}
