import type { DomainError } from './errors.js';
import { isAtLeast, type Role, type Viewer } from './role.js';
import { nameKey } from './service.js';

/**
 * Why a role may not be given, or null. Nobody gives more than they have, nobody takes from who has more, and one admin stays.
 * @param before null: the person is new
 * @param team within which; null: everywhere
 * @param otherAdmins active ones beside the person
 */
export function refusalOfGrant(
  granter: Viewer,
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

/** Somebody has to be able to administer. */
export function refusalOfRemoval(otherAdmins: number): DomainError | null {
  return otherAdmins > 0
    ? null
    : { code: 'CONFLICT', message: 'This is the last admin: make somebody else one first.', currentVersion: 0 };
}
