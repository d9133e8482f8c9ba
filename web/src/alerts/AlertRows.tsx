import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useEffect } from 'react';
import { AlertListRow } from './AlertListRow.tsx';
import type { AlertListState } from './alertListState.ts';
import type { AlertRow } from './alertsQueries.ts';
import { useAlertKeys } from './useAlertKeys.ts';

const rowHeight = { wide: 40, narrow: 108 } as const;
/** The next page is asked for when this many rows are left below. */
const readAheadRows = 40;

interface Props {
  readonly state: AlertListState;
  readonly rows: readonly AlertRow[];
  readonly openId: string | null;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (id: string | null) => void;
  readonly onNearEnd: () => void;
}

/** The plain link that was clicked; null when the browser should follow it by itself. */
function linkOf(event: MouseEvent): DOMStringMap | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  return link?.dataset ?? null;
}

/** Only the rows in view exist, whatever the length of the list. */
export function AlertRows({ state, rows, openId, scrollRef, onOpen, onNearEnd }: Props) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const height = isNarrow ? rowHeight.narrow : rowHeight.wide;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const currentId = useAlertKeys({ rows, openId, onOpen, onMove: (index) => virtualizer.scrollToIndex(index) });
  const navigate = useNavigate();
  const follow = (event: MouseEvent) => {
    const link = linkOf(event);
    if (link === null) return;
    event.preventDefault();
    const { alert, number } = link;
    if (alert !== undefined) onOpen(alert);
    else if (number !== undefined) void navigate({ to: '/incidents/$number', params: { number } });
  };
  const items = virtualizer.getVirtualItems();
  const isNearEnd = state.hasNextPage && (items.at(-1)?.index ?? 0) >= rows.length - readAheadRows;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, rows.length, onNearEnd]);

  return (
    <div
      role="list"
      aria-label="Alerts"
      style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
      onClick={follow}
    >
      {items.map((item) => {
        const alert = rows[item.index];
        if (!alert) return null;
        return (
          <div
            key={item.key}
            role="listitem"
            aria-setsize={state.total?.isExact ? state.total.value : -1}
            aria-posinset={item.index + 1}
            className="explorer-item"
            style={{ height, transform: `translateY(${item.start}px)` }}
          >
            <AlertListRow
              alert={alert}
              isOpen={alert.id === openId}
              isCurrent={alert.id === currentId}
              hasLeft={state.left.has(alert.id)}
            />
          </div>
        );
      })}
    </div>
  );
}
