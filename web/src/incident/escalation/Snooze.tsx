import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../session/viewer.ts';
import { Until } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { type EscalatedIncident, snoozeIncident, wakeIncident } from './escalationQueries.ts';
import { snoozeChoices, snoozeInput } from './snoozeChoices.ts';

interface SnoozeProps {
  readonly incident: EscalatedIncident;
  readonly onDone: () => void;
}

/** Nobody is called for a while. It ends by itself when the incident ends, fires again or gets worse. */
export function Snooze({ incident, onDone }: SnoozeProps) {
  const [choice, setChoice] = useState<string | null>('60');
  const { act, isActing } = useAct();
  const may = useMay();
  const { id, reference, version: expectedVersion, snoozedBy, snoozedUntil } = incident;
  const snooze = async () => {
    const variables = { id, expectedVersion, input: snoozeInput(choice ?? '60', Date.now()) };
    if (await act(snoozeIncident, variables, `${reference} snoozed`)) onDone();
  };
  const wake = async () => {
    if (await act(wakeIncident, { id }, `${reference} is awake`)) onDone();
  };
  if (snoozedBy !== null) {
    return (
      <div className="work-form">
        <span>
          Snoozed by {snoozedBy}, wakes {snoozedUntil === null ? 'when something happens' : <Until at={snoozedUntil} />}
        </span>
        {may('Mutation.wakeIncident') && (
          <Button variant="default" loading={isActing} onClick={() => void wake()}>
            Wake
          </Button>
        )}
      </div>
    );
  }
  if (!may('Mutation.snoozeIncident')) return null;
  return (
    <div className="work-form">
      <Select aria-label="Snooze" data={[...snoozeChoices]} value={choice} onChange={setChoice} allowDeselect={false} />
      <Button variant="default" loading={isActing} onClick={() => void snooze()}>
        Snooze
      </Button>
    </div>
  );
}
