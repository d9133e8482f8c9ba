import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { useAct } from '../../ui/useAct.ts';
import type { DialogProps } from '../AssignDialog.tsx';
import { missingFor, RequiredFields, type StatusChoice } from '../status/RequiredFields.tsx';
import { changeStatus, workQuery } from '../status/workQuery.ts';
import './actions.css';

function Choices({ incident: { id }, onClose }: Omit<DialogProps, 'isOpen'>) {
  const { data, error, refetch } = useLiveQuery({ query: workQuery, variables: { id } });
  const [asked, setAsked] = useState<StatusChoice | null>(null);
  const { act, isActing } = useAct();
  const incident = data?.incident;
  if (!incident) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={3} />;
  if (asked) return <RequiredFields incident={incident} choice={asked} onClose={onClose} />;
  const choose = async (choice: StatusChoice) => {
    if (missingFor(incident, choice).length > 0) return setAsked(choice);
    const variables = { id, status: choice.status.key, fields: null, version: incident.version };
    if (await act(changeStatus, variables, `${incident.reference}: ${choice.status.title}`)) onClose();
  };
  return (
    <>
      <p className="action-why">
        It is {incident.status.title} now.{' '}
        {incident.nextStatuses.length === 0 && 'Its workflow leads nowhere from here.'}
      </p>
      <div className="action-choices">
        {incident.nextStatuses.map((choice) => (
          <Button
            key={choice.status.key}
            variant="default"
            className="action-choice"
            disabled={isActing || !choice.isAllowed}
            onClick={() => void choose(choice)}
          >
            <strong>{choice.status.title}</strong>
            {choice.because !== null && <span className="action-because">{choice.because}</span>}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Where the workflow leads next; what is not possible says why. */
export function StatusDialog({ incident, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Status of ${incident.reference}`}>
      <Choices incident={incident} onClose={onClose} />
    </Modal>
  );
}
