import { Button, CloseButton, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { splitIncident } from '../graphql/incidentMutations.ts';
import { canMerge } from '../ui/incidentRules.ts';
import { useAct } from '../ui/useAct.ts';
import type { IncidentDetails } from './incidentQuery.ts';
import { MergeDialog } from './MergeDialog.tsx';
import { MoveDialog } from './MoveDialog.tsx';

interface SplitBarProps {
  readonly incident: IncidentDetails;
  readonly alertIds: readonly string[];
  readonly onDone: () => void;
}

/** Takes the chosen alerts out, into an incident of their own or into another one. */
export function SplitBar({ incident, alertIds, onDone }: SplitBarProps) {
  const [title, setTitle] = useState('');
  const { act, isActing } = useAct();
  const [isMoving, { open, close }] = useDisclosure(false);
  const navigate = useNavigate();
  const split = async () => {
    const variables = { id: incident.id, alertIds: [...alertIds], title: title.trim() || null };
    const result = await act(splitIncident, variables, 'Split off');
    if (!result) return;
    onDone();
    await navigate({ to: '/incidents/$number', params: { number: String(result.splitIncident.number) } });
  };
  // Nothing would stay: the incident itself goes there instead.
  if (alertIds.length >= incident.alertCount) {
    return (
      <div className="split-bar" role="group" aria-label="Split off alerts">
        <p className="split-bar-all">
          <strong>{alertIds.length === 1 ? 'Its only alert' : `All ${alertIds.length} alerts`}</strong>: an incident
          keeps at least one, so merge it instead.
        </p>
        {canMerge(incident.phase) && (
          <Button size="xs" variant="default" onClick={open}>
            Merge into…
          </Button>
        )}
        <CloseButton size="sm" aria-label="Clear the selection" onClick={onDone} />
        <MergeDialog incident={incident} isOpen={isMoving} onClose={close} />
      </div>
    );
  }
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
      <Button size="xs" variant="default" onClick={open}>
        Move…
      </Button>
      <CloseButton size="sm" aria-label="Clear the selection" onClick={onDone} />
      <MoveDialog incident={incident} alertIds={alertIds} isOpen={isMoving} onClose={close} onMoved={onDone} />
    </form>
  );
}
