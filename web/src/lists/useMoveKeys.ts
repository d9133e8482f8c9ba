import { useState } from 'react';
import { useCommands } from '../shell/commands.ts';
import type { ListRow } from './listState.ts';

interface Options<Row> {
  readonly rows: readonly Row[];
  /** The row that is current whatever the keys say: the one that is open beside the list. */
  readonly openId?: string | null;
  readonly onMove?: (row: Row, index: number) => void;
}

/** `j` and `k` move through rows. Answers the current row. */
export function useMoveKeys<Row extends ListRow>({ rows, openId = null, onMove }: Options<Row>): Row | null {
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const currentId = openId ?? movedTo;
  const index = rows.findIndex(({ id }) => id === currentId);
  const move = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, index + step));
    const row = rows[next];
    if (!row) return;
    setMovedTo(row.id);
    onMove?.(row, next);
  };
  useCommands([
    { id: 'rows.next', label: 'Next row', key: 'j', isHidden: true, run: () => move(1) },
    { id: 'rows.previous', label: 'Previous row', key: 'k', isHidden: true, run: () => move(-1) },
  ]);
  return rows[index] ?? null;
}
