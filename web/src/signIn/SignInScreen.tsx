import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { safePath, startAfresh } from '../session/session.ts';
import { SchemeToggle } from '../shell/SchemeToggle.tsx';
import { Bell } from '../ui/Bell.tsx';
import { AccountForm } from './AccountForm.tsx';
import { type AuthState, type LinkContents, readAuthState, readLink, type Refusal } from './authApi.ts';
import { LinkForm } from './LinkForm.tsx';
import { linkToken } from './linkToken.ts';
import { NewPasswordForm } from './NewPasswordForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { signInRoute } from './route.ts';
import './signIn.css';
import { signInError } from './signInErrors.ts';
import { Trouble } from './Trouble.tsx';

type Standing =
  | { readonly step: 'asking' }
  | { readonly step: 'password'; readonly state: AuthState; readonly trouble: string | null }
  | { readonly step: 'link'; readonly token: string; readonly link: LinkContents }
  | { readonly step: 'failed'; readonly refusal: Refusal };

/** Where the person stands: with a link, or before the form; signed in already, they are sent on. */
async function findStanding(token: string | null, returnTo: string, trouble: string | null): Promise<Standing> {
  const link = token === null ? null : await readLink(token);
  if (token !== null && link?.ok) return { step: 'link', token, link: link.value };
  const state = await readAuthState();
  if (!state.ok) return { step: 'failed', refusal: state.refusal };
  if (state.value.isSignedIn && token === null) {
    startAfresh(returnTo);
    return { step: 'asking' };
  }
  return { step: 'password', state: state.value, trouble: link?.ok === false ? link.refusal.message : trouble };
}

function useStanding(returnTo: string, error: string | undefined): Standing {
  const [standing, setStanding] = useState<Standing>({ step: 'asking' });
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    // A second link pasted into the same tab changes the fragment alone.
    const onHash = () => setHash(location.hash);
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  useEffect(() => {
    let isCurrent = true;
    void findStanding(linkToken(hash), returnTo, signInError(error)).then((found) => {
      if (isCurrent) setStanding(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [hash, returnTo, error]);
  return standing;
}

function LinkStep({
  token,
  link,
  returnTo,
}: {
  readonly token: string;
  readonly link: LinkContents;
  readonly returnTo: string;
}) {
  switch (link.purpose) {
    case 'setup':
    case 'invitation':
      return <AccountForm token={token} link={link} purpose={link.purpose} />;
    case 'password_reset':
      return <NewPasswordForm token={token} link={link} />;
    case 'sign_in':
      return <LinkForm token={token} link={link} returnTo={returnTo} />;
  }
}

function Step({ standing, returnTo }: { readonly standing: Standing; readonly returnTo: string }) {
  switch (standing.step) {
    case 'asking':
      return (
        <div role="status" aria-busy="true" aria-label="Loading">
          <h1>Sign in</h1>
          <Skeleton height={36} mt="md" />
          <Skeleton height={36} mt="md" />
        </div>
      );
    case 'password':
      return <PasswordForm state={standing.state} trouble={standing.trouble} returnTo={returnTo} />;
    case 'link':
      return <LinkStep token={standing.token} link={standing.link} returnTo={returnTo} />;
    case 'failed':
      return (
        <>
          <h1>Sign in</h1>
          <Trouble>{standing.refusal.message}</Trouble>
        </>
      );
  }
}

/** The way in: by password, identity provider or a one-time link. */
export function SignInScreen() {
  const search = signInRoute.useSearch();
  const returnTo = safePath(search.returnTo);
  const standing = useStanding(returnTo, search.error);
  return (
    <div className="sign-in-page">
      <div className="sign-in-scheme">
        <SchemeToggle />
      </div>
      <main className="sign-in">
        <p className="sign-in-brand">
          <Bell />
          Tocsin
        </p>
        <div className="panel sign-in-panel">
          <Step standing={standing} returnTo={returnTo} />
        </div>
      </main>
    </div>
  );
}
