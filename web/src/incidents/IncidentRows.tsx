import { useNavigate } from '@tanstack/react-router';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect } from 'react';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { useRowKeys } from '../ui/useRowKeys.ts';
import { IncidentListRow } from './IncidentListRow.tsx';
import type { ListState } from './listState.ts';

const rowHeight = { wide: 40, narrow: 92 } as const;
/** The next page is asked for when this many rows are left below. */
const readAheadRows = 40;

interface Props {
  readonly state: ListState;
  readonly rows: readonly IncidentRow[];
  readonly selected: ReadonlySet<string>;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly onSelect: (id: string, isSelected: boolean) => void;
  readonly onNearEnd: () => void;
}

/** Only the rows in view exist, whatever the length of the list. */
export function IncidentRows({ state, rows, selected, scrollRef, onSelect, onNearEnd }: Props) {
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
  const current = useRowKeys(rows, (index) => virtualizer.scrollToIndex(index));
  const navigate = useNavigate();
  const open = useCallback(
    (number: number) => void navigate({ to: '/incidents/$number', params: { number: String(number) } }),
    [navigate],
  );
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  const isNearEnd = state.hasNextPage && lastIndex >= rows.length - readAheadRows;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, rows.length, onNearEnd]);

  return (
    <div role="list" aria-label="Incidents" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
      {items.map((item) => {
        const incident = rows[item.index];
        if (!incident) return null;
        return (
          <div
            key={item.key}
            role="listitem"
            aria-setsize={state.total?.isExact ? state.total.value : -1}
            aria-posinset={item.index + 1}
            className="list-item"
            style={{ height, transform: `translateY(${item.start}px)` }}
          >
            <IncidentListRow
              incident={incident}
              isSelected={selected.has(incident.id)}
              isCurrent={incident.id === current?.id}
              hasLeft={state.left.has(incident.id)}
              onSelect={onSelect}
              onOpen={open}
            />
          </div>
        );
      })}
    </div>
  );
}
