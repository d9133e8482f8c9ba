import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useNavEntries } from '../router/useNavEntries.ts';
import { useStore } from '../ui/createStore.ts';
import { commandStore } from './commands.ts';

const reference = /^\s*(?:inc-?)?\s*(\d{1,9})\s*$/i;

export const openPalette = (): void => spotlight.open();

/** ⌘K: jump to an incident by number, go to a screen, or do what the screen offers. */
export function Palette() {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const entries = useNavEntries();
  const commands = useStore(commandStore);
  const number = reference.exec(query)?.[1];
  const text = query.trim();

  const actions: SpotlightActionData[] = commands
    .filter((command) => !command.isHidden)
    .map((command) => ({
      id: command.id,
      label: command.label,
      onClick: command.run,
      rightSection: command.key ? <kbd>{command.key}</kbd> : undefined,
    }));
  for (const entry of entries) {
    actions.push({
      id: entry.path,
      label: `Go to ${entry.label}`,
      leftSection: <entry.icon size={18} stroke={1.5} aria-hidden="true" />,
      onClick: () => void navigate({ to: entry.path }),
    });
  }
  const jumps: SpotlightActionData[] = number
    ? [
        {
          id: 'jump',
          label: `Open INC-${number}`,
          onClick: () => void navigate({ to: '/incidents/$number', params: { number } }),
        },
      ]
    : [];
  if (text && !number) {
    const search = { text, show: 'all' as const };
    jumps.push({
      id: 'search',
      label: `Search incidents for “${text}”`,
      leftSection: <IconSearch size={18} stroke={1.5} aria-hidden="true" />,
      onClick: () => void navigate({ to: '/incidents', search }),
    });
  }

  return (
    <Spotlight
      actions={[...jumps, ...actions]}
      query={query}
      onQueryChange={setQuery}
      filter={(typed, all) =>
        all.filter((each) => {
          if (!('id' in each)) return false;
          const isJump = each.id === 'jump' || each.id === 'search';
          return isJump || (each.label ?? '').toLowerCase().includes(typed.trim().toLowerCase());
        })
      }
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      nothingFound="Nothing by that name"
      scrollable
      maxHeight="26rem"
      searchProps={{
        placeholder: 'INC-12, a screen or an action',
        'aria-label': 'Command palette',
        leftSection: <IconSearch size={18} stroke={1.5} aria-hidden="true" />,
      }}
    />
  );
}
