import { AssignDialog } from '../AssignDialog.tsx';
import { DismissDialog } from '../DismissDialog.tsx';
import type { IncidentDetails } from '../incidentQuery.ts';
import { MergeDialog } from '../MergeDialog.tsx';
import { DetailsDialog } from './DetailsDialog.tsx';
import type { DialogName } from './dialogActions.ts';
import { EscalateDialog } from './EscalateDialog.tsx';
import { SeverityDialog } from './SeverityDialog.tsx';
import { SnoozeDialog } from './SnoozeDialog.tsx';
import { StatusDialog } from './StatusDialog.tsx';

const dialogs = {
  assign: AssignDialog,
  escalate: EscalateDialog,
  snooze: SnoozeDialog,
  status: StatusDialog,
  severity: SeverityDialog,
  details: DetailsDialog,
  merge: MergeDialog,
  dismiss: DismissDialog,
} as const;

const names = ['assign', 'escalate', 'snooze', 'status', 'severity', 'details', 'merge', 'dismiss'] as const;

interface DialogsProps {
  readonly incident: IncidentDetails;
  readonly shown: DialogName | null;
  readonly onClose: () => void;
}

/** One at most is open; the others are there, so that each can leave as it came and give the focus back. */
export function Dialogs({ incident, shown, onClose }: DialogsProps) {
  return names.map((name) => {
    const Dialog = dialogs[name];
    return <Dialog key={name} incident={incident} isOpen={shown === name} onClose={onClose} />;
  });
}
