import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { FieldKind } from './fieldKind.ts';
import { PersonSelect } from './PersonSelect.tsx';

interface Props {
  readonly field: {
    readonly title: string;
    readonly kind: FieldKind;
    readonly choices: readonly string[];
  };
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
}

/** The input that a field's kind asks for; the server checks the value. */
export function CustomFieldInput({ field: { title, kind, choices }, value, onChange, isRequired = false }: Props) {
  const common = { label: title, value, required: isRequired } as const;
  if (kind === 'CHOICE') {
    return (
      <NativeSelect
        {...common}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        data={[{ value: '', label: 'Choose…' }, ...choices]}
      />
    );
  }
  if (kind === 'TEXT') {
    return (
      <Textarea
        {...common}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={4_000}
      />
    );
  }
  if (kind === 'PERSON') return <PersonSelect {...common} onChange={onChange} />;
  const type = kind === 'DATE' ? 'date' : kind === 'LINK' ? 'url' : 'text';
  return (
    <TextInput
      {...common}
      type={type}
      inputMode={kind === 'NUMBER' ? 'decimal' : undefined}
      placeholder={kind === 'LINK' ? 'https://…' : undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
