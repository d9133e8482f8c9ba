import { Button, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { socket } from '../graphql/client.ts';
import { refetchAll } from '../graphql/refetching.ts';
import { setToken, signInNeeded, tokenStore } from '../session/token.ts';
import './panels.css';

function signIn(token: string): void {
  setToken(token.trim());
  signInNeeded.set(false);
  // The socket introduced itself with the old token: it has to do so again.
  socket.terminate();
  refetchAll();
}

/** Shown instead of the screens while the server refuses us. */
export function SignIn() {
  const [token, setTyped] = useState('');
  return (
    <form
      className="sign-in panel"
      aria-label="Sign in"
      onSubmit={(event) => {
        event.preventDefault();
        signIn(token);
      }}
    >
      <IconLock size={24} stroke={1.5} aria-hidden="true" className="muted" />
      <h1>Sign in</h1>
      <PasswordInput
        label="Admin token"
        description="Kept until this tab is closed."
        error={tokenStore.get() ? 'The server does not accept this token.' : null}
        value={token}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="current-password"
        autoFocus
        required
      />
      <Button type="submit" fullWidth>
        Sign in
      </Button>
    </form>
  );
}
