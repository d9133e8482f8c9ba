import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../domain/role.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

export type LinkPurpose = 'setup' | 'sign_in' | 'invitation' | 'password_reset' | 'acknowledge';

/** A team, by name_key, and the role in it. */
export interface TeamGrant {
  readonly team: string;
  readonly role: Role;
}

export interface NewLink {
  readonly purpose: LinkPurpose;
  readonly personId?: number | null;
  readonly email?: string | null;
  readonly role?: Role | null;
  readonly teams?: readonly TeamGrant[];
  readonly incidentId?: number | null;
  readonly createdBy?: number | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface StoredLink {
  /** Public: the beginning of its hash, in hex. */
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly personId: number | null;
  readonly email: string | null;
  readonly role: Role | null;
  readonly teams: readonly TeamGrant[];
  readonly incidentId: number | null;
  readonly createdBy: number | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** SHA-256, as everything that a machine made is stored. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** 32 random bytes as text; a prefix says what it is to who finds it in a log. */
export function newSecret(prefix: '' | 'tkp_' | 'tkl_'): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** @returns the token, to stand in a link's fragment or path; it is readable here alone */
export async function createLink(db: Queryable, link: NewLink): Promise<string> {
  const token = newSecret('tkl_');
  await db.query(
    `insert into one_time_link (hash, purpose, person_id, email, role, teams, incident_id, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      hashOfSecret(token),
      link.purpose,
      link.personId ?? null,
      link.email ?? null,
      link.role ?? null,
      JSON.stringify(link.teams ?? []),
      link.incidentId ?? null,
      link.createdBy ?? null,
      timeParameter(link.expiresAt),
    ],
  );
  return token;
}

interface LinkRow {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly person_id: number | null;
  readonly email: string | null;
  readonly role: Role | null;
  readonly teams: readonly TeamGrant[];
  readonly incident_id: number | null;
  readonly created_by: number | null;
  readonly created_at: number;
  readonly expires_at: number;
}

const columns = `encode(substring(hash for 12), 'hex') as id, purpose, person_id, email, role, teams, incident_id, created_by,
  created_at, expires_at`;
const isOpen = 'used_at is null and revoked_at is null and expires_at > $2';

/** What the link would do, without using it. @param now epoch milliseconds */
export async function readLink(db: Queryable, token: string, now: number): Promise<StoredLink | null> {
  const { rows } = await db.query<LinkRow>(`select ${columns} from one_time_link where hash = $1 and ${isOpen}`, [
    hashOfSecret(token),
    timeParameter(now),
  ]);
  return rows[0] === undefined ? null : linkOf(rows[0]);
}

/**
 * Uses the link in the caller's transaction; null where it was used, revoked, has expired, or is for something else.
 * @param now epoch milliseconds
 */
export async function redeemLink(
  db: Queryable,
  token: string,
  purpose: LinkPurpose,
  now: number,
): Promise<StoredLink | null> {
  const { rows } = await db.query<LinkRow>(
    `update one_time_link set used_at = $2 where hash = $1 and purpose = $3 and ${isOpen} returning ${columns}`,
    [hashOfSecret(token), timeParameter(now), purpose],
  );
  return rows[0] === undefined ? null : linkOf(rows[0]);
}

/** Invitations that can still be accepted, newest first. @param now epoch milliseconds */
export async function openInvitations(db: Queryable, now: number): Promise<readonly StoredLink[]> {
  const { rows } = await db.query<LinkRow>(
    `select ${columns} from one_time_link where purpose = $1 and ${isOpen} order by created_at desc limit 500`,
    ['invitation', timeParameter(now)],
  );
  return rows.map(linkOf);
}

/** @returns the links that were open until now */
export async function revokeLinks(
  db: Queryable,
  which:
    | { readonly id: string; readonly purpose: LinkPurpose }
    | { readonly purpose: LinkPurpose; readonly personId?: number },
): Promise<readonly StoredLink[]> {
  const { rows } =
    'id' in which
      ? await db.query<LinkRow>(
          `update one_time_link set revoked_at = now()
            where purpose = $1 and encode(substring(hash for 12), 'hex') = $2 and used_at is null and revoked_at is null
           returning ${columns}`,
          [which.purpose, which.id],
        )
      : await db.query<LinkRow>(
          `update one_time_link set revoked_at = now()
            where purpose = $1 and ($2::bigint is null or person_id = $2) and used_at is null and revoked_at is null
           returning ${columns}`,
          [which.purpose, which.personId ?? null],
        );
  return rows.map(linkOf);
}

/** Deletes links that ended before `before`, epoch milliseconds. */
export async function deleteOldLinks(db: Queryable, before: number): Promise<number> {
  const { rowCount } = await db.query('delete from one_time_link where expires_at < $1', [timeParameter(before)]);
  return rowCount ?? 0;
}

function linkOf(row: LinkRow): StoredLink {
  return {
    id: row.id,
    purpose: row.purpose,
    personId: row.person_id,
    email: row.email,
    role: row.role,
    teams: row.teams,
    incidentId: row.incident_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
