import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../session/viewer.ts';
import { useAct } from '../ui/useAct.ts';
import { endWords, inputOf, newStep, type PolicyDraft, type StepDraft, stepTime } from './policyDraft.ts';
import { deletePolicy, type PolicyRow, savePolicy } from './policyQueries.ts';
import { type Choices, StepEditor } from './StepEditor.tsx';

interface FieldsProps {
  readonly draft: PolicyDraft;
  readonly set: (patch: Partial<PolicyDraft>) => void;
  readonly choices: Choices;
}

function Fields({ draft, set, choices }: FieldsProps) {
  return (
    <section className="panel policy-fields" aria-label="Policy">
      <TextInput
        label="Name"
        placeholder="Checkout, day and night"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={100}
        required
      />
      <Select
        label="Team"
        placeholder="none"
        description="Whose managers may change it."
        data={choices.teams.map(({ name }) => name)}
        value={draft.team}
        onChange={(team) => set({ team })}
        clearable
        searchable
      />
      <NumberInput
        label="Repeat the steps"
        suffix=" times"
        value={draft.repeatCount}
        onChange={(value) => set({ repeatCount: Number(value) || 0 })}
        min={0}
        max={20}
        allowDecimal={false}
      />
      <NumberInput
        label="Ask again after"
        description="Who acknowledged and did nothing for so long."
        placeholder="never"
        suffix=" min"
        value={draft.unacknowledgeMinutes ?? ''}
        onChange={(value) => set({ unacknowledgeMinutes: value === '' ? null : Number(value) })}
        min={5}
        max={10_080}
      />
      <TextInput
        className="policy-wide"
        label="Page when"
        placeholder="every incident, e.g. severity >= high"
        description="What it is false for is only recorded."
        value={draft.pageWhen}
        onChange={(event) => set({ pageWhen: event.currentTarget.value })}
        classNames={{ input: 'mono' }}
        maxLength={4_000}
      />
    </section>
  );
}

function Steps({ draft, set, choices }: FieldsProps) {
  const { steps } = draft;
  const put = (next: readonly StepDraft[]) => set({ steps: next });
  const swap = (a: number, b: number) => () => {
    const next = [...steps];
    const [first, second] = [next[a], next[b]];
    if (first && second) [next[a], next[b]] = [second, first];
    put(next);
  };
  return (
    <>
      {steps.map((step, index) => (
        <StepEditor
          key={step.key}
          step={step}
          index={index}
          time={stepTime(steps, index)}
          choices={choices}
          set={(patch) => put(steps.map((each, at) => (at === index ? { ...each, ...patch } : each)))}
          onUp={index > 0 ? swap(index, index - 1) : null}
          onDown={index < steps.length - 1 ? swap(index, index + 1) : null}
          onRemove={steps.length > 1 ? () => put(steps.filter((_, at) => at !== index)) : null}
        />
      ))}
      <p className="step-end">
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => put([...steps, newStep(10)])}
        >
          And if nobody acknowledges
        </Button>
        <span className="muted">{endWords(draft)}</span>
      </p>
    </>
  );
}

interface PolicyEditorProps {
  /** Null for a new one. */
  readonly stored: PolicyRow | null;
  readonly first: PolicyDraft;
  readonly choices: Choices;
  readonly onSaved: () => void;
}

export function PolicyEditor({ stored, first, choices, onSaved }: PolicyEditorProps) {
  const [draft, setDraft] = useState(first);
  const { act, isActing } = useAct();
  const may = useMay();
  const navigate = useNavigate();
  const set = (patch: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...patch }));
  const isReady = draft.name.trim() !== '' && draft.steps.every(({ targets }) => targets.length > 0);
  const save = async () => {
    const input = inputOf(draft, stored?.id ?? null);
    if (!(await act(savePolicy, { input, expectedVersion: stored?.version ?? null }, `${input.name} saved`))) return;
    onSaved();
    if (stored === null) void navigate({ to: '/on-call/policies' });
  };
  const remove = async () => {
    if (stored && (await act(deletePolicy, { id: stored.id }, `${stored.name} deleted`))) {
      void navigate({ to: '/on-call/policies' });
    }
  };
  return (
    <div className="oncall">
      <header className="oncall-head">
        <Link to="/on-call/policies" className="oncall-link">
          Escalation policies
        </Link>
        <h1>{stored?.name ?? 'New policy'}</h1>
        <div className="oncall-head-do">
          {stored && may('Mutation.deleteEscalationPolicy') && (
            <Button
              variant="default"
              onClick={() => void remove()}
              disabled={isActing || stored.usedBy.length > 0}
              title={stored.usedBy.length > 0 ? `In use: ${stored.usedBy.join(', ')}` : undefined}
            >
              Delete
            </Button>
          )}
          {may('Mutation.saveEscalationPolicy') && (
            <Button onClick={() => void save()} loading={isActing} disabled={!isReady}>
              Save
            </Button>
          )}
        </div>
      </header>
      <Fields draft={draft} set={set} choices={choices} />
      <Steps draft={draft} set={set} choices={choices} />
    </div>
  );
}
