import { Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { mergeIncidents } from '../graphql/incidentMutations.ts';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { useAct } from '../ui/useAct.ts';
import type { DialogProps } from './AssignDialog.tsx';
import { mergeTargetsQuery } from './incidentQuery.ts';

function MergeTargets({ incident, onClose }: Omit<DialogProps, 'isOpen'>) {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const [{ data, fetching }] = useQuery({
    query: mergeTargetsQuery,
    variables: { text: wanted || null },
    requestPolicy: 'cache-and-network',
  });
  const { act, isActing } = useAct();
  const navigate = useNavigate();
  const targets = (data?.incidents.nodes ?? []).filter(({ id }) => id !== incident.id);

  const merge = async (into: (typeof targets)[number]) => {
    const variables = { ids: [incident.id], into: into.id };
    const result = await act(mergeIncidents, variables, `${incident.reference} merged into ${into.reference}`);
    if (!result) return;
    onClose();
    await navigate({ to: '/incidents/$number', params: { number: String(into.number) } });
  };

  return (
    <>
      <TextInput
        label="Into which open incident?"
        description={`The alerts of ${incident.reference} move there; ${incident.reference} ends as merged.`}
        placeholder="Words of the title, or INC-12"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <ul className="targets">
        {targets.map((target) => (
          <li key={target.id}>
            <UnstyledButton className="target" disabled={isActing} onClick={() => void merge(target)}>
              <SeverityBadge severity={target.severity} isCompact />
              <span className="muted">{target.reference}</span>
              <span className="target-title">{target.title}</span>
            </UnstyledButton>
          </li>
        ))}
        {targets.length === 0 && !fetching && <li className="muted">No other open incident matches.</li>}
      </ul>
    </>
  );
}

export function MergeDialog({ incident, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Merge ${incident.reference}`} size="lg">
      <MergeTargets incident={incident} onClose={onClose} />
    </Modal>
  );
}
