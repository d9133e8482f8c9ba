import { Autocomplete, Button, Group, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { ownerNamesQuery } from '../oncall/ownerNames.ts';
import { useAct } from '../ui/useAct.ts';
import { saveService, type ServiceInput, type ServiceRow } from './servicesQueries.ts';
import './serviceForm.css';

interface Draft {
  readonly name: string;
  readonly kind: string;
  readonly environments: readonly string[];
  readonly namespace: string;
  readonly team: string;
  /** Empty: its team's. */
  readonly policyId: string;
  readonly tier: string;
  readonly runbookUrl: string;
  readonly aliases: readonly string[];
  readonly dependsOn: readonly string[];
}

const emptyDraft: Draft = {
  name: '',
  kind: 'api',
  environments: ['production'],
  namespace: '',
  team: '',
  policyId: '',
  tier: '',
  runbookUrl: '',
  aliases: [],
  dependsOn: [],
};

function draftOf(service: ServiceRow): Draft {
  const { name, kind, environments, namespace, team, tier, runbookUrl, aliases, dependsOn, escalationPolicy } = service;
  return {
    name,
    kind,
    environments,
    namespace: namespace ?? '',
    team: team ?? '',
    policyId: escalationPolicy?.id ?? '',
    tier: tier === null ? '' : String(tier),
    runbookUrl: runbookUrl ?? '',
    aliases,
    dependsOn,
  };
}

function inputOf(draft: Draft): ServiceInput {
  return {
    name: draft.name.trim(),
    kind: draft.kind.trim() || null,
    environments: [...draft.environments],
    namespace: draft.namespace.trim() || null,
    team: draft.team.trim() || null,
    escalationPolicyId: draft.policyId || null,
    tier: draft.tier === '' ? null : Number(draft.tier),
    runbookUrl: draft.runbookUrl.trim() || null,
    aliases: [...draft.aliases],
    dependsOn: [...draft.dependsOn],
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
}

const kinds = ['api', 'web', 'worker', 'job', 'database', 'cache', 'queue', 'gateway', 'external'];

function WhatFields({ draft, set, isNew }: FieldsProps & { readonly isNew: boolean }) {
  return (
    <div className="service-form-pair">
      <TextInput
        label="Name"
        description={isNew ? 'As alerts call it, e.g. checkout.' : 'It cannot be renamed: add an alias instead.'}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        readOnly={!isNew}
        maxLength={200}
        required
        data-autofocus={isNew || undefined}
      />
      <Autocomplete
        label="Kind"
        description="What it is."
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        data={kinds}
      />
    </div>
  );
}

function OwnerFields({ draft, set, edited }: FieldsProps & { readonly edited: ServiceRow | null }) {
  const [{ data }] = useQuery({ query: ownerNamesQuery, variables: {} });
  // Its own is there before the list is, so that saving early does not take it away.
  const policies = data?.escalationPolicies ?? (edited?.escalationPolicy ? [edited.escalationPolicy] : []);
  return (
    <>
      <div className="service-form-pair">
        <Autocomplete
          label="Team"
          description="Who owns its incidents."
          value={draft.team}
          onChange={(team) => set({ team })}
          data={(data?.teams ?? []).map(({ name }) => name)}
          maxLength={100}
        />
        <NativeSelect
          label="Escalation policy"
          description="Who is woken, and who next."
          value={draft.policyId}
          onChange={(event) => set({ policyId: event.currentTarget.value })}
          data={[
            { value: '', label: 'that of its team' },
            ...policies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <div className="service-form-pair">
        <TextInput
          type="url"
          label="Runbook"
          description="Where its responders read on."
          placeholder="https://"
          value={draft.runbookUrl}
          onChange={(event) => set({ runbookUrl: event.currentTarget.value })}
        />
        <NativeSelect
          label="Tier"
          description="1 is what must not fail."
          value={draft.tier}
          onChange={(event) => set({ tier: event.currentTarget.value })}
          data={[{ value: '', label: 'none' }, '1', '2', '3', '4', '5']}
        />
      </div>
    </>
  );
}

function WhereFields({ draft, set, others }: FieldsProps & { readonly others: readonly string[] }) {
  return (
    <>
      <div className="service-form-pair">
        <TagsInput
          label="Environments"
          value={[...draft.environments]}
          onChange={(environments) => set({ environments })}
          acceptValueOnBlur
        />
        <TextInput
          label="Namespace"
          description="An alert that names only this finds the service."
          value={draft.namespace}
          onChange={(event) => set({ namespace: event.currentTarget.value })}
          maxLength={200}
        />
      </div>
      <TagsInput
        label="Depends on"
        description="Its incidents may have their origin there."
        data={others}
        value={[...draft.dependsOn]}
        onChange={(dependsOn) => set({ dependsOn })}
        acceptValueOnBlur
        maxDropdownHeight={160}
      />
      <TagsInput
        label="Aliases"
        description="What else alerts call it."
        value={[...draft.aliases]}
        onChange={(aliases) => set({ aliases })}
        acceptValueOnBlur
      />
    </>
  );
}

interface ServiceFormProps {
  /** Null for a new one. */
  readonly edited: ServiceRow | null;
  /** Of all services, to depend on. */
  readonly names: readonly string[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function ServiceForm({ edited, names, onClose, onSaved }: ServiceFormProps) {
  const [draft, setDraft] = useState(() => (edited ? draftOf(edited) : emptyDraft));
  const { act, isActing } = useAct();
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const isTaken = edited === null && names.includes(draft.name.trim());
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await act(saveService, { input: inputOf(draft) }, `${draft.name.trim()} saved`))) return;
    onSaved();
    onClose();
  };
  return (
    <form className="service-form" onSubmit={(event) => void save(event)}>
      <WhatFields draft={draft} set={set} isNew={edited === null} />
      <OwnerFields draft={draft} set={set} edited={edited} />
      <WhereFields draft={draft} set={set} others={names.filter((name) => name !== draft.name)} />
      <Group justify="flex-end" mt="sm">
        {isTaken && <span className="muted">There is a service of this name already.</span>}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isActing} disabled={draft.name.trim() === '' || isTaken}>
          {edited ? 'Save' : 'Add service'}
        </Button>
      </Group>
    </form>
  );
}
