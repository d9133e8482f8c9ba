import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Remove } from '../types/WorkflowTables.tsx';
import { type ActionDraft, actionForms, actionKinds } from './actionForms.ts';

interface ActionProps {
  readonly action: ActionDraft;
  readonly onChange: (action: ActionDraft) => void;
  readonly onRemove: () => void;
}

function Action({ action, onChange, onRemove }: ActionProps) {
  const { kind, values } = action;
  const set = (name: string, value: string) => onChange({ kind, values: { ...values, [name]: value } });
  return (
    <li className="automation-action">
      <NativeSelect
        aria-label="Action"
        value={kind}
        onChange={({ currentTarget: { value } }) => {
          const found = actionKinds.find((each) => each === value);
          if (found) onChange({ kind: found, values: {} });
        }}
        data={actionKinds.map((value) => ({ value, label: actionForms[value]?.title ?? value }))}
      />
      <span className="automation-parameters">
        {(actionForms[kind]?.parameters ?? []).map(({ name, label, placeholder, choices }) =>
          choices ? (
            <NativeSelect
              key={name}
              aria-label={label}
              value={values[name] ?? choices[0] ?? ''}
              onChange={({ currentTarget }) => set(name, currentTarget.value)}
              data={[...choices]}
            />
          ) : (
            <TextInput
              key={name}
              aria-label={label}
              placeholder={placeholder ?? label}
              value={values[name] ?? ''}
              onChange={({ currentTarget }) => set(name, currentTarget.value)}
            />
          ),
        )}
      </span>
      <Remove what="the action" onClick={onRemove} />
    </li>
  );
}

interface ActionsProps {
  readonly actions: readonly ActionDraft[];
  readonly onChange: (actions: readonly ActionDraft[]) => void;
}

/** What a rule does, one after the other. */
export function Actions({ actions, onChange }: ActionsProps) {
  return (
    <div>
      <h3 className="automation-label">Then</h3>
      <ul className="type-rows">
        {actions.map((action, index) => (
          <Action
            // oxlint-disable-next-line react/no-array-index-key -- actions have no identity but their place
            key={index}
            action={action}
            onChange={(next) => onChange(actions.map((each, at) => (at === index ? next : each)))}
            onRemove={() => onChange(actions.filter((_, at) => at !== index))}
          />
        ))}
        <li>
          <Button variant="default" size="xs" onClick={() => onChange([...actions, { kind: 'ADD_TAG', values: {} }])}>
            Add an action
          </Button>
        </li>
      </ul>
    </div>
  );
}
