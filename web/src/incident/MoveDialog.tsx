import { Modal } from '@mantine/core';
import { moveAlerts } from '../graphql/incidentMutations.ts';
import { useAct } from '../ui/useAct.ts';
import { counted } from '../ui/words.ts';
import type { DialogProps } from './AssignDialog.tsx';
import { IncidentPicker, type PickedIncident } from './IncidentPicker.tsx';

interface MoveDialogProps extends DialogProps {
  readonly alertIds: readonly string[];
  readonly onMoved: () => void;
}

/** Moves the chosen alerts into another incident, where they belong. */
export function MoveDialog({ incident, alertIds, isOpen, onClose, onMoved }: MoveDialogProps) {
  const { act, isActing } = useAct();
  const what = counted(alertIds.length, 'alert');
  const move = async (into: PickedIncident) => {
    const variables = { alertIds: [...alertIds], into: into.id };
    if (!(await act(moveAlerts, variables, `${what} moved into ${into.reference}`))) return;
    onClose();
    onMoved();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Move ${what}`} size="lg">
      <IncidentPicker
        description="They leave this incident; when they fire again later, they join that one."
        exceptId={incident.id}
        isDisabled={isActing}
        onPick={(into) => void move(into)}
      />
    </Modal>
  );
}
