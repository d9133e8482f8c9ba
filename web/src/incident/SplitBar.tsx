import { Button, CloseButton, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { splitIncident } from '../graphql/incidentMutations.ts';
import { useAct } from '../ui/useAct.ts';

interface SplitBarProps {
  readonly incidentId: string;
  readonly alertIds: readonly string[];
  readonly onDone: () => void;
}

/** Takes the chosen alerts out into an incident of their own. */
export function SplitBar({ incidentId, alertIds, onDone }: SplitBarProps) {
  const [title, setTitle] = useState('');
  const { act, isActing } = useAct();
  const navigate = useNavigate();
  const split = async () => {
    const variables = { id: incidentId, alertIds: [...alertIds], title: title.trim() || null };
    const result = await act(splitIncident, variables, 'Split off');
    if (!result) return;
    onDone();
    await navigate({ to: '/incidents/$number', params: { number: String(result.splitIncident.number) } });
  };
  return (
    <form
      className="split-bar"
      aria-label="Split off alerts"
      onSubmit={(event) => {
        event.preventDefault();
        void split();
      }}
    >
      <strong>{alertIds.length} selected</strong>
      <TextInput
        size="xs"
        aria-label="Title of the new incident"
        placeholder="Title of the new incident (optional)"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={isActing}>
        Split off
      </Button>
      <CloseButton size="sm" aria-label="Clear the selection" onClick={onDone} />
    </form>
  );
}
