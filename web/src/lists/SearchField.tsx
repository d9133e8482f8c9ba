import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Change } from './useSearchControls.ts';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  /** What the address says. */
  readonly text: string | undefined;
  readonly change: Change;
}

/** Words to search for; the address follows what is typed. */
export function SearchField({ label, placeholder, text = '', change }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
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
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
      defaultValue={text}
      onChange={(event) => save(event.currentTarget.value)}
    />
  );
}
