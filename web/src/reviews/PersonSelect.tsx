import { Select } from '@mantine/core';
import { useQuery } from 'urql';
import { peopleToAskQuery } from './reviewQueries.ts';

interface PersonSelectProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  readonly disabled?: boolean;
}

/** Somebody who is active, or nobody. */
export function PersonSelect({ label, value, onChange, disabled = false }: PersonSelectProps) {
  const [{ data }] = useQuery({ query: peopleToAskQuery, variables: {} });
  const people = (data?.people ?? []).map(({ id, name, handle }) => ({ value: id, label: `${name} (${handle})` }));
  return (
    <Select
      label={label}
      placeholder="Nobody yet"
      data={people}
      value={value}
      onChange={onChange}
      searchable
      clearable
      disabled={disabled}
    />
  );
}
