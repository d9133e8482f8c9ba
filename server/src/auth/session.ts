import type { Actor } from '@tocsin/schema/domain/event';
import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { hashOfSecret, newSecret } from '@tocsin/schema/postgres/oneTimeLink';
import type { Person } from '@tocsin/schema/postgres/person';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { createSession, type SignInMethod } from '@tocsin/schema/postgres/session';

/** The other end of a request. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
}

export interface SignedIn {
  readonly person: Person;
  /** For the cookie; it is kept nowhere else. */
  readonly secret: string;
}

/**
 * A session of its own for every sign-in, whatever cookie came along: a session that somebody else put into the browser
 * never becomes one that is signed in.
 * @param now epoch milliseconds
 */
export async function beginSession(
  db: Queryable,
  person: Person,
  method: SignInMethod,
  client: Client,
  now: number,
): Promise<SignedIn> {
  const secret = newSecret('');
  await createSession(db, { hash: hashOfSecret(secret), personId: person.id, method, ...client }, now);
  const data = { how: method, what: 'signedIn', detail: null } as const;
  await recordAccess(db, actorNamed(person, client), [{ kind: 'access.granted', data }], now);
  return { person, secret };
}

export function actorNamed({ handle }: Pick<Person, 'handle'>, { address }: Pick<Client, 'address'>): Actor {
  return { kind: 'person', name: handle, address };
}
