import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconArrowUp, IconX } from '@tabler/icons-react';

/** One line of the page while it is edited. */
export interface Component {
  readonly key: string;
  readonly id: string | null;
  readonly service: string;
  readonly title: string;
  readonly group: string;
}

interface RowProps {
  readonly component: Component;
  readonly isFirst: boolean;
  readonly onChange: (patch: Partial<Component>) => void;
  readonly onRaise: () => void;
  readonly onRemove: () => void;
}

function Row({ component: { service, title, group }, isFirst, onChange, onRaise, onRemove }: RowProps) {
  return (
    <div className="status-component" role="group" aria-label={service}>
      <span className="muted status-component-service">{service}</span>
      <TextInput
        aria-label={`Title of ${service}`}
        value={title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        maxLength={100}
      />
      <TextInput
        aria-label={`Group of ${service}`}
        placeholder="Group (optional)"
        value={group}
        onChange={(event) => onChange({ group: event.currentTarget.value })}
        maxLength={100}
      />
      <span className="status-component-do">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={`Move ${service} up`}
          disabled={isFirst}
          onClick={onRaise}
        >
          <IconArrowUp size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={`Remove ${service}`} onClick={onRemove}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </span>
    </div>
  );
}

interface ComponentsProps {
  readonly components: readonly Component[];
  readonly services: readonly string[];
  readonly onChange: (components: readonly Component[]) => void;
}

/** What readers know the services by, in the order of the page. */
export function StatusComponents({ components, services, onChange }: ComponentsProps) {
  const set = (key: string, patch: Partial<Component>) =>
    onChange(components.map((each) => (each.key === key ? { ...each, ...patch } : each)));
  const raise = (index: number) => {
    const next = [...components];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index - 1, 0, moved);
    onChange(next);
  };
  const free = services.filter((name) => !components.some(({ service }) => service === name));
  return (
    <fieldset className="status-components">
      <legend>Components: what readers know your services by</legend>
      {components.length > 0 && (
        <div className="status-component status-component-head" aria-hidden="true">
          <span>Service</span>
          <span>Readers see</span>
          <span>Under the heading</span>
        </div>
      )}
      {components.map(({ key, id, service, title, group }, index) => (
        <Row
          key={key}
          component={{ key, id, service, title, group }}
          isFirst={index === 0}
          onChange={(patch) => set(key, patch)}
          onRaise={() => raise(index)}
          onRemove={() => onChange(components.filter((each) => each.key !== key))}
        />
      ))}
      <Select
        aria-label="Add a component"
        placeholder={free.length === 0 ? 'Every service is on the page' : 'Add a service'}
        data={free}
        value={null}
        disabled={free.length === 0}
        onChange={(service) =>
          service !== null &&
          onChange([...components, { key: `new ${service}`, id: null, service, title: service, group: '' }])
        }
        searchable
      />
    </fieldset>
  );
}
