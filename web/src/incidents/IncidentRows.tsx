import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useCallback } from 'react';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { rowsOf } from '../lists/listState.ts';
import { Rows } from '../lists/Rows.tsx';
import type { List } from '../lists/useList.ts';
import { useVirtualRows } from '../lists/useVirtualRows.ts';
import { useRowKeys } from '../ui/useRowKeys.ts';
import type { Selection } from '../ui/useSelection.ts';
import { IncidentListRow } from './IncidentListRow.tsx';

const heights = { wide: 40, narrow: 110 } as const;

interface IncidentRowsProps {
  readonly list: List<IncidentRow>;
  readonly selection: Selection;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
}

export function IncidentRows({ list: { state, readMore }, selection, scrollRef }: IncidentRowsProps) {
  const rows = rowsOf(state);
  const virtual = useVirtualRows({ state, rows, scrollRef, heights, onNearEnd: readMore });
  const current = useRowKeys(rows, virtual.scrollTo);
  const navigate = useNavigate();
  const open = useCallback(
    (number: number) => void navigate({ to: '/incidents/$number', params: { number: String(number) } }),
    [navigate],
  );
  return (
    <Rows label="Incidents" virtual={virtual}>
      {(incident) => (
        <IncidentListRow
          incident={incident}
          isSelected={selection.selected.has(incident.id)}
          isCurrent={incident.id === current?.id}
          hasLeft={state.left.has(incident.id)}
          onSelect={selection.select}
          onOpen={open}
        />
      )}
    </Rows>
  );
}
