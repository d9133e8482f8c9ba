import { Button, CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { acknowledgeIncident, resolveIncident } from '../graphql/incidentMutations.ts';
import { mayOnIncident } from '../session/mayOnIncident.ts';
import { useMay, useViewer } from '../session/viewer.ts';
import { canAcknowledge, canResolve } from '../ui/incidentRules.ts';
import { confirmResolve } from '../ui/resolveQuestion.ts';
import { useAct } from '../ui/useAct.ts';
import { MergeSelected } from './MergeSelected.tsx';

interface BulkBarProps {
  readonly incidents: readonly IncidentRow[];
  readonly onDone: () => void;
}

/** What of the selection can be acknowledged and resolved by who looks, and how. */
function useBulk(incidents: readonly IncidentRow[], onDone: () => void) {
  const { act, isActing } = useAct();
  const viewer = useViewer();
  const toAcknowledge = incidents.filter(
    (each) => canAcknowledge(each.phase) && mayOnIncident(viewer, 'Mutation.acknowledgeIncident', each),
  );
  const toResolve = incidents.filter(
    (each) => canResolve(each.phase) && mayOnIncident(viewer, 'Mutation.resolveIncident', each),
  );

  const run = async (
    rows: readonly IncidentRow[],
    mutation: typeof acknowledgeIncident | typeof resolveIncident,
    word: string,
  ) => {
    let done = 0;
    // One after the other: a failure is told for the incident it concerns.
    for (const { id, version } of rows) {
      const result =
        mutation === acknowledgeIncident
          ? await act(acknowledgeIncident, { id, expectedVersion: version })
          : await act(resolveIncident, { id, expectedVersion: version });
      if (result) done += 1;
    }
    if (done > 0) notifications.show({ message: `${done} ${word}`, autoClose: 3_000 });
    if (done === rows.length) onDone();
  };

  const resolveAll = async () => {
    if (await confirmResolve(toResolve)) await run(toResolve, resolveIncident, 'resolved');
  };
  const acknowledgeAll = () => run(toAcknowledge, acknowledgeIncident, 'acknowledged');
  return { toAcknowledge, toResolve, acknowledgeAll, resolveAll, isActing };
}

/** What can be done with everything selected. It names how many each action really concerns. */
export function BulkBar({ incidents, onDone }: BulkBarProps) {
  const [isMerging, setMerging] = useState(false);
  const may = useMay();
  const { toAcknowledge, toResolve, acknowledgeAll, resolveAll, isActing } = useBulk(incidents, onDone);
  return (
    <div className="bulk-bar" role="toolbar" aria-label="Selected incidents">
      <strong>{incidents.length} selected</strong>
      <Button size="xs" disabled={toAcknowledge.length === 0 || isActing} onClick={() => void acknowledgeAll()}>
        Acknowledge {toAcknowledge.length}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={toResolve.length === 0 || isActing}
        onClick={() => void resolveAll()}
      >
        Resolve {toResolve.length}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={incidents.length < 2 || isActing || !may('Mutation.mergeIncidents')}
        onClick={() => setMerging(true)}
      >
        Merge…
      </Button>
      <CloseButton size="sm" aria-label="Clear the selection" onClick={onDone} />
      <MergeSelected
        incidents={incidents}
        isOpen={isMerging}
        onClose={() => setMerging(false)}
        onMerged={() => {
          setMerging(false);
          onDone();
        }}
      />
    </div>
  );
}
