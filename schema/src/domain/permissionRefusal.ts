import type { DomainError } from './errors.js';
import { isAtLeast, type Role, type Viewer } from './role.js';
import { nameKey } from './service.js';

/** Who gives a role: what they are everywhere, and in teams. */
export type Granter = Pick<Viewer, 'role' | 'teamRoles'>;

/**
 * Why a role may not be given, or null. Nobody gives more than they have, nobody takes from who has more, and one admin stays.
 * @param before null: the person is new
 * @param team within which; null: everywhere
 * @param otherAdmins active ones beside the person
 */
export function refusalOfGrant(
  granter: Granter,
  before: Role | null,
  after: Role,
  team: string | null,
  otherAdmins: number,
): DomainError | null {
  const inTeam = team === null ? undefined : granter.teamRoles.get(nameKey(team));
  const own = inTeam !== undefined && isAtLeast(inTeam, granter.role) ? inTeam : granter.role;
  const most = [after, ...(before === null ? [] : [before])].find((role) => !isAtLeast(own, role));
  if (most !== undefined) {
    return { code: 'FORBIDDEN', message: `You are ${own}: you cannot give or take the role ${most}.` };
  }
  if (team === null && before === 'admin' && after !== 'admin') return refusalOfRemoval(otherAdmins);
  return null;
}

interface Member {
  readonly personId: number;
  readonly role: Role;
}

/** Why the members of a team may not become these, or null: as {@link refusalOfGrant} for each who joins, leaves or moves. */
export function refusalOfMembers(
  granter: Granter,
  team: string,
  before: readonly Member[],
  after: readonly Member[],
): DomainError | null {
  const was = new Map(before.map(({ personId, role }) => [personId, role]));
  const is = new Map(after.map(({ personId, role }) => [personId, role]));
  for (const personId of new Set([...was.keys(), ...is.keys()])) {
    const [old = null, next = 'viewer'] = [was.get(personId), is.get(personId)];
    const refusal = old === next ? null : refusalOfGrant(granter, old, next, team, 1);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Somebody has to be able to administer. */
export function refusalOfRemoval(otherAdmins: number): DomainError | null {
  return otherAdmins > 0
    ? null
    : { code: 'CONFLICT', message: 'This is the last admin: make somebody else one first.', currentVersion: 0 };
}
