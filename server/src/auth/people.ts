import { DomainFailure, type DomainError } from '@tocsin/schema/domain/errors';
import type { Actor } from '@tocsin/schema/domain/event';
import { refusalOfGrant, refusalOfRemoval } from '@tocsin/schema/domain/permissionRefusal';
import type { Role, Viewer } from '@tocsin/schema/domain/role';
import { nameKey } from '@tocsin/schema/domain/service';
import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { revokeApiTokensOf } from '@tocsin/schema/postgres/apiToken';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import { createLink, openInvitations, revokeLinks, type StoredLink } from '@tocsin/schema/postgres/oneTimeLink';
import { activeAdmins, type Person, personsById } from '@tocsin/schema/postgres/person';
import { changePerson, lockPeople } from '@tocsin/schema/postgres/personWrite';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { revokeSessions } from '@tocsin/schema/postgres/session';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { notFound } from '../errors.js';
import { mailLink } from './linkMail.js';

/** Who acts, and on what. */
export interface Acting {
  readonly pool: Pool;
  readonly viewer: Viewer;
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Where the dashboard is, without a slash at the end. */
  readonly dashboardUrl: string;
  readonly mailIsSetUp: boolean;
}

const invitationMs = 7 * 24 * 3_600_000;
const passwordLinkMs = 24 * 3_600_000;

/** @throws DomainFailure FORBIDDEN above the own role, CONFLICT for the last admin */
export function setPersonRole({ pool, viewer, actor, now }: Acting, id: number, role: Role): Promise<Person> {
  return inTransaction(pool, async (db) => {
    const before = await lockedPerson(db, id);
    if (before.role === role) return before;
    throwIf(refusalOfGrant(viewer, before.role, role, null, await activeAdmins(db, id)));
    const after = await changePerson(db, id, { role });
    const change = { topic: 'role', action: 'changed', id, name: before.name } as const;
    await recordConfigurationChange(db, actor, { ...change, before: before.role, after: role }, now);
    return after;
  });
}

/** Switches somebody off, and ends whatever they are signed in with. */
export function deactivatePerson({ pool, viewer, actor, now }: Acting, id: number): Promise<Person> {
  return inTransaction(pool, async (db) => {
    const before = await lockedPerson(db, id);
    if (!before.isActive) return before;
    throwIf(refusalOfGrant(viewer, before.role, before.role, null, 1));
    if (before.role === 'admin') throwIf(refusalOfRemoval(await activeAdmins(db, id)));
    const after = await changePerson(db, id, { isActive: false });
    const ended = [
      ...(await revokeSessions(db, { personId: id, except: null })).map((each) => ['session', each] as const),
      ...(await revokeApiTokensOf(db, id)).map((each) => ['token', each] as const),
    ];
    for (const purpose of ['sign_in', 'password_reset'] as const) await revokeLinks(db, { purpose, personId: id });
    const change = { topic: 'person', action: 'changed', id, name: before.name } as const;
    const states = { before: { isActive: true }, after: { isActive: false } };
    await recordConfigurationChange(db, actor, { ...change, ...states }, now);
    await recordAccess(
      db,
      actor,
      ended.map(([what, each]) => ({
        kind: 'access.ended',
        data: { what, id: String(each), because: 'deactivated' },
      })),
      now,
    );
    return after;
  });
}

export function reactivatePerson({ pool, viewer, actor, now }: Acting, id: number): Promise<Person> {
  return inTransaction(pool, async (db) => {
    const before = await lockedPerson(db, id);
    if (before.isActive) return before;
    throwIf(refusalOfGrant(viewer, null, before.role, null, 1));
    const after = await changePerson(db, id, { isActive: true });
    const change = { topic: 'person', action: 'changed', id, name: before.name } as const;
    const states = { before: { isActive: false }, after: { isActive: true } };
    await recordConfigurationChange(db, actor, { ...change, ...states }, now);
    return after;
  });
}

export interface InvitationDraft {
  readonly email: string | null;
  readonly role: Role;
  readonly teams: readonly { readonly team: string; readonly role: Role }[];
}

