import { Button } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';
import './list.css';
import type { ListRow, ListState } from './listState.ts';
import type { Hold } from './useHold.ts';
import type { List } from './useList.ts';

/** "14 incidents", "more than 10,000 alerts". */
export function ListCount({ state, one }: { readonly state: ListState<ListRow>; readonly one: string }) {
  const { total, ids } = state;
  return (
    <span className="muted">
      {total && !total.isExact ? 'more than ' : ''}
      {counted(total?.value ?? ids?.length ?? 0, one)}
    </span>
  );
}

/** The filter leaves nothing: it says so, and offers to be cleared. */
export function NoMatch({ what, onClear }: { readonly what: string; readonly onClear: () => void }) {
  return (
    <div>
      <NothingYet title={`No ${what} matches`}>What matches these filters appears here by itself.</NothingYet>
      <p className="list-clear">
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      </p>
    </div>
  );
}

interface ListPanelProps<Row> {
  readonly label: string;
  readonly list: List<Row>;
  readonly hold: Hold;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly head: ReactNode;
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** The scrolling list with its head; new rows are announced while they must not push others down. */
export function ListPanel<Row extends ListRow>(props: ListPanelProps<Row>) {
  const { label, list, hold, scrollRef, head, empty, children } = props;
  const { ids, waiting } = list.state;
  const showWaiting = () => {
    scrollRef.current?.scrollTo({ top: 0 });
    list.read();
  };
  if (ids === null && list.error) return <Failed error={list.error} onRetry={list.read} />;
  if (ids === null) return <SkeletonRows rows={12} />;
  return (
    <section className="panel list" aria-label={label}>
      <div className="list-head">{head}</div>
      <div className="list-announce" aria-live="polite">
        {waiting.size > 0 && hold.isHeld() && (
          <Button size="xs" radius="xl" className="list-pill" onClick={showWaiting}>
            {waiting.size.toLocaleString('en')} new
          </Button>
        )}
      </div>
      <div
        ref={scrollRef}
        className="list-scroll"
        onPointerMove={hold.onPointerMove}
        onPointerLeave={hold.onPointerLeave}
      >
        {ids.length === 0 ? empty : children}
      </div>
    </section>
  );
}
