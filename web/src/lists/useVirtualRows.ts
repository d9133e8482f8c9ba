import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { ListRow, ListState } from './listState.ts';

/** The next page is asked for when this many rows are left below: somebody who scrolls is fast. */
const readAheadRows = 60;

interface Options<Row> {
  readonly state: ListState<Row>;
  readonly rows: readonly Row[];
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  /** The height of a row on a desktop and on a phone, in pixels. */
  readonly heights: { readonly wide: number; readonly narrow: number };
  readonly onNearEnd: () => void;
}

export interface VirtualRows<Row> {
  readonly items: readonly VirtualItem[];
  readonly rows: readonly Row[];
  /** As far as it is known exactly, else -1. */
  readonly setSize: number;
  readonly rowHeight: number;
  readonly totalHeight: number;
  readonly scrollTo: (index: number) => void;
}

/** Only the rows in view exist, whatever the length of the list. */
export function useVirtualRows<Row extends ListRow>(options: Options<Row>): VirtualRows<Row> {
  const { state, rows, scrollRef, heights, onNearEnd } = options;
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const rowHeight = isNarrow ? heights.narrow : heights.wide;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const items = virtualizer.getVirtualItems();
  const isNearEnd = state.hasNextPage && (items.at(-1)?.index ?? 0) >= rows.length - readAheadRows;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, rows.length, onNearEnd]);
  return {
    items,
    rows,
    setSize: state.total?.isExact ? state.total.value : -1,
    rowHeight,
    totalHeight: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  };
}
