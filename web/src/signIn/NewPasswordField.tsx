import { PasswordInput } from '@mantine/core';

const shortestPassword = 12;

interface NewPasswordFieldProps {
  /** @default "Password" */
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
}

/** No second field to repeat it in: it can be looked at. Length is the one rule; the server says where a name is in the way. */
export function NewPasswordField({ label = 'Password', value, onChange, error }: NewPasswordFieldProps) {
  return (
    <PasswordInput
      label={label}
      description={`At least ${shortestPassword} characters; a sentence is good.`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      autoComplete="new-password"
      minLength={shortestPassword}
      maxLength={200}
      withAsterisk={false}
      required
    />
  );
}
