import { CombinedError } from 'urql';

const sentences: Readonly<Record<string, string>> = {
  CONFLICT: 'Somebody changed this meanwhile. It has been reloaded: look again and decide.',
  UNAUTHENTICATED: 'Your session has ended. Sign in again.',
  OVERLOADED: 'The server is overloaded. Try again in a moment.',
  UNAVAILABLE: 'A database is away. Try again in a moment.',
  QUERY_TOO_COMPLEX: 'That asks for too much at once. Narrow it down.',
};

/** The `extensions.code` of an error, `NETWORK` when no answer came, `INTERNAL` when the answer names none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof CombinedError)) return 'INTERNAL';
  for (const each of error.graphQLErrors) {
    const code = each.extensions['code'];
    if (typeof code === 'string') return code;
  }
  return error.networkError ? 'NETWORK' : 'INTERNAL';
}

/** One sentence for a person: what was wrong and what to do. */
export function sentenceOf(error: CombinedError): string {
  const code = codeOf(error);
  if (code === 'NETWORK') return 'The server did not answer. Nothing was changed as far as we know.';
  const known = sentences[code];
  if (known) return known;
  const said = error.graphQLErrors[0];
  const id = said?.extensions['errorId'];
  // FORBIDDEN names the role that it takes; who manages people can give it.
  const advice = code === 'FORBIDDEN' ? ' Ask a manager or an admin if you need it.' : '';
  return `${said?.message ?? 'Something went wrong.'}${advice}${typeof id === 'string' ? ` (error ${id})` : ''}`;
}
