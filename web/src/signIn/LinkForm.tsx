import { Button } from '@mantine/core';
import { type LinkContents, signInByLink } from './authApi.ts';
import { Trouble } from './Trouble.tsx';
import { useSending } from './useSending.ts';

interface LinkFormProps {
  readonly token: string;
  readonly link: LinkContents;
  readonly returnTo: string;
}

/** One click: opening the page alone uses nothing up, because mail programs open links too. */
export function LinkForm({ token, link, returnTo }: LinkFormProps) {
  const { isSending, refusal, send } = useSending(() => signInByLink(token, returnTo));
  return (
    <form className="sign-in-form" aria-label="Sign in" onSubmit={send}>
      <h1>Sign in</h1>
      <p className="sign-in-hint">This link works once.</p>
      {refusal !== null && <Trouble>{refusal.message}</Trouble>}
      <Button type="submit" fullWidth loading={isSending} autoFocus>
        {link.name === null ? 'Sign in' : `Sign in as ${link.name}`}
      </Button>
    </form>
  );
}
