import type { Granter } from '../domain/permissionRefusal.js';
import { type Role, scopes, type Scope, type Viewer } from '../domain/role.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';
import { sessionIdleMs, sessionLongestMs } from './session.js';

/** The channel that tells whose rights moved; its payload is the person's id. The tables' triggers notify. */
export const peopleChannel = 'tocsin_people';

/** A viewer, and until when what was presented is good. Epoch milliseconds. */
export interface FoundViewer {
  readonly viewer: Viewer;
  readonly expiresAt: number;
}

interface ViewerRow {
  readonly person_id: number;
  readonly handle: string;
  readonly name: string;
  readonly role: Role;
  readonly time_zone: string;
  readonly team_roles: Readonly<Record<string, Role>>;
  readonly id: number;
  readonly expires_at: number;
}

const person = `p.id as person_id, p.handle, p.name, p.role, p.time_zone,
  (select coalesce(jsonb_object_agg(t.name_key, m.role), '{}') from team_member m join team t on t.id = m.team_id
    where m.person_id = p.id) as team_roles`;

/**
 * Who holds this session, or null: unknown, ended, or the person is switched off. Notes its use, to the minute.
 * @param hash SHA-256 of the cookie's value
 * @param now epoch milliseconds
 */
export async function viewerOfSession(
  db: Queryable,
  hash: Buffer,
  address: string,
  now: number,
): Promise<FoundViewer | null> {
  const { rows } = await db.query<ViewerRow & { last_seen_at: number; created_at: number }>({
    name: 'viewer_session',
    text: `select ${person}, s.id, s.expires_at, s.last_seen_at, s.created_at
             from session s join person p on p.id = s.person_id
            where s.hash = $1 and s.revoked_at is null and s.expires_at > $2 and p.is_active`,
    values: [hash, timeParameter(now)],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const expiresAt = Math.min(now + sessionIdleMs, row.created_at + sessionLongestMs);
  if (now - row.last_seen_at >= 60_000) {
    await db.query({
      name: 'session_seen',
      text: 'update session set last_seen_at = $2, expires_at = $3 where id = $1',
      values: [row.id, timeParameter(now), timeParameter(expiresAt)],
    });
  }
  return {
    viewer: { ...personOf(row, address), scopes: allScopes, onlyTeams: null, sessionId: row.id, tokenId: null },
    expiresAt: row.expires_at,
  };
}

/** Who is acted for with this token, or null. Notes its use, to the minute. */
export async function viewerOfToken(
  db: Queryable,
  hash: Buffer,
  address: string,
  now: number,
): Promise<FoundViewer | null> {
  const { rows } = await db.query<
    ViewerRow & { scopes: readonly Scope[]; teams: readonly string[] | null; last_used_at: number | null }
  >({
    name: 'viewer_token',
    text: `select ${person}, k.id, k.expires_at, k.scopes, k.teams, k.last_used_at
             from api_token k join person p on p.id = k.person_id
            where k.hash = $1 and k.revoked_at is null and k.expires_at > $2 and p.is_active`,
    values: [hash, timeParameter(now)],
  });
  const [row] = rows;
  if (row === undefined) return null;
  if (row.last_used_at === null || now - row.last_used_at >= 60_000) {
    await db.query({
      name: 'token_used',
      text: 'update api_token set last_used_at = $2, last_used_address = $3 where id = $1',
      values: [row.id, timeParameter(now), address],
    });
  }
  return {
    viewer: {
      ...personOf(row, address),
      scopes: new Set(row.scopes),
      onlyTeams: row.teams === null ? null : new Set(row.teams),
      sessionId: null,
      tokenId: row.id,
    },
    expiresAt: row.expires_at,
  };
}

/** Somebody who is active, found by other means than a session or token of theirs; null: they are switched off, or nobody. */
export async function viewerOfPerson(db: Queryable, personId: number, address: string): Promise<Viewer | null> {
  const { rows } = await db.query<Omit<ViewerRow, 'id' | 'expires_at'>>(
    `select ${person} from person p where p.id = $1 and p.is_active`,
    [personId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { ...personOf(row, address), scopes: allScopes, onlyTeams: null, sessionId: null, tokenId: null };
}

/** What somebody who is active may give to others now; null: they are switched off, or nobody. */
export async function granterOf(db: Queryable, personId: number): Promise<Granter | null> {
  const { rows } = await db.query<Pick<ViewerRow, 'role' | 'team_roles'>>(
    `select ${person} from person p where p.id = $1 and p.is_active`,
    [personId],
  );
  const [row] = rows;
  return row === undefined ? null : { role: row.role, teamRoles: new Map(Object.entries(row.team_roles)) };
}

const allScopes: ReadonlySet<Scope> = new Set(scopes);

function personOf(row: Omit<ViewerRow, 'id' | 'expires_at'>, address: string) {
  return {
    personId: row.person_id,
    handle: row.handle,
    name: row.name,
    role: row.role,
    teamRoles: new Map(Object.entries(row.team_roles)),
    timeZone: row.time_zone,
    address,
  };
}
