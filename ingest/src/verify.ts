import type { IncomingHttpHeaders } from 'node:http';

/** Ours have 47 characters; nothing longer than this is worth a hash. */
const longestSecret = 256;

/**
 * The secret that a request offers, or null: the last path segment where there is one (for senders that can only be given
 * a URL), else `X-Tocsin-Token`, else `Authorization` as Bearer or as the password of Basic. The first that is present
 * counts: a proxy that adds its own Authorization does not get between a sender and its URL.
 */
export function offeredSecret(headers: IncomingHttpHeaders, pathSegment: string | null): string | null {
  const token = headers['x-tocsin-token'];
  const offered = pathSegment ?? (typeof token === 'string' ? token.trim() : fromAuthorization(headers.authorization));
  return offered === null || offered === '' || offered.length > longestSecret ? null : offered;
}

function fromAuthorization(header: string | undefined): string | null {
  const [, scheme, credentials] = /^(\w+) +(\S+) *$/.exec(header ?? '') ?? [];
  if (scheme === undefined || credentials === undefined || credentials.length > 2 * longestSecret) return null;
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return null;
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  // The user name is the sender's own business: forms often insist on one.
  return colon < 0 ? null : pair.slice(colon + 1);
}
