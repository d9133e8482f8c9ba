import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { mergeIncidents } from '../graphql/incidentMutations.ts';
import { useAct } from '../ui/useAct.ts';
import type { DialogProps } from './AssignDialog.tsx';
import { IncidentPicker, type PickedIncident } from './IncidentPicker.tsx';

export function MergeDialog({ incident, isOpen, onClose }: DialogProps) {
  const { act, isActing } = useAct();
  const navigate = useNavigate();
  const merge = async (into: PickedIncident) => {
    const variables = { ids: [incident.id], into: into.id };
    const result = await act(mergeIncidents, variables, `${incident.reference} merged into ${into.reference}`);
    if (!result) return;
    onClose();
    await navigate({ to: '/incidents/$number', params: { number: String(into.number) } });
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Merge ${incident.reference}`} size="lg">
      <IncidentPicker
        description={`The alerts of ${incident.reference} move there; ${incident.reference} ends as merged.`}
        exceptId={incident.id}
        isDisabled={isActing}
        onPick={(into) => void merge(into)}
      />
    </Modal>
  );
}
