import { Button, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMutate } from '../ui/useMutate.ts';
import { updateIntegration } from './integrationMutations.ts';
import { inputOf, type Settings, settingsOf } from './integrationSettings.ts';
import type { IntegrationDetails } from './integrationsQueries.ts';
import { LabelAliases } from './LabelAliases.tsx';
import { ReconcileFields } from './ReconcileFields.tsx';
import './sourcePicker.css';
import { sourceOf } from './sources.ts';
import { StaleFields } from './StaleFields.tsx';

interface FieldsProps {
  readonly draft: Settings;
  readonly set: (patch: Partial<Settings>) => void;
}

function WhereFields({ draft, set }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={100}
        required
      />
      <div className="integration-form-pair">
        <TextInput
          label="Environment"
          description="For alerts that name none."
          value={draft.environment}
          onChange={(event) => set({ environment: event.currentTarget.value })}
          maxLength={100}
        />
        <TextInput
          label="Team"
          description="Who owns its incidents."
          value={draft.team}
          onChange={(event) => set({ team: event.currentTarget.value })}
          maxLength={100}
        />
      </div>
    </>
  );
}

function LabelFields({ draft, set }: FieldsProps) {
  return (
    <>
      <TagsInput
        label="Labels that do not tell alerts apart"
        description="E.g. the replica: two copies of one Prometheus are one condition."
        value={[...draft.ignoreLabels]}
        onChange={(ignoreLabels) => set({ ignoreLabels })}
        acceptValueOnBlur
      />
      <TagsInput
        label="Annotations whose change is no news"
        description="E.g. the current value, which differs in each repeat."
        value={[...draft.volatileAnnotations]}
        onChange={(volatileAnnotations) => set({ volatileAnnotations })}
        acceptValueOnBlur
      />
      <LabelAliases aliases={draft.labelAliases} onChange={(labelAliases) => set({ labelAliases })} />
    </>
  );
}

interface SettingsFormProps {
  readonly id: string;
  readonly apiExample: string | undefined;
  readonly reconcileError: string | null;
  readonly hasTopics: boolean;
  readonly initial: Settings;
}

function SettingsForm({ id, apiExample, reconcileError, hasTopics, initial }: SettingsFormProps) {
  const [draft, setDraft] = useState(initial);
  const { mutate, isMutating } = useMutate();
  const isChanged = JSON.stringify(draft) !== JSON.stringify(initial);
  const isValid = draft.name.trim() !== '' && draft.staleAfterMinutes >= 1;
  const set = (patch: Partial<Settings>) => setDraft((before) => ({ ...before, ...patch }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    void mutate(updateIntegration, { id, input: inputOf(draft) }, 'Saved').then((saved) => {
      if (saved) set({ reconcileToken: '' });
    });
  };
  return (
    <form className="integration-form" onSubmit={save}>
      <WhereFields draft={draft} set={set} />
      <StaleFields draft={draft} set={set} />
      {apiExample !== undefined && (
        <ReconcileFields draft={draft} set={set} apiExample={apiExample} problem={reconcileError} />
      )}
      {hasTopics && (
        <TagsInput
          label="Topics of Amazon SNS"
          description="By ARN. Messages of other topics are refused; empty: any that brings the secret."
          value={[...draft.topics]}
          onChange={(topics) => set({ topics })}
          acceptValueOnBlur
        />
      )}
      <LabelFields draft={draft} set={set} />
      <Button type="submit" loading={isMutating} disabled={!isChanged || !isValid} className="integration-form-do">
        Save
      </Button>
    </form>
  );
}

export function SettingsPanel({ integration }: { readonly integration: IntegrationDetails }) {
  const settings = settingsOf(integration);
  return (
    <section className="panel" aria-label="Settings">
      <h2 className="panel-title">Settings</h2>
      {/* Settings saved elsewhere begin the form anew; a delivery does not. */}
      <SettingsForm
        key={JSON.stringify(settings)}
        id={integration.id}
        apiExample={sourceOf(integration.source).apiExample}
        reconcileError={integration.reconcileError}
        hasTopics={integration.source === 'CLOUDWATCH'}
        initial={settings}
      />
    </section>
  );
}
