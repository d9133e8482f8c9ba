import { NativeSelect } from '@mantine/core';
import { useActivePeople } from '../../ui/usePersonName.ts';

interface PersonSelectProps {
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly onChange: (handle: string) => void;
}

/** Somebody by name; what is kept is the handle. Who left since stays chosen. */
export function PersonSelect({ label, value, required, onChange }: PersonSelectProps) {
  const people = useActivePeople().map(({ handle, name }) => ({ value: handle, label: name }));
  const isGone = value !== '' && !people.some((each) => each.value === value);
  return (
    <NativeSelect
      label={label}
      value={value}
      required={required}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[{ value: '', label: 'Choose…' }, ...(isGone ? [{ value, label: value }] : []), ...people]}
    />
  );
}
