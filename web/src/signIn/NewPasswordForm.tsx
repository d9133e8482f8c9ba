import { Button } from '@mantine/core';
import { useState } from 'react';
import { type LinkContents, resetPassword } from './authApi.ts';
import { NewPasswordField } from './NewPasswordField.tsx';
import { Trouble } from './Trouble.tsx';
import { useSending } from './useSending.ts';

/** A new password by link; every session that the old one opened ends. */
export function NewPasswordForm({ token, link }: { readonly token: string; readonly link: LinkContents }) {
  const [password, setPassword] = useState('');
  const { isSending, refusal, faultOf, send } = useSending(() => resetPassword(token, password));
  return (
    <form className="sign-in-form" aria-label="Choose a new password" onSubmit={send}>
      <h1>Choose a new password</h1>
      <p className="sign-in-hint">
        {link.name === null ? '' : `For ${link.name}. `}You will be signed out everywhere else.
      </p>
      {refusal !== null && refusal.field !== 'password' && <Trouble>{refusal.message}</Trouble>}
      {/* Password managers file it under this name. */}
      <input type="hidden" name="username" autoComplete="username" value={link.email ?? ''} readOnly />
      <NewPasswordField value={password} onChange={setPassword} error={faultOf('password')} />
      <Button type="submit" fullWidth loading={isSending}>
        Save and sign in
      </Button>
    </form>
  );
}