/** Goes to the address as well, where mail is set up. @returns the invitation, and its link, readable here alone */
export function invitePerson(
  { pool, viewer, actor, now, dashboardUrl, mailIsSetUp }: Acting,
  { email, role, teams }: InvitationDraft,
): Promise<{ readonly invitation: StoredLink; readonly url: string }> {
  return inTransaction(pool, async (db) => {
    // What everybody is at least is given by being let in at all.
    if (role !== 'viewer') throwIf(refusalOfGrant(viewer, null, role, null, 1));
    for (const grant of teams) throwIf(refusalOfGrant(viewer, null, grant.role, grant.team, 1));
    const expiresAt = now + invitationMs;
    const grants = teams.map((grant) => ({ ...grant, team: nameKey(grant.team) }));
    const link = { purpose: 'invitation', email, role, teams: grants, createdBy: viewer.personId, expiresAt } as const;
    const token = await createLink(db, link);
    const [invitation] = await openInvitations(db, now);
    if (invitation === undefined) throw new Error('the invitation was not stored');
    const name = email ?? 'somebody';
    const change = { topic: 'invitation', action: 'created', id: invitation.id, name } as const;
    await recordConfigurationChange(db, actor, { ...change, before: null, after: { role, teams } }, now);
    const url = `${dashboardUrl}/sign-in#invitation=${token}`;
    if (mailIsSetUp && email !== null) {
      const title = `${viewer.name} invites you to Tocsin`;
      const text = 'Open the link to choose a password. It works once, within seven days.';
      await mailLink(db, { key: `invitation/${invitation.id}`, to: email, title, text, url }, now);
    }
    return { invitation, url };
  });
}

/** @returns false where it was accepted, revoked or over already */
export function revokeInvitation({ pool, actor, now }: Acting, id: string): Promise<boolean> {
  return inTransaction(pool, async (db) => {
    const [revoked] = await revokeLinks(db, { id, purpose: 'invitation' });
    if (revoked === undefined) return false;
    const change = { topic: 'invitation', action: 'removed', id, name: revoked.email ?? 'somebody' } as const;
    await recordConfigurationChange(db, actor, { ...change, before: { role: revoked.role }, after: null }, now);
    return true;
  });
}

/** A link to choose a new password, by mail as well where that is set up; the earlier ones end, and so do open sessions. */
export function createPasswordLink(
  { pool, viewer, actor, now, dashboardUrl, mailIsSetUp }: Acting,
  id: number,
): Promise<{ readonly url: string; readonly expiresAt: number }> {
  return inTransaction(pool, async (db) => {
    const person = await lockedPerson(db, id);
    throwIf(refusalOfGrant(viewer, null, person.role, null, 1));
    await revokeLinks(db, { purpose: 'password_reset', personId: id });
    await revokeSessions(db, { personId: id, except: null });
    const expiresAt = now + passwordLinkMs;
    const token = await createLink(db, {
      purpose: 'password_reset',
      personId: id,
      createdBy: viewer.personId,
      expiresAt,
    });
    const change = { topic: 'person', action: 'changed', id, name: person.name } as const;
    await recordConfigurationChange(db, actor, { ...change, before: null, after: { passwordLink: 'created' } }, now);
    const url = `${dashboardUrl}/sign-in#reset=${token}`;
    if (mailIsSetUp && person.email !== null) {
      const title = 'Choose a new password for Tocsin';
      const text = `${viewer.name} made this link for you. It works once, within a day.`;
      await mailLink(db, { key: `password/${id}/${now}`, to: person.email, title, text, url }, now);
    }
    return { url, expiresAt };
  });
}

async function lockedPerson(db: Queryable, id: number): Promise<Person> {
  await lockPeople(db);
  const [person] = await personsById(db, [id]);
  if (person === undefined) throw notFound('person', String(id));
  return person;
}

function throwIf(refusal: DomainError | null): void {
  if (refusal !== null) throw new DomainFailure(refusal);
}
