import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect } from 'react';
import { AlertListRow } from './AlertListRow.tsx';
import type { AlertListState } from './alertListState.ts';
import type { AlertRow } from './alertsQueries.ts';
import { useAlertKeys } from './useAlertKeys.ts';

const rowHeight = { wide: 40, narrow: 108 } as const;
/** The next page is asked for when this many rows are left below. */
const readAheadRows = 120;

interface Props {
  readonly state: AlertListState;
  readonly rows: readonly AlertRow[];
  readonly openId: string | null;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (id: string | null) => void;
  readonly onNearEnd: () => void;
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
    overscan: 8,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const currentId = useAlertKeys({ rows, openId, onOpen, onMove: (index) => virtualizer.scrollToIndex(index) });
  const navigate = useNavigate();
  const openIncident = useCallback(
    (number: number) => void navigate({ to: '/incidents/$number', params: { number: String(number) } }),
    [navigate],
  );
  const items = virtualizer.getVirtualItems();
  const isNearEnd = state.hasNextPage && (items.at(-1)?.index ?? 0) >= rows.length - readAheadRows;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, rows.length, onNearEnd]);

  return (
    <div role="list" aria-label="Alerts" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
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
              onOpen={onOpen}
              onIncident={openIncident}
            />
          </div>
        );
      })}
    </div>
  );
}
