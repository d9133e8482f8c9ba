import { Button, Divider, PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { type AuthState, signInWithPassword } from './authApi.ts';
import { Trouble } from './Trouble.tsx';
import { useSending } from './useSending.ts';

interface PasswordFormProps {
  readonly state: AuthState;
  /** What went wrong before the person came here. */
  readonly trouble: string | null;
  readonly returnTo: string;
}

function ByProvider({ name, returnTo }: { readonly name: string; readonly returnTo: string }) {
  return (
    <>
      <Button
        component="a"
        href={`/auth/oidc/start?returnTo=${encodeURIComponent(returnTo)}`}
        variant="default"
        fullWidth
      >
        Sign in with {name}
      </Button>
      <Divider label="or with a password" my="xs" />
    </>
  );
}

export function PasswordForm({ state, trouble, returnTo }: PasswordFormProps) {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const { isSending, refusal, send } = useSending(async () => {
    const answer = await signInWithPassword(account.trim(), password, returnTo);
    if (!answer.ok) {
      setPassword('');
      field.current?.focus();
    }
    return answer;
  });
  const said = refusal?.message ?? trouble;
  return (
    <form className="sign-in-form" aria-label="Sign in" onSubmit={send}>
      <h1>Sign in</h1>
      {said !== null && <Trouble>{said}</Trouble>}
      {state.needsSetup && (
        <p className="sign-in-hint">
          Nobody has an account yet. Open the link that Tocsin printed at its start: it makes you the admin.
        </p>
      )}
      {state.oidcName !== null && <ByProvider name={state.oidcName} returnTo={returnTo} />}
      <TextInput
        label="E-mail or handle"
        value={account}
        onChange={(event) => setAccount(event.currentTarget.value)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        withAsterisk={false}
        required
      />
      <PasswordInput
        ref={field}
        label="Password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        withAsterisk={false}
        required
      />
      <Button type="submit" fullWidth loading={isSending}>
        Sign in
      </Button>
      <p className="sign-in-hint">Password forgotten? An admin can give you a link to choose a new one.</p>
    </form>
  );
}
