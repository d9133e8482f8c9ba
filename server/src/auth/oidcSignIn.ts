import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import type { Person } from '@tocsin/schema/postgres/person';
import { addIdentity, personOfIdentity, personToLink } from '@tocsin/schema/postgres/personIdentity';
import { createPerson, lockPeople } from '@tocsin/schema/postgres/personWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { AuthDeps } from './deps.js';
import { type Identity, OidcRefused, type OidcSettings } from './oidc.js';
import { actorNamed, beginSession, type Client, type SignedIn } from './session.js';

/** Signs in whom the provider vouches for. @throws OidcRefused where nobody is meant, or who is meant is switched off */
export function signInByIdentity(
  { pool, now }: AuthDeps,
  settings: OidcSettings,
  identity: Identity,
  client: Client,
): Promise<SignedIn> {
  return inTransaction(pool, async (db) => {
    const person = await personOf(db, settings, identity, client, now());
    if (!person.isActive) throw new OidcRefused('refused', `${person.handle} is switched off`);
    return beginSession(db, person, 'oidc', client, now());
  });
}

/** By subject; else by an address that the provider has verified, once; else somebody new. */
async function personOf(
  db: Queryable,
  { defaultRole }: OidcSettings,
  identity: Identity,
  client: Client,
  now: number,
): Promise<Person> {
  const { issuer, subject, email } = identity;
  const known = await personOfIdentity(db, issuer, subject);
  if (known !== null) return known;
  await lockPeople(db);
  // An address that nobody verified is anybody's: it neither finds an account nor is stored with one.
  const verified = identity.emailIsVerified ? email : null;
  const linked = verified === null ? null : await personToLink(db, verified);
  if (linked !== null) {
    await addIdentity(db, linked.id, issuer, subject);
    return linked;
  }
  if (defaultRole === null) throw new OidcRefused('refused', 'somebody whom nobody invited');
  const name = identity.name ?? email?.split('@')[0] ?? 'Somebody new';
  const person = await createPerson(db, { name, email: verified, role: defaultRole, passwordHash: null });
  await addIdentity(db, person.id, issuer, subject);
  const change = { topic: 'person', action: 'created', id: person.id, name, before: null } as const;
  const after = { email: verified, role: defaultRole, issuer };
  await recordConfigurationChange(db, actorNamed(person, client), { ...change, after }, now);
  return person;
}
