import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { SearchControls } from './useIncidentSearch.ts';

const sortWords = [
  { value: 'SEVERITY', label: 'Worst first' },
  { value: 'NEWEST', label: 'Newest first' },
  { value: 'OLDEST', label: 'Oldest first' },
  { value: 'UPDATED', label: 'Last changed first' },
];

function SearchField({ search, change }: Pick<SearchControls, 'search' | 'change'>) {
  const field = useRef<HTMLInputElement>(null);
  const text = search.text ?? '';
  const save = useDebouncedCallback((value: string) => change({ text: value || undefined }), 250);
  // The address can change without us (palette, back button, "clear"); while somebody types, the field is ahead of it.
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = text;
  }, [text]);
  return (
    <TextInput
      ref={field}
      type="search"
      className="toolbar-search"
      aria-label="Search incidents"
      placeholder="Words of the title, or INC-12"
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
      defaultValue={text}
      onChange={(event) => save(event.currentTarget.value)}
    />
  );
}

interface ToolbarProps {
  readonly controls: SearchControls;
  readonly onFilters: () => void;
}

export function Toolbar({ controls: { search, change }, onFilters }: ToolbarProps) {
  return (
    <div className="toolbar" role="search">
      <SearchField search={search} change={change} />
      <SegmentedControl
        size="xs"
        aria-label="Which incidents"
        value={search.show ?? 'open'}
        onChange={(show) => change({ show: show === 'all' ? 'all' : undefined })}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'all', label: 'All' },
        ]}
      />
      <NativeSelect
        aria-label="Sort"
        value={search.sort ?? 'SEVERITY'}
        onChange={(event) => change({ sort: event.currentTarget.value })}
        data={sortWords}
      />
      <Button
        variant="default"
        className="toolbar-filters"
        leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} aria-hidden="true" />}
        onClick={onFilters}
      >
        Filters
      </Button>
      <Button
        className="toolbar-report"
        aria-label="Report incident"
        leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
        onClick={() => change({ report: true })}
      >
        Report<span className="toolbar-report-what">&nbsp;incident</span>
      </Button>
    </div>
  );
}
