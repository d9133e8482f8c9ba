import { Spotlight, type SpotlightActionData, type SpotlightFilterFunction } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useNavEntries } from '../router/useNavEntries.ts';
import { useStore } from '../ui/createStore.ts';
import { commandStore } from './commands.ts';
import { usePaletteTargets } from './paletteTargets.ts';

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

function useActions(onHelp: () => void): readonly SpotlightActionData[] {
  const navigate = useNavigate();
  const own = usePaletteTargets(onHelp);
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
  // What the screen at hand offers itself is not said twice.
  const said = new Set(doable.map(({ label }) => label));
  return [...doable, ...screens, ...own.filter(({ label }) => !said.has(label))];
}

const matching: SpotlightFilterFunction = (typed, all) =>
  all.filter(
    (each) =>
      'id' in each && (jumpIds.has(each.id) || (each.label ?? '').toLowerCase().includes(typed.trim().toLowerCase())),
  );

/** ⌘K: jump to an incident by number, go to a screen, or do what the screen offers. */
export function Palette({ onHelp }: { readonly onHelp: () => void }) {
  const [query, setQuery] = useState('');
  const jump = useJump(query);
  const actions = useActions(onHelp);
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
