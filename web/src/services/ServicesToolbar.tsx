import { NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { distinct } from './serviceFilter.ts';
import type { ServiceRow } from './servicesQueries.ts';
import type { ServiceControls } from './useServiceSearch.ts';

const settleMs = 150;

function TextField({ search, change }: ServiceControls) {
  const field = useRef<HTMLInputElement>(null);
  const text = search.text ?? '';
  const save = useDebouncedCallback((value: string) => change({ text: value || undefined }), settleMs);
  // The address can change without us (back button, "clear"); while somebody types, the field is ahead of it.
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = text;
  }, [text]);
  return (
    <TextInput
      ref={field}
      type="search"
      className="services-text"
      aria-label="Search services"
      placeholder="Name, alias, team or kind"
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
      defaultValue={text}
      onChange={(event) => save(event.currentTarget.value)}
    />
  );
}

interface ToolbarProps extends ServiceControls {
  readonly services: readonly ServiceRow[];
}

export function ServicesToolbar({ services, search, change }: ToolbarProps) {
  const teams = distinct(services.map(({ team }) => team));
  const environments = distinct(services.flatMap((service) => service.environments));
  return (
    <div className="services-toolbar" role="search">
      <SegmentedControl
        aria-label="View"
        value={search.view ?? 'list'}
        onChange={(value) => change({ view: value === 'map' ? 'map' : undefined })}
        data={[
          { value: 'list', label: 'List' },
          { value: 'map', label: 'Map' },
        ]}
      />
      <TextField search={search} change={change} />
      {teams.length > 1 && (
        <NativeSelect
          aria-label="Team"
          value={search.team ?? ''}
          onChange={(event) => change({ team: event.currentTarget.value || undefined })}
          data={[{ value: '', label: 'Every team' }, ...teams]}
        />
      )}
      {environments.length > 1 && (
        <NativeSelect
          aria-label="Environment"
          value={search.environment ?? ''}
          onChange={(event) => change({ environment: event.currentTarget.value || undefined })}
          data={[{ value: '', label: 'Every environment' }, ...environments]}
        />
      )}
      <Switch
        label="Only with something open"
        checked={search.burning === true}
        onChange={(event) => change({ burning: event.currentTarget.checked ? true : undefined })}
      />
    </div>
  );
}
