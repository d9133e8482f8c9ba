import type { Actor } from '@tocsin/schema/domain/event';
import { ApiFailure } from '../errors.js';

const defaultName = 'operator';
const longestName = 100;

/** The header's value is percent-encoded, because a header holds ASCII only. */
export function actorOfHeader(value: string | undefined): Actor {
  if (value === undefined) return actorOfName(undefined);
  try {
    return actorOfName(decodeURIComponent(value));
  } catch (cause) {
    if (cause instanceof ApiFailure) throw cause;
    throw refused('is not percent-encoded UTF-8', cause);
  }
}

/** Who acts, by the name they gave themselves: until accounts exist it is a signature, not an identity. */
export function actorOfName(value: unknown): Actor {
  if (value === undefined || value === null) return { kind: 'person', name: defaultName };
  if (typeof value !== 'string') throw refused('is not a text');
  const name = value.trim();
  if (name.length > longestName) throw refused(`is longer than ${longestName} characters`);
  if (/\p{Cc}|\p{Cs}/u.test(name)) throw refused('holds a control character');
  return { kind: 'person', name: name === '' ? defaultName : name };
}

function refused(why: string, cause?: unknown): ApiFailure {
  return new ApiFailure('INVALID_INPUT', `The actor's name (x-tocsin-actor) ${why}.`, 'x-tocsin-actor', { cause });
}
