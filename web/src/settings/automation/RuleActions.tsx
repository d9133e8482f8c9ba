import { Button, NativeSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { Remove } from '../types/WorkflowTables.tsx';
import { type ActionDraft, actionForms, actionKinds, optionsOf, type Parameter } from './actionForms.ts';
import { type ActionTargets, actionTargetsQuery } from './automationQueries.ts';

interface FieldProps {
  readonly parameter: Parameter;
  readonly value: string | undefined;
  readonly targets: ActionTargets | undefined;
  readonly onChange: (value: string) => void;
}

function Field({ parameter: { label, placeholder, choices, from }, value, targets, onChange }: FieldProps) {
  if (choices) {
    return (
      <NativeSelect
        aria-label={label}
        value={value ?? choices[0] ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        data={[...choices]}
      />
    );
  }
  if (from) {
    const options = optionsOf(targets, from);
    // What is gone, or not read yet, stays as it was written.
    const isKnown = !value || options.some((option) => option.value === value);
    return (
      <Select
        aria-label={label}
        placeholder={label}
        value={value || null}
        onChange={(chosen) => onChange(chosen ?? '')}
        data={isKnown ? options : [...options, { value, label: value }]}
        searchable
        clearable
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder ?? label}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

interface ActionProps {
  readonly action: ActionDraft;
  readonly targets: ActionTargets | undefined;
  readonly onChange: (action: ActionDraft) => void;
  readonly onRemove: () => void;
}

function Action({ action, targets, onChange, onRemove }: ActionProps) {
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
        {(actionForms[kind]?.parameters ?? []).map((parameter) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name]}
            targets={targets}
            onChange={(value) => set(parameter.name, value)}
          />
        ))}
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
  const [{ data: targets }] = useQuery({ query: actionTargetsQuery, variables: {} });
  return (
    <div>
      <h3 className="automation-label">Then</h3>
      <ul className="type-rows">
        {actions.map((action, index) => (
          <Action
            // oxlint-disable-next-line react/no-array-index-key -- actions have no identity but their place
            key={index}
            action={action}
            targets={targets}
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
