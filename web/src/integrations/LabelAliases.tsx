import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Settings } from './integrationSettings.ts';

type Aliases = Settings['labelAliases'];

const fields = [
  { value: 'service', label: 'service' },
  { value: 'environment', label: 'environment' },
];

interface LabelAliasesProps {
  readonly aliases: Aliases;
  readonly onChange: (aliases: Aliases) => void;
}

/** Labels of this sender that name the service or the environment, tried before the usual ones. */
export function LabelAliases({ aliases, onChange }: LabelAliasesProps) {
  const change = (index: number, patch: Partial<Aliases[number]>) =>
    onChange(aliases.map((alias, each) => (each === index ? { ...alias, ...patch } : alias)));
  return (
    <fieldset className="aliases">
      <legend>Labels that name the service or the environment</legend>
      <p className="muted">Tried before the usual ones, in this order.</p>
      {aliases.map((alias, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row has no name but its place, and its fields hold no state
        <div key={index} className="alias">
          <TextInput
            aria-label={`Label ${index + 1}`}
            placeholder="app_name"
            value={alias.label}
            onChange={(event) => change(index, { label: event.currentTarget.value })}
            maxLength={200}
          />
          <span className="muted">is the</span>
          <NativeSelect
            aria-label={`Field of label ${index + 1}`}
            value={alias.field}
            onChange={(event) => change(index, { field: event.currentTarget.value })}
            data={fields}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`Remove label ${index + 1}`}
            onClick={() => onChange(aliases.filter((_, each) => each !== index))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        onClick={() => onChange([...aliases, { field: 'service', label: '' }])}
      >
        Add a label
      </Button>
    </fieldset>
  );
}
