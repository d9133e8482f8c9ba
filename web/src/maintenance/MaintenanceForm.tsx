import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ExpressionField } from '../rules/ExpressionField.tsx';
import { useAct } from '../ui/useAct.ts';
import { useNow } from '../ui/useNow.ts';
import { faultOf, inputOf, type MaintenanceDraft } from './maintenanceDraft.ts';
import './maintenanceForm.css';
import { createMaintenanceWindow, type MaintenanceWindow, updateMaintenanceWindow } from './maintenanceQueries.ts';
import { PreviewPane } from './PreviewPane.tsx';
import { SilenceTimes } from './SilenceTimes.tsx';
import { WindowTimes } from './WindowTimes.tsx';

export interface DraftFieldsProps {
  readonly draft: MaintenanceDraft;
  readonly set: (patch: Partial<MaintenanceDraft>) => void;
}

function WhatFields({ draft, set }: DraftFieldsProps) {
  return (
    <>
      <TextInput
        label={draft.kind === 'silence' ? 'Why?' : 'What is being done?'}
        placeholder={draft.kind === 'silence' ? 'Known: the disk is being replaced' : 'Database upgrade'}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={200}
        required
        data-autofocus
      />
      <ExpressionField
        label="Which alerts?"
        description="An expression over the alert (CEL). They are stored and shown, and open nothing meanwhile."
        value={draft.match}
        onChange={(match) => set({ match })}
        placeholder={'service == "checkout" && environment == "production"'}
        isRequired
      />
    </>
  );
}

interface MaintenanceFormProps {
  readonly initial: MaintenanceDraft;
  /** Null for a new one. */
  readonly edited: MaintenanceWindow | null;
  readonly onClose: () => void;
  readonly onSaved: (saved: MaintenanceWindow) => void;
}

/** What, which alerts, when; beside it what this would keep quiet right now. */
export function MaintenanceForm({ initial, edited, onClose, onSaved }: MaintenanceFormProps) {
  const [draft, setDraft] = useState(initial);
  const { act, isActing } = useAct();
  const set = (patch: Partial<MaintenanceDraft>) => setDraft((before) => ({ ...before, ...patch }));
  const fault = faultOf(draft, useNow());
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const input = inputOf(draft, Date.now());
    const saved = edited
      ? (await act(updateMaintenanceWindow, { id: edited.id, input, expectedVersion: edited.version }, 'Saved'))
          ?.updateMaintenanceWindow
      : (await act(createMaintenanceWindow, { input }, draft.kind === 'silence' ? 'Silenced' : 'Planned'))
          ?.createMaintenanceWindow;
    if (saved) onSaved(saved);
  };
  return (
    <form className="maintenance-form" onSubmit={(event) => void save(event)}>
      <div className="maintenance-fields">
        <WhatFields draft={draft} set={set} />
        {draft.kind === 'silence' ? <SilenceTimes draft={draft} set={set} /> : <WindowTimes draft={draft} set={set} />}
        <Textarea
          label="Comment"
          value={draft.comment}
          onChange={(event) => set({ comment: event.currentTarget.value })}
          maxLength={2_000}
          autosize
          minRows={2}
          maxRows={6}
        />
      </div>
      <PreviewPane draft={draft} />
      <Group justify="flex-end" className="maintenance-form-do">
        {fault && <span className="muted maintenance-fault">{fault}</span>}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isActing} disabled={fault !== null}>
          {edited ? 'Save' : draft.kind === 'silence' ? 'Silence them' : 'Plan it'}
        </Button>
      </Group>
    </form>
  );
}
