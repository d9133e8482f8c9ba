import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { mergeIncidents } from '../graphql/incidentMutations.ts';
import { useAct } from '../ui/useAct.ts';
import { severities } from '../ui/words.ts';

interface MergeSelectedProps {
  readonly incidents: readonly IncidentRow[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onMerged: () => void;
}

/** The worst, and among equals the oldest, is the likeliest to stay. */
function likeliest(incidents: readonly IncidentRow[]): IncidentRow | undefined {
  return incidents.toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.number - b.number,
  )[0];
}

export function MergeSelected({ incidents, isOpen, onClose, onMerged }: MergeSelectedProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { act, isActing } = useAct();
  const into = incidents.find(({ id }) => id === chosen) ?? likeliest(incidents);

  const merge = async () => {
    if (!into) return;
    const ids = incidents.flatMap(({ id }) => (id === into.id ? [] : [id]));
    const result = await act(mergeIncidents, { ids, into: into.id }, `${ids.length} merged into ${into.reference}`);
    if (result) onMerged();
  };

  return (
    <Modal opened={isOpen} onClose={onClose} title="Merge into one incident" size="lg">
      <Radio.Group
        value={into?.id ?? null}
        onChange={setChosen}
        label="Which one stays?"
        description="Its number and title are kept. The alerts of the others move into it; they end as merged."
      >
        <Stack gap="xs" mt="md">
          {incidents.map((incident) => (
            <Radio key={incident.id} value={incident.id} label={`${incident.reference} ${incident.title}`} />
          ))}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={() => void merge()} loading={isActing}>
          Merge
        </Button>
      </Group>
    </Modal>
  );
}
