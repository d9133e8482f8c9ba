import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { LabelFilterBar } from './LabelFilterBar.tsx';
import type { AlertControls } from './useAlertSearch.ts';

const sortWords = [
  { value: 'NEWEST', label: 'Newest first' },
  { value: 'OLDEST', label: 'Oldest first' },
  { value: 'SEVERITY', label: 'Worst first' },
  { value: 'LAST_RECEIVED', label: 'Last received first' },
];

function TextField({ search, change }: Pick<AlertControls, 'search' | 'change'>) {
  const field = useRef<HTMLInputElement>(null);
  const text = search.text ?? '';
  const save = useDebouncedCallback((value: string) => change({ text: value || undefined }), 250);
  // The address can change without us (back button, "clear"); while somebody types, the field is ahead of it.
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = text;
  }, [text]);
  return (
    <TextInput
      ref={field}
      type="search"
      className="explorer-text"
      aria-label="Search alerts"
      placeholder="Title, summary or service"
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
      defaultValue={text}
      onChange={(event) => save(event.currentTarget.value)}
    />
  );
}

interface ToolbarProps {
  readonly controls: AlertControls;
  readonly onFilters: () => void;
}

export function AlertsToolbar({ controls, onFilters }: ToolbarProps) {
  const { search, change } = controls;
  return (
    <div className="explorer-toolbar" role="search">
      <LabelFilterBar controls={controls} />
      <TextField search={search} change={change} />
      <NativeSelect
        aria-label="Sort"
        value={search.sort ?? 'NEWEST'}
        onChange={(event) => change({ sort: event.currentTarget.value })}
        data={sortWords}
      />
      <Button
        variant="default"
        className="explorer-filters"
        leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} aria-hidden="true" />}
        onClick={onFilters}
      >
        Filters
      </Button>
    </div>
  );
}
