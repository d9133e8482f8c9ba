import { NativeSelect } from '@mantine/core';

interface Props {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

const levels = [
  { value: '', label: 'By severity' },
  { value: '1', label: '1 · high' },
  { value: '2', label: '2 · medium' },
  { value: '3', label: '3 · low' },
];

/** Impact or urgency; without one it follows the severity. */
export function LevelSelect({ label, value, onChange }: Props) {
  return (
    <NativeSelect
      label={label}
      value={value === null ? '' : String(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : Number(currentTarget.value))}
      data={levels}
    />
  );
}
