import { useNavigate } from '@tanstack/react-router';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { acknowledgeIncident } from '../graphql/incidentMutations.ts';
import { useMoveKeys } from '../lists/useMoveKeys.ts';
import { mayOnIncident } from '../session/mayOnIncident.ts';
import { useViewer } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { canAcknowledge, canResolve } from './incidentRules.ts';
import { resolveAsked } from './resolveAsked.ts';
import { useAct } from './useAct.ts';

/** `j` and `k` move through rows, Enter opens, `a` and `r` act on the current one. Answers the current row. */
export function useRowKeys(rows: readonly IncidentRow[], onMove?: (index: number) => void): IncidentRow | null {
  const current = useMoveKeys({ rows, onMove: (_row, index) => onMove?.(index) });
  const navigate = useNavigate();
  const { act } = useAct();
  const viewer = useViewer();
  const mayAcknowledge = current !== null && mayOnIncident(viewer, 'Mutation.acknowledgeIncident', current);
  const mayResolve = current !== null && mayOnIncident(viewer, 'Mutation.resolveIncident', current);
  useCommands([
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
      isHidden: !mayAcknowledge,
      run: () => {
        if (!mayAcknowledge || !canAcknowledge(current.phase)) return;
        const { id, version, reference } = current;
        void act(acknowledgeIncident, { id, expectedVersion: version }, `${reference} acknowledged`);
      },
    },
    {
      id: 'rows.resolve',
      label: current ? `Resolve ${current.reference}` : 'Resolve the current row',
      key: 'r',
      isHidden: !mayResolve,
      run: () => {
        if (mayResolve && canResolve(current.phase)) void resolveAsked(current, act);
      },
    },
  ]);
  return current;
}
