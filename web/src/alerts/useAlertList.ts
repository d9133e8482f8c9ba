import { useCallback, useEffect, useEffectEvent, useMemo, useReducer, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { client } from '../graphql/client.ts';
import { onRefetchAll } from '../graphql/refetching.ts';
import { readLogHead } from '../ui/logCursor.ts';
import { useAlertChanges, useAlertFeed } from './alertFeed.ts';
import { type AlertListState, emptyAlertList, isOutOfDate, nextAlertList } from './alertListState.ts';
import type { AlertFilter, AlertSort } from './alertSearch.ts';
import { alertPageQuery, type AlertRow } from './alertsQueries.ts';
import { alertTest } from './matchesAlert.ts';

const pageSize = 100;
/** Somebody who scrolls reads faster than one who looks. */
const nextPageSize = 200;
/** Changes are shown in batches, so a storm redraws the list a few times a second and not for each event. */
const batchMs = 150;
const settleMs = 1_000;
/** Repeats make no event: how often an alert came is read again this often. */
const recountMs = 15_000;

export interface AlertList {
  readonly state: AlertListState;
  readonly error: CombinedError | null;
  readonly read: () => void;
  readonly readMore: () => void;
}

interface Options {
  readonly filter: AlertFilter;
  readonly sort: AlertSort;
  /** Whether somebody is in the middle of something, so that rows must not move now. */
  readonly isHeld: () => boolean;
}

function useEvery(ms: number, run: () => void): void {
  const tick = useEffectEvent(run);
  useEffect(() => {
    const timer = setInterval(() => tick(), ms);
    return () => clearInterval(timer);
  }, [ms]);
}

/** The list behind the filter: paged, kept current by the live feed, read again only when nobody is disturbed by it. */
export function useAlertList({ filter, sort, isHeld }: Options): AlertList {
  const [state, dispatch] = useReducer(nextAlertList, emptyAlertList);
  const [error, setError] = useState<CombinedError | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const key = JSON.stringify([filter, sort]);
  const matches = useMemo(() => alertTest(filter), [key]); // oxlint-disable-line react-hooks/exhaustive-deps -- `key` stands for `filter`
  const asked = useRef('');
  const pending = useRef(new Map<string, AlertRow>());

  const ask = useEffectEvent(async (after: string | null, isRecount = false) => {
    const question = `${key}${after ?? ''}`;
    asked.current = question;
    const head = cursor === null ? await readLogHead() : null;
    const isFirst = after === null;
    const variables = { filter, sort, first: isFirst ? pageSize : nextPageSize, after, isFirst };
    const result = await client.query(alertPageQuery, variables, { requestPolicy: 'network-only' }).toPromise();
    // The filter has moved on meanwhile: this answers a question nobody asks any more.
    if (asked.current !== question) return;
    asked.current = '';
    if (head?.cursor) setCursor(head.cursor);
    setError(result.error ?? null);
    const page = result.data?.alerts;
    if (!page) return;
    if (isRecount) dispatch({ type: 'changed', alerts: page.nodes, matches });
    else dispatch({ type: after ? 'appended' : 'read', page });
  });

  const [turn, setTurn] = useState(0);
  const read = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => {
    void ask(null);
  }, [key, turn]);
  useEffect(() => onRefetchAll(read), [read]);

  const [moreAt, setMoreAt] = useState(0);
  const readMore = useCallback(() => setMoreAt((count) => count + 1), []);
  useEffect(() => {
    if (moreAt > 0 && asked.current === '' && state.hasNextPage) void ask(state.endCursor);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked for by scrolling only; the cursor is read when it happens
  }, [moreAt]);

  useAlertFeed(cursor);
  useAlertChanges((alert) => pending.current.set(alert.id, alert));
  useEvery(batchMs, () => {
    // While a page is being read its events wait: applied before the answer, they would be lost under it.
    if (pending.current.size === 0 || asked.current !== '') return;
    dispatch({ type: 'changed', alerts: [...pending.current.values()], matches });
    pending.current.clear();
  });
  useEvery(settleMs, () => {
    if (isOutOfDate(state) && asked.current === '' && !isHeld()) void ask(null);
  });
  useEvery(recountMs, () => {
    if (asked.current === '' && state.ids !== null) void ask(null, true);
  });
  return { state, error, read, readMore };
}
