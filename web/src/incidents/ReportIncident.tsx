import { Modal } from '@mantine/core';
import { lazy, Suspense } from 'react';

const ReportForm = lazy(() => import('./report/ReportForm.tsx').then(({ ReportForm: Form }) => ({ default: Form })));

/** A person reports what no alert has seen. */
export function ReportIncident({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Report an incident" size="lg">
      <Suspense fallback={null}>
        <ReportForm onClose={onClose} />
      </Suspense>
    </Modal>
  );
}
