import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { NewPasswordField } from '../../signIn/NewPasswordField.tsx';
import { useAct } from '../../ui/useAct.ts';
import { changePassword } from './profileQueries.ts';

/** Asks for the present one too: an unlocked screen alone must not be enough. */
export function ChangePassword({ email }: { readonly email: string | null }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { act, isActing } = useAct();
  const change = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await act(changePassword, { current, new: next }, 'Password changed'))) return;
    setCurrent('');
    setNext('');
  };
  return (
    <form className="me-form" aria-label="Change the password" onSubmit={(event) => void change(event)}>
      {/* Password managers file it under this name. */}
      <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
      <PasswordInput
        label="Present password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        autoComplete="current-password"
        maxLength={1_000}
        required
      />
      <NewPasswordField label="New password" value={next} onChange={setNext} error={null} />
      <Button type="submit" variant="default" loading={isActing} disabled={!current || !next}>
        Change the password
      </Button>
    </form>
  );
}
