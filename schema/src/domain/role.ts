/** In order: each may all that the ones before it may. */
export const roles = ['viewer', 'reporter', 'responder', 'manager', 'admin'] as const;
export type Role = (typeof roles)[number];
export function isAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** What an API token may be narrowed to. A session has all of them. */
export const scopes = ['read', 'report', 'respond', 'configure', 'administer'] as const;
export type Scope = (typeof scopes)[number];

/** Who asks: a person by session, by token or (null token and session) the process itself. Reloaded when its row moves. */
export interface Viewer {
  readonly personId: number;
  readonly handle: string;
  readonly name: string;
  readonly role: Role;
  /** name_key of team → role within it. */
  readonly teamRoles: ReadonlyMap<string, Role>;
  readonly scopes: ReadonlySet<Scope>;
  /** name_key of the teams that a token is narrowed to; null: not narrowed. */
  readonly onlyTeams: ReadonlySet<string> | null;
  readonly sessionId: number | null;
  readonly tokenId: number | null;
  readonly address: string;
  readonly timeZone: string;
}
