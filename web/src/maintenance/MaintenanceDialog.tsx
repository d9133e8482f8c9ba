import { Modal } from '@mantine/core';
import { useState } from 'react';
import { draftOf, type MaintenanceDraft, newDraft } from './maintenanceDraft.ts';
import { MaintenanceForm } from './MaintenanceForm.tsx';
import type { MaintenanceWindow } from './maintenanceQueries.ts';
import type { MaintenanceSearch } from './maintenanceSearch.ts';
import type { MaintenanceControls } from './useMaintenanceSearch.ts';

function titleOf(draft: MaintenanceDraft, edited: MaintenanceWindow | null): string {
  if (edited) return `Edit “${edited.name}”`;
  return draft.kind === 'silence' ? 'Silence alerts' : 'Plan a maintenance window';
}

function initialOf(search: MaintenanceSearch, edited: MaintenanceWindow | null): MaintenanceDraft {
  return edited ? draftOf(edited) : newDraft(search.new ?? 'silence', Date.now(), search);
}

interface MaintenanceDialogProps {
  readonly windows: readonly MaintenanceWindow[];
  readonly controls: MaintenanceControls;
  readonly onSaved: () => void;
}

function Opened({
  controls,
  edited,
  onSaved,
}: Omit<MaintenanceDialogProps, 'windows'> & { edited: MaintenanceWindow | null }) {
  const { search, change } = controls;
  const [initial] = useState(() => initialOf(search, edited));
  const close = () => change({ new: undefined, edit: undefined, match: undefined, name: undefined });
  return (
    <Modal opened onClose={close} title={titleOf(initial, edited)} size="62rem">
      <MaintenanceForm
        initial={initial}
        edited={edited}
        onClose={close}
        onSaved={(saved) => {
          const tab = saved.state === 'UPCOMING' ? 'upcoming' : undefined;
          change({ new: undefined, edit: undefined, match: undefined, name: undefined, tab });
          onSaved();
        }}
      />
    </Modal>
  );
}

/** The form over the list, opened by the address: new, or one that is there. */
export function MaintenanceDialog({ windows, controls, onSaved }: MaintenanceDialogProps) {
  const { search } = controls;
  const edited = windows.find(({ id }) => id === search.edit) ?? null;
  if (!edited && !search.new) return null;
  return <Opened key={edited?.id ?? search.new} controls={controls} edited={edited} onSaved={onSaved} />;
}
