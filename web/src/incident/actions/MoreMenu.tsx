import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef } from 'react';
import type { IncidentAction } from '../incidentActions.ts';

const ending: ReadonlySet<string> = new Set(['merge', 'dismiss']);

interface ItemsProps {
  readonly actions: readonly IncidentAction[];
  readonly onRun: (action: IncidentAction) => void;
}

function Items({ actions, onRun }: ItemsProps) {
  return actions.map((action) => (
    <Menu.Item
      key={action.id}
      className={action.id === 'dismiss' ? 'actions-end' : ''}
      onClick={() => onRun(action)}
      rightSection={action.key ? <kbd>{action.key}</kbd> : null}
    >
      {action.label}
    </Menu.Item>
  ));
}

/** What does not stand beside the next step; what ends the incident otherwise is set apart. */
export function MoreMenu({ actions }: { readonly actions: readonly IncidentAction[] }) {
  const target = useRef<HTMLButtonElement>(null);
  const run = (action: IncidentAction) => {
    // A dialog gives the focus back to what had it: the item is gone by then, its menu's button is not.
    target.current?.focus();
    action.run();
  };
  const endings = actions.filter(({ id }) => ending.has(id));
  return (
    <Menu position="bottom-end" width={250} shadow="md">
      <Menu.Target>
        <ActionIcon ref={target} variant="default" size={36} aria-label="More actions">
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className="actions-menu">
        <Items actions={actions.filter(({ id }) => !ending.has(id))} onRun={run} />
        {endings.length > 0 && actions.length > endings.length && <Menu.Divider />}
        <Items actions={endings} onRun={run} />
      </Menu.Dropdown>
    </Menu>
  );
}
