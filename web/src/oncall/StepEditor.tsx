import { ActionIcon, MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { ResultOf } from 'gql.tada';
import type { CSSProperties } from 'react';
import { type StepDraft, stepWhom, type TargetKey } from './policyDraft.ts';
import type { targetsQuery } from './policyQueries.ts';

export type Choices = ResultOf<typeof targetsQuery>;

interface StepEditorProps {
  readonly step: StepDraft;
  readonly index: number;
  /** `After 20 min` */
  readonly time: string;
  readonly choices: Choices;
  readonly set: (patch: Partial<StepDraft>) => void;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  /** Null for the only one. */
  readonly onRemove: (() => void) | null;
}

function optionsOf({ people, schedules, teams, notificationChannels }: Choices) {
  return [
    {
      group: 'Who is on call',
      items: schedules.map(({ id, name }) => ({ value: `schedule:${id}`, label: `on call: ${name}` })),
    },
    { group: 'Whole teams', items: teams.map(({ id, name }) => ({ value: `team:${id}`, label: `team ${name}` })) },
    {
      group: 'Channels',
      items: notificationChannels.map(({ id, name }) => ({ value: `channel:${id}`, label: `channel ${name}` })),
    },
    { group: 'People', items: people.map(({ id, name }) => ({ value: `person:${id}`, label: name })) },
  ];
}

/** As a sentence names it, where the picker only lists it. */
function namer(choices: Choices): (key: TargetKey) => string {
  const { people, schedules, teams, notificationChannels } = choices;
  const names = new Map<string, string>([
    ...schedules.map(({ id, name }) => [`schedule:${id}`, `whoever is on call for ${name}`] as const),
    ...teams.map(({ id, name }) => [`team:${id}`, `the whole team ${name}`] as const),
    ...notificationChannels.map(({ id, name }) => [`channel:${id}`, `the channel ${name}`] as const),
    ...people.map(({ id, name }) => [`person:${id}`, name] as const),
  ]);
  return (key) => names.get(key) ?? 'somebody who is gone';
}

function Moves({ index, onUp, onDown, onRemove }: Pick<StepEditorProps, 'index' | 'onUp' | 'onDown' | 'onRemove'>) {
  return (
    <div className="step-moves">
      <ActionIcon variant="default" aria-label={`Step ${index + 1} earlier`} disabled={!onUp} onClick={() => onUp?.()}>
        <IconArrowUp size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={`Step ${index + 1} later`}
        disabled={!onDown}
        onClick={() => onDown?.()}
      >
        <IconArrowDown size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={`Remove step ${index + 1}`}
        disabled={!onRemove}
        onClick={() => onRemove?.()}
      >
        <IconTrash size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

/** The step as a sentence. */
function Said({ step, index, time, choices }: Pick<StepEditorProps, 'step' | 'index' | 'time' | 'choices'>) {
  const condition = step.condition.trim();
  return (
    <p className="step-said" data-nobody={step.targets.length === 0 || undefined}>
      <span className="step-number" aria-hidden="true">
        {index + 1}
      </span>
      <span>
        <b>{time}:</b> {stepWhom(step, namer(choices))}
        {condition !== '' && (
          <>
            , if <code className="mono">{condition}</code>
          </>
        )}
      </span>
    </p>
  );
}

/** One step: how long it waits, whom it wakes. */
export function StepEditor({ step, index, time, choices, set, ...moves }: StepEditorProps) {
  const stair: CSSProperties & Record<'--stair', number> = { '--stair': Math.min(index, 4) };
  return (
    <fieldset className="panel step" style={stair}>
      <legend className="visually-hidden">Step {index + 1}</legend>
      <div className="step-head">
        <Said step={step} index={index} time={time} choices={choices} />
        <Moves index={index} {...moves} />
      </div>
      <div className="step-fields">
        <NumberInput
          label={index === 0 ? 'Wait before it' : 'Wait after the step before'}
          suffix=" min"
          value={step.delayMinutes}
          onChange={(value) => set({ delayMinutes: Number(value) || 0 })}
          min={0}
          max={1_440}
        />
        <MultiSelect
          label="Wake"
          data={optionsOf(choices)}
          value={[...step.targets]}
          onChange={(targets) => set({ targets })}
          error={step.targets.length === 0 ? 'Nobody would be woken.' : null}
          searchable
          required
        />
      </div>
      <div className="step-fields">
        <Switch
          label="In turn"
          description="One of them each time, instead of all at once."
          checked={step.isRoundRobin}
          onChange={(event) => set({ isRoundRobin: event.currentTarget.checked })}
          disabled={step.targets.length < 2}
        />
        <TextInput
          label="Only if"
          placeholder={'severity == "critical" || hour < 7'}
          description="Where it is false the step is skipped at once."
          value={step.condition}
          onChange={(event) => set({ condition: event.currentTarget.value })}
          classNames={{ input: 'mono' }}
          maxLength={4_000}
        />
      </div>
    </fieldset>
  );
}
