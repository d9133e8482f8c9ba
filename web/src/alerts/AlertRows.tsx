import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useCallback } from 'react';
import { rowsOf } from '../lists/listState.ts';
import { Rows } from '../lists/Rows.tsx';
import type { List } from '../lists/useList.ts';
import { useMoveKeys } from '../lists/useMoveKeys.ts';
import { useVirtualRows } from '../lists/useVirtualRows.ts';
import { useCommands } from '../shell/commands.ts';
import { AlertListRow } from './AlertListRow.tsx';
import type { AlertRow } from './alertsQueries.ts';

const heights = { wide: 40, narrow: 124 } as const;

interface AlertRowsProps {
  readonly list: List<AlertRow>;
  readonly openId: string | null;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (id: string | null) => void;
}

/** `j` and `k` take an open panel along, Enter opens, Escape closes. */
export function AlertRows({ list: { state, readMore }, openId, scrollRef, onOpen }: AlertRowsProps) {
  const rows = rowsOf(state);
  const virtual = useVirtualRows({ state, rows, scrollRef, heights, onNearEnd: readMore });
  const current = useMoveKeys({
    rows,
    openId,
    onMove: ({ id }, index) => {
      if (openId !== null) onOpen(id);
      virtual.scrollTo(index);
    },
  });
  useCommands([
    {
      id: 'alerts.open',
      label: 'Open the alert',
      key: 'Enter',
      isHidden: true,
      run: () => current && onOpen(current.id),
    },
    { id: 'alerts.close', label: 'Close the alert', key: 'Escape', isHidden: true, run: () => onOpen(null) },
  ]);
  const navigate = useNavigate();
  const openIncident = useCallback(
    (number: number) => void navigate({ to: '/incidents/$number', params: { number: String(number) } }),
    [navigate],
  );
  return (
    <Rows label="Alerts" virtual={virtual}>
      {(alert) => (
        <AlertListRow
          alert={alert}
          isOpen={alert.id === openId}
          isCurrent={alert.id === current?.id}
          hasLeft={state.left.has(alert.id)}
          onOpen={onOpen}
          onIncident={openIncident}
        />
      )}
    </Rows>
  );
}
