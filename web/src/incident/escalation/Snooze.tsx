import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../session/viewer.ts';
import { Until } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { type EscalatedIncident, snoozeIncident, wakeIncident } from './escalationQueries.ts';

const choices = [
  { value: '30', label: 'For 30 minutes' },
  { value: '60', label: 'For an hour' },
  { value: '240', label: 'For 4 hours' },
  { value: '1440', label: 'Until tomorrow' },
  { value: 'INCIDENT_NOTE_ADDED', label: 'Until somebody writes a note' },
  { value: 'INCIDENT_ASSIGNED', label: 'Until it is assigned' },
] as const;

const endingKinds = ['INCIDENT_NOTE_ADDED', 'INCIDENT_ASSIGNED'] as const;

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
    const kind = endingKinds.find((each) => each === choice);
    const until = kind ? null : new Date(Date.now() + Number(choice) * 60_000).toISOString();
    const variables = { id, expectedVersion, input: { until, kinds: kind ? [kind] : null } };
    if (await act(snoozeIncident, variables, `${reference} snoozed`)) onDone();
  };
  const wake = async () => {
    if (await act(wakeIncident, { id }, `${reference} is awake`)) onDone();
  };
  if (snoozedBy !== null) {
    return (
      <div className="work-form">
        <span>
          Snoozed by {snoozedBy}
          {snoozedUntil === null ? ' until something happens' : <Until at={snoozedUntil} />}
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
      <Select aria-label="Snooze" data={[...choices]} value={choice} onChange={setChoice} allowDeselect={false} />
      <Button variant="default" loading={isActing} onClick={() => void snooze()}>
        Snooze
      </Button>
    </div>
  );
}
