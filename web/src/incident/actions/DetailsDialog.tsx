import { Modal } from '@mantine/core';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import type { DialogProps } from '../AssignDialog.tsx';
import { EditForm } from '../fields/EditForm.tsx';
import { workQuery } from '../status/workQuery.ts';

function Details({ incident: { id }, onClose }: Omit<DialogProps, 'isOpen'>) {
  const { data, error, refetch } = useLiveQuery({ query: workQuery, variables: { id } });
  if (!data?.incident) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={4} />;
  return <EditForm incident={data.incident} onClose={onClose} />;
}

/** Title, services, impact × urgency, tags and the fields of the type. */
export function DetailsDialog({ incident, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Details of ${incident.reference}`}>
      <Details incident={incident} onClose={onClose} />
    </Modal>
  );
}
