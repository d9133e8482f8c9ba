import { useCallback, useEffect, useEffectEvent, useReducer, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { onRefetchAll } from '../graphql/refetching.ts';
import { emptyList, isOutOfDate, type ListRow, type ListState, nextList, type PageAnswer } from './listState.ts';

/** Changes are shown in batches, so a storm redraws the list a few times a second and not for each event. */
const batchMs = 150;
/** How often it is looked whether the list may be read again, and how long that must be ago at least. */
const lookMs = 200;
const betweenReadsMs = 1_000;

export interface List<Row> {
  readonly state: ListState<Row>;
  readonly error: CombinedError | null;
  readonly read: () => void;
  readonly readMore: () => void;
  /** What the live feed says of a row. */
  readonly heard: (row: Row) => void;
}

interface Options<Row> {
  /** Filter and sort as text: another one asks for another list. */
  readonly question: string;
  readonly readPage: (after: string | null) => Promise<PageAnswer<Row>>;
  readonly matches: (row: Row) => boolean;
  readonly ageOf: (row: Row) => number;
  /** Whether somebody is in the middle of something, so that rows must not move now. */
  readonly isHeld: () => boolean;
  /** How often the first page is read for what makes no event. @default never */
  readonly recountMs?: number;
}

function useEvery(ms: number | undefined, run: () => void): void {
  const tick = useEffectEvent(run);
  useEffect(() => {
    if (ms === undefined) return;
    const timer = setInterval(() => tick(), ms);
    return () => clearInterval(timer);
  }, [ms]);
}

/** The list behind the filter: paged, kept current by the live feed, read again only when nobody is disturbed by it. */
export function useList<Row extends ListRow>(options: Options<Row>): List<Row> {
  const { question, readPage, matches, ageOf, isHeld, recountMs } = options;
  const [state, dispatch] = useReducer(nextList<Row>, emptyList);
  const [error, setError] = useState<CombinedError | null>(null);
  const asked = useRef('');
  const readAt = useRef(0);
  const pending = useRef(new Map<string, Row>());

  const ask = useEffectEvent(async (after: string | null, isRecount = false) => {
    const mine = `${question}${after ?? ''}`;
    asked.current = mine;
    readAt.current = Date.now();
    const answer = await readPage(after);
    // The filter has moved on meanwhile: this answers a question nobody asks any more.
    if (asked.current !== mine) return;
    asked.current = '';
    setError(answer.error ?? null);
    const { page } = answer;
    if (!page) return;
    if (isRecount) dispatch({ type: 'changed', rows: page.nodes, matches, ageOf });
    else dispatch({ type: after ? 'appended' : 'read', page });
  });

  const [turn, setTurn] = useState(0);
  const read = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => {
    void ask(null);
  }, [question, turn]);
  useEffect(() => onRefetchAll(read), [read]);

  const [moreAt, setMoreAt] = useState(0);
  const readMore = useCallback(() => setMoreAt((count) => count + 1), []);
  useEffect(() => {
    if (moreAt > 0 && asked.current === '' && state.hasNextPage) void ask(state.endCursor);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked for by scrolling only; the cursor is read when it happens
  }, [moreAt]);

  const heard = useCallback((row: Row) => void pending.current.set(row.id, row), []);
  useEvery(batchMs, () => {
    // While a page is being read its events wait: applied before the answer, they would be lost under it.
    if (pending.current.size === 0 || asked.current !== '') return;
    dispatch({ type: 'changed', rows: [...pending.current.values()], matches, ageOf });
    pending.current.clear();
  });
  useEvery(lookMs, () => {
    const isRested = Date.now() - readAt.current >= betweenReadsMs;
    if (isOutOfDate(state) && isRested && asked.current === '' && !isHeld()) void ask(null);
  });
  useEvery(recountMs, () => {
    if (asked.current === '' && state.ids !== null) void ask(null, true);
  });
  return { state, error, read, readMore, heard };
}
