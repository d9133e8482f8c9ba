/** What `?error=` says after a sign-in at the identity provider that came to nothing; the server uses these words alone. */
const sentences: Readonly<Record<string, string>> = {
  expired: 'That sign-in took too long. Try again.',
  state: 'That sign-in was begun in another browser or tab. Try again from here.',
  denied: 'The sign-in was called off at the identity provider.',
  refused: 'Your account at the identity provider may not sign in here. Ask an admin to invite you.',
  uninvited: 'Nobody has invited you yet. Ask an admin for an invitation.',
  inactive: 'This account is switched off. Ask an admin.',
  unverified: 'Your e-mail address is not verified at the identity provider.',
  provider: 'The identity provider did not answer as it should. Try again in a moment.',
};

/** The sentence for `?error=`; null where there is none. What we do not know is never repeated on the page. */
export function signInError(error: string | undefined): string | null {
  if (error === undefined) return null;
  return sentences[error] ?? 'The sign-in at the identity provider failed. Try again.';
}
