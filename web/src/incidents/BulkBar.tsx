import { Button, CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { acknowledgeIncident, resolveIncident } from '../graphql/incidentMutations.ts';
import { canAcknowledge, canResolve } from '../ui/incidentRules.ts';
import { confirmResolve } from '../ui/resolveQuestion.ts';
import { useAct } from '../ui/useAct.ts';
import { MergeSelected } from './MergeSelected.tsx';

interface BulkBarProps {
  readonly incidents: readonly IncidentRow[];
  readonly onDone: () => void;
}

/** What can be done with everything selected. It names how many each action really concerns. */
export function BulkBar({ incidents, onDone }: BulkBarProps) {
  const { act, isActing } = useAct();
  const [isMerging, setMerging] = useState(false);
  const toAcknowledge = incidents.filter(({ phase }) => canAcknowledge(phase));
  const toResolve = incidents.filter(({ phase }) => canResolve(phase));

  const run = async (
    rows: readonly IncidentRow[],
    mutation: typeof acknowledgeIncident | typeof resolveIncident,
    word: string,
  ) => {
    let done = 0;
    // One after the other: the first asks for the name, and a failure is told for the incident it concerns.
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

  return (
    <div className="bulk-bar" role="toolbar" aria-label="Selected incidents">
      <strong>{incidents.length} selected</strong>
      <Button
        size="xs"
        disabled={toAcknowledge.length === 0 || isActing}
        onClick={() => void run(toAcknowledge, acknowledgeIncident, 'acknowledged')}
      >
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
      <Button size="xs" variant="default" disabled={incidents.length < 2 || isActing} onClick={() => setMerging(true)}>
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
