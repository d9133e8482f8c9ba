import { ActionIcon, Button, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { phaseWords } from '../../ui/words.ts';
import { changedAt, keyOf, without } from './typeDraft.ts';
import type { Definition, Problem } from './typeQueries.ts';

export interface PartProps {
  readonly definition: Definition;
  readonly set: (change: Partial<Definition>) => void;
}

interface WorkflowProps extends PartProps {
  readonly problems: readonly Problem[];
}

/** What is wrong at one place, e.g. `statuses[2]`; null: nothing. */
function wrongAt(problems: readonly Problem[], place: string): string | null {
  const found = problems.filter(({ field }) => field === place || field.startsWith(`${place}.`));
  return found.length === 0 ? null : found.map(({ message }) => message).join(' ');
}

const phases = ['DETECTED', 'TRIAGED', 'ACKNOWLEDGED', 'MITIGATED', 'RESOLVED', 'CLOSED'] as const;
const roleChoices = [
  { value: 'REPORTER', label: 'Reporter' },
  { value: 'RESPONDER', label: 'Responder' },
  { value: 'MANAGER', label: 'Manager' },
  { value: 'ADMIN', label: 'Admin' },
] as const;

export function Remove({ what, onClick }: { readonly what: string; readonly onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${what}`} onClick={onClick}>
      <IconTrash size={16} stroke={1.8} />
    </ActionIcon>
  );
}

/** The statuses in the order of the diagram. */
export function Statuses({ definition: { statuses, transitions }, problems, set }: WorkflowProps) {
  const remove = (index: number, key: string) =>
    set({
      statuses: without(statuses, index),
      transitions: transitions.filter(({ from, to }) => from !== key && to !== key),
    });
  const add = () => {
    const key = keyOf(
      'New status',
      statuses.map((each) => each.key),
    );
    set({ statuses: [...statuses, { key, title: 'New status', phase: 'ACKNOWLEDGED' }] });
  };
  return (
    <ul className="type-rows" aria-label="Statuses">
      <li className="type-row type-head" aria-hidden="true">
        <span>Name</span>
        <span>Phase</span>
        <span>Key</span>
      </li>
      {statuses.map(({ key, title, phase }, index) => (
        <li key={key} className="type-row">
          <TextInput
            aria-label="Name of the status"
            value={title}
            error={wrongAt(problems, `statuses[${index}]`)}
            onChange={({ currentTarget }) =>
              set({ statuses: changedAt(statuses, index, { title: currentTarget.value }) })
            }
          />
          <NativeSelect
            aria-label={`Phase of ${title}`}
            value={phase}
            onChange={({ currentTarget: { value } }) => {
              const found = phases.find((each) => each === value);
              if (found) set({ statuses: changedAt(statuses, index, { phase: found }) });
            }}
            data={phases.map((value) => ({ value, label: phaseWords[value] }))}
          />
          <span className="muted mono">{key}</span>
          <Remove what={title} onClick={() => remove(index, key)} />
        </li>
      ))}
      <li>
        <Button variant="default" size="xs" onClick={add}>
          Add a status
        </Button>
      </li>
    </ul>
  );
}

function WaysHead() {
  return (
    <li className="type-row type-row-way type-head" aria-hidden="true">
      <span>From</span>
      <span>To</span>
      <span>Who may, at least</span>
      <span>What must be filled in</span>
    </li>
  );
}

/** What leads where, who may, and what must be filled in by then. */
export function Transitions({ definition: { statuses, transitions, fields }, problems, set }: WorkflowProps) {
  const choices = statuses.map(({ key, title }) => ({ value: key, label: title }));
  const change = (index: number, part: Partial<(typeof transitions)[number]>) =>
    set({ transitions: changedAt(transitions, index, part) });
  const add = () => {
    const [first, second] = statuses;
    if (!first || !second) return;
    set({ transitions: [...transitions, { from: first.key, to: second.key, role: 'RESPONDER', requires: [] }] });
  };
  return (
    <ul className="type-rows" aria-label="Transitions">
      <WaysHead />
      {transitions.map(({ from, to, role, requires }, index) => (
        // The place is the identity: two rows may say the same for a moment.
        // oxlint-disable-next-line react/no-array-index-key -- rows have no other identity
        <li key={index} className="type-row type-row-way">
          <NativeSelect
            aria-label="From"
            value={from}
            onChange={({ currentTarget }) => change(index, { from: currentTarget.value })}
            data={choices}
          />
          <NativeSelect
            aria-label="To"
            value={to}
            onChange={({ currentTarget }) => change(index, { to: currentTarget.value })}
            data={choices}
          />
          <NativeSelect
            aria-label="Who may, at least"
            value={role}
            onChange={({ currentTarget: { value } }) => {
              const found = roleChoices.find((each) => each.value === value);
              if (found) change(index, { role: found.value });
            }}
            data={[...roleChoices]}
          />
          <MultiSelect
            aria-label="Required fields"
            error={wrongAt(problems, `transitions[${index}]`)}
            placeholder={requires.length === 0 ? 'No field required' : ''}
            value={[...requires]}
            onChange={(next) => change(index, { requires: next })}
            data={fields.map(({ key, title }) => ({ value: key, label: title }))}
          />
          <Remove
            what={`the way from ${from} to ${to}`}
            onClick={() => set({ transitions: without(transitions, index) })}
          />
        </li>
      ))}
      <li>
        <Button variant="default" size="xs" onClick={add}>
          Add a transition
        </Button>
      </li>
    </ul>
  );
}
