import { Button, Checkbox, Group, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSettled } from '../../rules/useSettled.ts';
import { useMutate } from '../../ui/useMutate.ts';
import { conditionQuery, deleteRule, type RuleRow, saveRule } from './automationQueries.ts';
import { DryRun } from './DryRun.tsx';
import { kindChoices, kindsOf } from './eventChoices.ts';
import { Actions } from './RuleActions.tsx';
import { type Draft, draftOf, inputOf } from './ruleDraft.ts';

function Condition({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { value: settled } = useSettled(value.trim(), 300);
  const [{ data }] = useQuery({ query: conditionQuery, variables: { expression: settled }, pause: settled === '' });
  const check = settled === '' ? undefined : data?.checkIncidentExpression;
  return (
    <Textarea
      label="If"
      description={'Over the incident and the event; empty: always. For example severity >= high && "db" in services'}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={check?.isValid === false ? check.message : undefined}
      autosize
      minRows={1}
      maxRows={8}
      spellCheck={false}
      autoCapitalize="off"
      classNames={{ input: 'mono' }}
    />
  );
}

interface FootProps {
  readonly isNew: boolean;
  readonly isNamed: boolean;
  readonly isBusy: boolean;
  readonly onSave: () => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

function Foot({ isNew, isNamed, isBusy, onSave, onRemove, onClose }: FootProps) {
  return (
    <Group justify="space-between">
      {isNew ? (
        <span />
      ) : (
        <Button variant="subtle" color="red" onClick={onRemove} disabled={isBusy}>
          Delete
        </Button>
      )}
      <Group gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={onSave} loading={isBusy} disabled={!isNamed}>
          Save rule
        </Button>
      </Group>
    </Group>
  );
}

interface EditorProps {
  readonly rule: RuleRow | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** When, if, then; tried against what happened before it is saved. */
export function RuleEditor({ rule, onClose, onSaved }: EditorProps) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  const { mutate, isMutating } = useMutate();
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const input = inputOf(draft, rule?.id ?? null);
  const finish = (result: unknown) => {
    if (!result) return;
    onSaved();
    onClose();
  };
  const save = async () =>
    finish(await mutate(saveRule, { input, version: rule?.version ?? null }, `${draft.name} saved`));
  const remove = async () => {
    if (rule !== null) finish(await mutate(deleteRule, { id: rule.id }, `${rule.name} deleted`));
  };
  return (
    <section className="panel automation-editor" aria-label={rule === null ? 'New rule' : rule.name}>
      <div className="automation-pair">
        <TextInput
          label="Name"
          value={draft.name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          maxLength={100}
        />
        <TextInput
          label="Team"
          placeholder="Incidents of every team"
          value={draft.team}
          onChange={({ currentTarget }) => set({ team: currentTarget.value })}
        />
      </div>
      <MultiSelect
        label="When"
        value={[...draft.kinds]}
        onChange={(values) => set({ kinds: kindsOf(values) })}
        data={kindChoices}
        searchable
      />
      <Condition value={draft.condition} onChange={(condition) => set({ condition })} />
      <Actions actions={draft.actions} onChange={(actions) => set({ actions })} />
      <Checkbox
        label="Enabled"
        checked={draft.isEnabled}
        onChange={({ currentTarget }) => set({ isEnabled: currentTarget.checked })}
      />
      <DryRun input={input} />
      <Foot
        isNew={rule === null}
        isNamed={draft.name.trim() !== ''}
        isBusy={isMutating}
        onSave={() => void save()}
        onRemove={() => void remove()}
        onClose={onClose}
      />
    </section>
  );
}
