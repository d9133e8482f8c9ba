import type { Decision, Permission } from './permission.js';
import type { Subject } from './permissionSubject.js';
import { isAtLeast, type Role, roles, type Viewer } from './role.js';
import { nameKey } from './service.js';

type IncidentSubject = Subject & { readonly kind: 'incident' };

const allowed: Decision = { isAllowed: true };
const hidden: Decision = { isAllowed: false, as: 'hidden', message: 'There is no such thing.' };

/**
 * The only place where anybody may or may not: the token's scope, its teams, whether the thing shows at all, the higher of the
 * person's role and the one in the thing's team, who the person is to the thing, and what must hold whatever the role.
 */
export function can(viewer: Viewer, permission: Permission, subject: Subject): Decision {
  const { scope } = permission;
  if (scope === 'session' && viewer.tokenId !== null) return refused('An API token may not do this: sign in.');
  if (scope !== 'session' && !viewer.scopes.has(scope)) return refused(`Needs an API token with the scope ${scope}.`);
  const outside = refusalOfTeams(viewer, permission, subject);
  if (outside !== null) return outside;
  if (subject.kind === 'incident' && !canSee(viewer, subject)) return hidden;
  if (permission.and === 'notAuthor' && isAuthor(viewer, subject) && !isNobodyElse(subject)) {
    return refused('Who wrote it may not decide it: somebody else has to.');
  }
  if (isAtLeast(roleAbout(viewer, subject), permission.role) || isNamed(viewer, permission, subject)) return allowed;
  return refused(sentence(viewer, permission, subject));
}

/** Whether the incident shows at all: unrestricted, or global manager and up, or responder and up of its team, or part of it. */
export function canSee(viewer: Viewer, subject: IncidentSubject): boolean {
  if (viewer.onlyTeams !== null && !isWithin(viewer.onlyTeams, subject.team)) return false;
  if (!subject.isRestricted || isAtLeast(viewer.role, 'manager')) return true;
  const inTeam = subject.team === null ? undefined : viewer.teamRoles.get(nameKey(subject.team));
  return (inTeam !== undefined && isAtLeast(inTeam, 'responder')) || subject.participants.includes(viewer.handle);
}

/** The highest role that a viewer has about a subject. */
export function roleAbout(viewer: Viewer, subject: Subject): Role {
  const team = subject.kind === 'team' || subject.kind === 'incident' ? subject.team : null;
  const inTeam = team === null ? undefined : viewer.teamRoles.get(nameKey(team));
  return inTeam !== undefined && isAtLeast(inTeam, viewer.role) ? inTeam : viewer.role;
}

/** A token that is narrowed to teams touches nothing else, and of what is everybody's it only reads. */
function refusalOfTeams({ onlyTeams }: Viewer, { scope }: Permission, subject: Subject): Decision | null {
  if (onlyTeams === null) return null;
  if (subject.kind === 'incident') return isWithin(onlyTeams, subject.team) ? null : hidden;
  if (subject.kind === 'team' && isWithin(onlyTeams, subject.team)) return null;
  if (subject.kind !== 'team' && scope === 'read') return null;
  return refused(`This API token acts for ${[...onlyTeams].join(', ')} alone.`);
}

function isWithin(teams: ReadonlySet<string>, team: string | null): boolean {
  return team !== null && teams.has(nameKey(team));
}

function isNamed({ handle, personId }: Viewer, { or }: Permission, subject: Subject): boolean {
  switch (or) {
    case 'self':
      return subject.kind === 'person' && subject.personId === personId;
    case 'author':
      return (subject.kind === 'incident' || subject.kind === 'team') && subject.authors?.includes(handle) === true;
    case 'participant':
      return subject.kind === 'incident' && subject.participants.includes(handle);
    case 'engaged':
      return subject.kind === 'incident' && subject.engaged.includes(handle);
    case 'reporter':
      return subject.kind === 'incident' && subject.reporter === handle;
    case 'reviewer':
      return subject.kind === 'incident' && subject.reviewer === handle;
    default:
      return false;
  }
}

function isAuthor({ handle }: Viewer, subject: Subject): boolean {
  return subject.kind === 'incident' && subject.authors?.includes(handle) === true;
}

/** A second person who could decide is missing: then it is better decided by its author than never. */
function isNobodyElse(subject: Subject): boolean {
  return subject.kind === 'incident' && subject.othersDecide === false;
}

function sentence(viewer: Viewer, { role }: Permission, subject: Subject): string {
  if (subject.kind === 'person') return `Needs ${role}, or to be the person it is about.`;
  const team = subject.kind === 'global' ? null : subject.team;
  const own = roleAbout(viewer, subject);
  return team === null ? `Needs ${role}; you are ${own}.` : `Needs ${role} in ${team}; you are ${own}.`;
}

function refused(message: string): Decision {
  return { isAllowed: false, as: 'refused', message };
}

/** The keys of the table that hold for the viewer by role globally or in some team: what a dashboard may offer. */
export function offeredKeys(viewer: Viewer, table: Readonly<Record<string, Permission>>): readonly string[] {
  const highest = [viewer.role, ...viewer.teamRoles.values()].reduce((a, b) =>
    roles.indexOf(a) >= roles.indexOf(b) ? a : b,
  );
  return Object.entries(table).flatMap(([key, { role, scope, or }]) => {
    const hasScope = scope === 'session' ? viewer.tokenId === null : viewer.scopes.has(scope);
    return hasScope && (or === 'self' || isAtLeast(highest, role)) ? [key] : [];
  });
}
