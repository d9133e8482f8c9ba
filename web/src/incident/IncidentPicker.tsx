import { TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { openIncidentsQuery } from './incidentQuery.ts';

export type PickedIncident = ResultOf<typeof openIncidentsQuery>['incidents']['nodes'][number];

interface IncidentPickerProps {
  readonly description: string;
  /** The incident at hand, which is no choice. */
  readonly exceptId: string;
  readonly isDisabled: boolean;
  readonly onPick: (incident: PickedIncident) => void;
}

/** Finds another open incident by words or number. */
export function IncidentPicker({ description, exceptId, isDisabled, onPick }: IncidentPickerProps) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const [{ data, fetching }] = useQuery({
    query: openIncidentsQuery,
    variables: { text: wanted || null },
    requestPolicy: 'cache-and-network',
  });
  const found = (data?.incidents.nodes ?? []).filter(({ id }) => id !== exceptId);
  return (
    <>
      <TextInput
        label="Into which open incident?"
        description={description}
        placeholder="Title, or INC-12"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <ul className="targets">
        {found.map((incident) => (
          <li key={incident.id}>
            <UnstyledButton className="target" disabled={isDisabled} onClick={() => onPick(incident)}>
              <SeverityBadge severity={incident.severity} isCompact />
              <span className="muted">{incident.reference}</span>
              <span className="target-title">{incident.title}</span>
            </UnstyledButton>
          </li>
        ))}
        {found.length === 0 && !fetching && <li className="muted">No other open incident matches.</li>}
      </ul>
    </>
  );
}
