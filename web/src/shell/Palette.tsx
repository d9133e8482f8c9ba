import { Spotlight, type SpotlightActionData, type SpotlightFilterFunction } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useNavEntries } from '../router/useNavEntries.ts';
import { signOut } from '../session/session.ts';
import { useMay } from '../session/viewer.ts';
import { settingsSections } from '../settings/sections.ts';
import { useStore } from '../ui/createStore.ts';
import { commandStore } from './commands.ts';

const reference = /^\s*(?:inc-?)?\s*(\d{1,9})\s*$/i;

/** Always shown, whatever was typed: they come from it. */
const jumpIds: ReadonlySet<string> = new Set(['jump', 'search']);

/** What the typed words themselves lead to: an incident by its number, or a search. */
function useJump(query: string): SpotlightActionData | null {
  const navigate = useNavigate();
  const text = query.trim();
  const number = reference.exec(query)?.[1];
  if (number) {
    const open = () => void navigate({ to: '/incidents/$number', params: { number } });
    return { id: 'jump', label: `Open INC-${number}`, onClick: open };
  }
  if (!text) return null;
  return {
    id: 'search',
    label: `Search incidents for “${text}”`,
    leftSection: <IconSearch size={18} stroke={1.5} aria-hidden="true" />,
    onClick: () => void navigate({ to: '/incidents', search: { text, show: 'all' } }),
  };
}

/** What belongs to the person, and the pages of the settings. */
function useOwnActions(): readonly SpotlightActionData[] {
  const navigate = useNavigate();
  const may = useMay();
  const pages = settingsSections
    .filter(({ needs }) => needs === undefined || may(needs))
    .map(({ path, title }) => ({
      id: `settings.${path}`,
      label: `Settings: ${title}`,
      onClick: () => void navigate({ to: '/settings/$section', params: { section: path } }),
    }));
  return [
    { id: 'me', label: 'Go to my page', onClick: () => void navigate({ to: '/me' }) },
    ...pages,
    { id: 'signOut', label: 'Sign out', onClick: () => void signOut() },
  ];
}

function useActions(): readonly SpotlightActionData[] {
  const navigate = useNavigate();
  const own = useOwnActions();
  const entries = useNavEntries();
  const commands = useStore(commandStore);
  const doable = commands
    .filter((command) => !command.isHidden)
    .map((command) => ({
      id: command.id,
      label: command.label,
      onClick: command.run,
      rightSection: command.key ? <kbd>{command.key}</kbd> : undefined,
    }));
  const screens = entries.map((entry) => ({
    id: entry.path,
    label: `Go to ${entry.label}`,
    leftSection: <entry.icon size={18} stroke={1.5} aria-hidden="true" />,
    onClick: () => void navigate({ to: entry.path }),
  }));
  return [...doable, ...screens, ...own];
}

const matching: SpotlightFilterFunction = (typed, all) =>
  all.filter(
    (each) =>
      'id' in each && (jumpIds.has(each.id) || (each.label ?? '').toLowerCase().includes(typed.trim().toLowerCase())),
  );

/** ⌘K: jump to an incident by number, go to a screen, or do what the screen offers. */
export function Palette() {
  const [query, setQuery] = useState('');
  const jump = useJump(query);
  const actions = useActions();
  return (
    <Spotlight
      actions={jump ? [jump, ...actions] : [...actions]}
      query={query}
      onQueryChange={setQuery}
      filter={matching}
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
