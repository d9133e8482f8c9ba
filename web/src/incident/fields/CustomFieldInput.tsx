import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { FieldKind } from './fieldKind.ts';

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

const hints: Readonly<Partial<Record<FieldKind, string>>> = {
  PERSON: 'Handle, such as ada',
  LINK: 'https://…',
};

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
  const type = kind === 'DATE' ? 'date' : kind === 'LINK' ? 'url' : 'text';
  return (
    <TextInput
      {...common}
      type={type}
      inputMode={kind === 'NUMBER' ? 'decimal' : undefined}
      placeholder={hints[kind]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
