import { refusalOfGrant } from '@tocsin/schema/domain/permissionRefusal';
import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import { type LinkPurpose, redeemLink, revokeLinks, type StoredLink } from '@tocsin/schema/postgres/oneTimeLink';
import { hasAdmin, type Person, personsById } from '@tocsin/schema/postgres/person';
import { changePerson, createPerson, joinTeams, lockPeople } from '@tocsin/schema/postgres/personWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { revokeSessions } from '@tocsin/schema/postgres/session';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { granterOf } from '@tocsin/schema/postgres/viewer';
import { ApiFailure } from '../errors.js';
import type { AuthDeps } from './deps.js';
import { assertGoodPassword, hashPassword } from './password.js';
import { actorNamed, beginSession, type Client, type SignedIn } from './session.js';

export interface NewAccount {
  readonly token: string;
  readonly name: string;
  readonly email: string | null;
  readonly password: string;
}

const linkIsOver = 'This link was used already, has expired or was taken back: ask for a new one.';

/** Creates the admin. Two at once take turns, and the second finds the link used. @throws ApiFailure LINK_EXPIRED as NOT_FOUND */
export async function setUp(deps: AuthDeps, account: NewAccount, client: Client): Promise<SignedIn> {
  const passwordHash = await goodHash(account.password, [account.email, account.name]);
  return redeeming(deps, account.token, 'setup', client, async (db) => {
    if (await hasAdmin(db)) return null;
    const { name, email } = account;
    return createPerson(db, { name, email, role: 'admin', passwordHash });
  });
}

/** Creates who was invited; the address of the invitation wins over another. */
export async function acceptInvitation(deps: AuthDeps, account: NewAccount, client: Client): Promise<SignedIn> {
  const passwordHash = await goodHash(account.password, [account.email, account.name]);
  return redeeming(deps, account.token, 'invitation', client, async (db, link) => {
    const { email, role, teams } = link;
    if (role === null || !(await mayStillInvite(db, link))) return null;
    const address = email ?? account.email;
    const person = await createPerson(db, { name: account.name, email: address, role, passwordHash });
    await joinTeams(db, person.id, teams);
    return person;
  });
}

/** An invitation is worth what who wrote it may give today: who lost a role must not find it in a link of last week. */
async function mayStillInvite(db: Queryable, { createdBy, role, teams }: StoredLink): Promise<boolean> {
  if (createdBy === null) return true;
  const granter = await granterOf(db, createdBy);
  if (granter === null) return false;
  const grants = [...(role === null || role === 'viewer' ? [] : [{ role, team: null }]), ...teams];
  return grants.every((grant) => refusalOfGrant(granter, null, grant.role, grant.team, 1) === null);
}

/** A new password ends every session that the old one opened. */
export async function resetPassword(
  deps: AuthDeps,
  { token, password }: { readonly token: string; readonly password: string },
  client: Client,
): Promise<SignedIn> {
  const passwordHash = await goodHash(password, []);
  return redeeming(deps, token, 'password_reset', client, async (db, { personId }) => {
    const person = await activePerson(db, personId);
    if (person === null) return null;
    await revokeSessions(db, { personId: person.id, except: null });
    await revokeLinks(db, { purpose: 'sign_in', personId: person.id });
    return changePerson(db, person.id, { passwordHash });
  });
}

/** For who is locked out, and for the demo. */
export function signInByLink(deps: AuthDeps, token: string, client: Client): Promise<SignedIn> {
  return redeeming(deps, token, 'sign_in', client, (db, { personId }) => activePerson(db, personId));
}

async function redeeming(
  deps: AuthDeps,
  token: string,
  purpose: Exclude<LinkPurpose, 'acknowledge'>,
  client: Client,
  personOf: (db: Queryable, link: StoredLink) => Promise<Person | null>,
): Promise<SignedIn> {
  const now = deps.now();
  const signedIn = await inTransaction(deps.pool, async (db) => {
    await lockPeople(db);
    const link = await redeemLink(db, token, purpose, now);
    const person = link === null ? null : await personOf(db, link);
    if (person === null) return null;
    const actor = actorNamed(person, client);
    const data = { how: purpose, what: 'linkUsed', detail: null } as const;
    await recordAccess(db, actor, [{ kind: 'access.granted', data }], now);
    if (purpose === 'setup' || purpose === 'invitation') {
      const { id, name, email, role } = person;
      const change = { topic: 'person', action: 'created', id, name, before: null, after: { email, role } } as const;
      await recordConfigurationChange(db, actor, change, now);
    }
    return beginSession(db, person, purpose === 'sign_in' ? 'link' : 'password', client, now);
  });
  if (signedIn !== null) return signedIn;
  deps.refusals.note(
    { kind: 'system', name: 'sign-in' },
    { what: 'link', permission: null, detail: `${purpose}, from ${client.address}` },
  );
  throw new ApiFailure('NOT_FOUND', linkIsOver);
}

async function activePerson(db: Queryable, id: number | null): Promise<Person | null> {
  const [person] = id === null ? [] : await personsById(db, [id]);
  return person?.isActive === true ? person : null;
}

function goodHash(password: string, names: readonly (string | null)[]): Promise<string> {
  assertGoodPassword('password', password, names);
  return hashPassword(password);
}
