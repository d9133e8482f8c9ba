import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { acknowledgeIncident } from '../graphql/incidentMutations.ts';
import { useCommands } from '../shell/commands.ts';
import { canAcknowledge, canResolve } from './incidentRules.ts';
import { resolveAsked } from './resolveAsked.ts';
import { useAct } from './useAct.ts';

/** `j` and `k` move through rows, Enter opens, `a` and `r` act on the current one. Answers the current row. */
export function useRowKeys(rows: readonly IncidentRow[], onMove?: (index: number) => void): IncidentRow | null {
  const [currentId, setCurrentId] = useState<string | null>(null);
  const navigate = useNavigate();
  const { act } = useAct();
  const index = rows.findIndex((row) => row.id === currentId);
  const current = rows[index] ?? null;

  const move = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, index + step));
    const row = rows[next];
    if (!row) return;
    setCurrentId(row.id);
    onMove?.(next);
  };

  useCommands([
    { id: 'rows.next', label: 'Next row', key: 'j', isHidden: true, run: () => move(1) },
    { id: 'rows.previous', label: 'Previous row', key: 'k', isHidden: true, run: () => move(-1) },
    {
      id: 'rows.open',
      label: 'Open the current row',
      key: 'Enter',
      isHidden: true,
      run: () => {
        if (current) void navigate({ to: '/incidents/$number', params: { number: String(current.number) } });
      },
    },
    {
      id: 'rows.acknowledge',
      label: current ? `Acknowledge ${current.reference}` : 'Acknowledge the current row',
      key: 'a',
      isHidden: current === null,
      run: () => {
        if (!current || !canAcknowledge(current.phase)) return;
        const { id, version, reference } = current;
        void act(acknowledgeIncident, { id, expectedVersion: version }, `${reference} acknowledged`);
      },
    },
    {
      id: 'rows.resolve',
      label: current ? `Resolve ${current.reference}` : 'Resolve the current row',
      key: 'r',
      isHidden: current === null,
      run: () => {
        if (current && canResolve(current.phase)) void resolveAsked(current, act);
      },
    },
  ]);
  return current;
}
