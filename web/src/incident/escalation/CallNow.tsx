import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMay } from '../../session/viewer.ts';
import { useAct } from '../../ui/useAct.ts';
import '../work.css';
import { escalateIncident, stopEscalation, whomToCallQuery } from './escalationQueries.ts';

interface CallProps {
  readonly incidentId: string;
  readonly isRunning: boolean;
  readonly onDone: () => void;
}

/** Somebody now: the next step, a person or everybody of a team. */
export function CallNow({ incidentId, isRunning, onDone }: CallProps) {
  const [whom, setWhom] = useState<string | null>('next');
  const [{ data }] = useQuery({ query: whomToCallQuery, variables: {} });
  const { act, isActing } = useAct();
  const may = useMay();
  const [kind, id] = (whom ?? 'next').split(' ');
  const call = async () => {
    const input = kind === 'person' ? { personId: id ?? '' } : kind === 'team' ? { teamId: id ?? '' } : {};
    if (await act(escalateIncident, { id: incidentId, input }, 'Called')) onDone();
  };
  const stop = async () => {
    if (await act(stopEscalation, { id: incidentId }, 'Nobody else is called')) onDone();
  };
  return (
    <div className="work-form">
      <Select
        aria-label="Whom to call"
        value={whom}
        onChange={setWhom}
        allowDeselect={false}
        searchable
        data={[
          { value: 'next', label: isRunning ? 'The next step' : 'By the policy' },
          {
            group: 'People',
            items: (data?.people ?? []).map((person) => ({ value: `person ${person.id}`, label: person.name })),
          },
          {
            group: 'Teams',
            items: (data?.teams ?? []).map((team) => ({ value: `team ${team.id}`, label: `All of ${team.name}` })),
          },
        ]}
      />
      <Button variant="default" loading={isActing} onClick={() => void call()}>
        Call now
      </Button>
      {isRunning && may('Mutation.stopEscalation') && (
        <Button variant="subtle" color="red" disabled={isActing} onClick={() => void stop()}>
          Stop calling
        </Button>
      )}
    </div>
  );
}
