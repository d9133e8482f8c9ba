import { Modal } from '@mantine/core';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import type { DialogProps } from '../AssignDialog.tsx';
import { CallNow } from '../escalation/CallNow.tsx';
import { Called } from '../escalation/Called.tsx';
import { escalationQuery } from '../escalation/escalationQueries.ts';
import './actions.css';

function Escalation({ incident: { id }, onClose }: Omit<DialogProps, 'isOpen'>) {
  const { data, error, refetch } = useLiveQuery({ query: escalationQuery, variables: { id } });
  if (!data?.incident) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={2} />;
  const { escalations } = data.incident;
  return (
    <div className="action-dialog">
      {escalations.length === 0 ? (
        <p className="work-none">Nobody was called yet.</p>
      ) : (
        <ul className="work-list" aria-label="Called so far">
          {escalations.slice(-2).map((escalation) => (
            <Called key={escalation.id} escalation={escalation} />
          ))}
        </ul>
      )}
      <CallNow incidentId={id} isRunning={escalations.some(({ state }) => state === 'RUNNING')} onDone={onClose} />
    </div>
  );
}

/** Who was called so far, and whom to call now. */
export function EscalateDialog({ incident, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Escalate ${incident.reference}`}>
      <Escalation incident={incident} onClose={onClose} />
    </Modal>
  );
}
