import type { Scope } from '@tocsin/schema/domain/role';
import { isAtLeast } from '@tocsin/schema/domain/role';
import { nameKey } from '@tocsin/schema/domain/service';
import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { type ApiToken, apiTokenById, createApiToken, revokeApiToken } from '@tocsin/schema/postgres/apiToken';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import { hashOfSecret, newSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { credentialsOf, type Person, personsById } from '@tocsin/schema/postgres/person';
import { changePerson } from '@tocsin/schema/postgres/personWrite';
import { revokeSessions } from '@tocsin/schema/postgres/session';
import { countAttempt, forgiveAttempt } from '@tocsin/schema/postgres/signInLimit';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { ApiFailure, invalidInput, notFound } from '../errors.js';
import { assertGoodPassword, hashPassword, passwordMatches } from './password.js';
import type { Acting } from './people.js';

const dayMs = 86_400_000;

export interface TokenDraft {
  readonly name: string;
  /** Null: oneself. */
  readonly personId: number | null;
  readonly scopes: readonly Scope[];
  readonly teams: readonly string[] | null;
  readonly expiresInDays: number;
}

/** A token acts as its person, so nobody makes one for who may more than they. A token makes none with more than it has. */
export function makeApiToken(
  { pool, viewer, actor, now }: Acting,
  draft: TokenDraft,
): Promise<{ readonly apiToken: ApiToken; readonly secret: string }> {
  return inTransaction(pool, async (db) => {
    const personId = draft.personId ?? viewer.personId;
    const [person] = await personsById(db, [personId]);
    if (person === undefined || !person.isActive) throw notFound('person', String(personId));
    if (!isAtLeast(viewer.role, person.role)) {
      throw new ApiFailure('FORBIDDEN', `You are ${viewer.role}: you cannot act as ${person.name}.`);
    }
    const tooMuch = draft.scopes.find((scope) => !viewer.scopes.has(scope));
    if (tooMuch !== undefined) throw new ApiFailure('FORBIDDEN', `Your own token has not the scope ${tooMuch}.`);
    if (viewer.onlyTeams !== null) throw new ApiFailure('FORBIDDEN', 'A token narrowed to teams makes no tokens.');
    const secret = newSecret('tkp_');
    const apiToken = await createApiToken(
      db,
      {
        hash: hashOfSecret(secret),
        hint: secret.slice(-4),
        name: draft.name,
        personId,
        scopes: draft.scopes,
        teams: draft.teams === null ? null : draft.teams.map(nameKey),
        createdBy: viewer.personId,
        expiresAt: now + draft.expiresInDays * dayMs,
      },
      now,
    );
    const { id, scopes, teams } = apiToken;
    const change = { topic: 'apiToken', action: 'created', id, name: draft.name, before: null } as const;
    await recordConfigurationChange(db, actor, { ...change, after: { of: person.handle, scopes, teams } }, now);
    return { apiToken, secret };
  });
}

/** @returns false where it had ended already */
export function endApiToken({ pool, actor, now }: Acting, id: number): Promise<boolean> {
  return inTransaction(pool, async (db) => {
    const token = await apiTokenById(db, id);
    if (token === null || !(await revokeApiToken(db, id))) return false;
    const data = { what: 'token', id: String(id), because: 'revoked' } as const;
    await recordAccess(db, actor, [{ kind: 'access.ended', data }], now);
    return true;
  });
}

/** One session, or all of the viewer's but the one in use. @returns how many ended */
export function endSessions({ pool, viewer, actor, now }: Acting, id: number | 'others'): Promise<number> {
  return inTransaction(pool, async (db) => {
    const which = id === 'others' ? { personId: viewer.personId, except: viewer.sessionId } : { id };
    const ended = await revokeSessions(db, which);
    await recordAccess(
      db,
      actor,
      ended.map((each) => ({
        kind: 'access.ended',
        data: { what: 'session', id: String(each), because: 'revoked' },
      })),
      now,
    );
    return ended.length;
  });
}

/** Wrong guesses of one's present password within a quarter of an hour: whoever found a browser open must not try them all. */
const mostGuesses = 5;

/** The other sessions end: whoever knew the old password is out. @throws ApiFailure RATE_LIMITED after too many failures */
export async function changePassword(acting: Acting, current: string, next: string): Promise<void> {
  const { pool, viewer, actor, now } = acting;
  const guesses = { key: `p:${viewer.personId}`, limit: mostGuesses };
  if ((await countAttempt(pool, [guesses], now)) !== null) {
    throw new ApiFailure('RATE_LIMITED', 'Too many wrong passwords: try again in a quarter of an hour.');
  }
  const credentials = await credentialsOf(pool, viewer.handle);
  if (credentials === null) throw notFound('person', viewer.handle);
  const { person, passwordHash: stored } = credentials;
  if (!(await passwordMatches(stored, current))) throw invalidInput('current', 'That is not your password.');
  assertGoodPassword('new', next, [person.email, person.handle, person.name]);
  const passwordHash = await hashPassword(next);
  await inTransaction(pool, async (db) => {
    await changePerson(db, person.id, { passwordHash });
    await forgiveAttempt(db, guesses, guesses);
    await revokeSessions(db, { personId: person.id, except: viewer.sessionId });
    const change = { topic: 'person', action: 'changed', id: person.id, name: person.name } as const;
    await recordConfigurationChange(db, actor, { ...change, before: null, after: { password: 'changed' } }, now);
  });
}

export interface ProfileDraft {
  readonly name?: string;
  readonly email?: string | null;
  readonly timeZone?: string;
}

export function updateProfile({ pool, viewer, actor, now }: Acting, draft: ProfileDraft): Promise<Person> {
  return inTransaction(pool, async (db) => {
    const [before] = await personsById(db, [viewer.personId]);
    if (before === undefined) throw notFound('person', viewer.handle);
    const after = await changePerson(db, before.id, draft);
    const profileOf = ({ name, email, timeZone }: Person) => ({ name, email, timeZone });
    const change = { topic: 'person', action: 'changed', id: before.id, name: after.name } as const;
    await recordConfigurationChange(db, actor, { ...change, before: profileOf(before), after: profileOf(after) }, now);
    return after;
  });
}
