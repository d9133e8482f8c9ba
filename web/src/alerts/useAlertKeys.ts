import { useState } from 'react';
import { useCommands } from '../shell/commands.ts';
import type { AlertRow } from './alertsQueries.ts';

interface Options {
  readonly rows: readonly AlertRow[];
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly onMove: (index: number) => void;
}

/** `j` and `k` move through the rows and take an open panel along, Enter opens, Escape closes. Answers the current id. */
export function useAlertKeys({ rows, openId, onOpen, onMove }: Options): string | null {
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const currentId = openId ?? movedTo;

  const move = (step: number) => {
    const index = rows.findIndex(({ id }) => id === currentId);
    const next = Math.min(rows.length - 1, Math.max(0, index + step));
    const row = rows[next];
    if (!row) return;
    setMovedTo(row.id);
    if (openId !== null) onOpen(row.id);
    onMove(next);
  };

  useCommands([
    { id: 'alerts.next', label: 'Next alert', key: 'j', isHidden: true, run: () => move(1) },
    { id: 'alerts.previous', label: 'Previous alert', key: 'k', isHidden: true, run: () => move(-1) },
    { id: 'alerts.open', label: 'Open the alert', key: 'Enter', isHidden: true, run: () => onOpen(currentId) },
    { id: 'alerts.close', label: 'Close the alert', key: 'Escape', isHidden: true, run: () => onOpen(null) },
  ]);
  return currentId;
}
