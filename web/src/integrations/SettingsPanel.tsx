import { Button, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMutate } from '../ui/useMutate.ts';
import { updateIntegration } from './integrationMutations.ts';
import type { IntegrationDetails } from './integrationsQueries.ts';
import './sourcePicker.css';

interface Settings {
  readonly name: string;
  readonly environment: string;
  readonly team: string;
  readonly staleAfterMinutes: number;
  readonly staleAction: IntegrationDetails['staleAction'];
  readonly ignoreLabels: readonly string[];
  readonly volatileAnnotations: readonly string[];
}

function settingsOf(integration: IntegrationDetails): Settings {
  const { name, environment, team, staleAfterSeconds, staleAction, ignoreLabels, volatileAnnotations } = integration;
  const staleAfterMinutes = staleAfterSeconds / 60;
  return {
    name,
    environment: environment ?? '',
    team: team ?? '',
    staleAfterMinutes,
    staleAction,
    ignoreLabels,
    volatileAnnotations,
  };
}

function inputOf({ environment, team, staleAfterMinutes, ignoreLabels, volatileAnnotations, ...rest }: Settings) {
  return {
    ...rest,
    environment: environment.trim() || null,
    team: team.trim() || null,
    staleAfterSeconds: Math.round(staleAfterMinutes * 60),
    ignoreLabels: [...ignoreLabels],
    volatileAnnotations: [...volatileAnnotations],
  };
}

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
          value={draft.environment}
          onChange={(event) => set({ environment: event.currentTarget.value })}
          maxLength={100}
        />
        <TextInput
          label="Team"
          value={draft.team}
          onChange={(event) => set({ team: event.currentTarget.value })}
          maxLength={100}
        />
      </div>
    </>
  );
}

function StaleFields({ draft, set }: FieldsProps) {
  return (
    <>
      <div className="integration-form-pair">
        <NumberInput
          label="Stale after (minutes)"
          description="About twice the sender’s repeat interval."
          value={draft.staleAfterMinutes}
          onChange={(value) => set({ staleAfterMinutes: Number(value) })}
          min={1}
          max={129_600}
          hideControls
          required
        />
        <NativeSelect
          label="Then"
          description="What becomes of its stale alerts."
          value={draft.staleAction}
          onChange={(event) => set({ staleAction: event.currentTarget.value === 'RESOLVE' ? 'RESOLVE' : 'KEEP' })}
          data={[
            { value: 'KEEP', label: 'keep them, marked' },
            { value: 'RESOLVE', label: 'resolve them as stale' },
          ]}
        />
      </div>
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
    </>
  );
}

function SettingsForm({ id, initial }: { readonly id: string; readonly initial: Settings }) {
  const [draft, setDraft] = useState(initial);
  const { mutate, isMutating } = useMutate();
  const isChanged = JSON.stringify(draft) !== JSON.stringify(initial);
  const isValid = draft.name.trim() !== '' && draft.staleAfterMinutes >= 1;
  const set = (patch: Partial<Settings>) => setDraft((before) => ({ ...before, ...patch }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    void mutate(updateIntegration, { id, input: inputOf(draft) }, 'Saved');
  };
  return (
    <form className="integration-form" onSubmit={save}>
      <WhereFields draft={draft} set={set} />
      <StaleFields draft={draft} set={set} />
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
      <SettingsForm key={JSON.stringify(settings)} id={integration.id} initial={settings} />
    </section>
  );
}
