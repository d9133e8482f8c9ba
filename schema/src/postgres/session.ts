import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

export const signInMethods = ['password', 'oidc', 'link'] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** Without use it ends after this. */
export const sessionIdleMs = 12 * 3_600_000;
/** And with use after this. */
export const sessionLongestMs = 30 * 24 * 3_600_000;

export interface Session {
  readonly id: number;
  readonly personId: number;
  readonly method: SignInMethod;
  /** All times epoch milliseconds. */
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly address: string;
  readonly userAgent: string;
}

export interface NewSession {
  /** SHA-256 of what the cookie holds. */
  readonly hash: Buffer;
  readonly personId: number;
  readonly method: SignInMethod;
  readonly address: string;
  readonly userAgent: string;
}

/** @param now epoch milliseconds */
export async function createSession(db: Queryable, session: NewSession, now: number): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into session (hash, person_id, method, created_at, last_seen_at, expires_at, address, user_agent)
     values ($1, $2, $3, $4, $4, $5, $6, $7) returning id`,
    [
      session.hash,
      session.personId,
      session.method,
      timeParameter(now),
      timeParameter(now + sessionIdleMs),
      session.address,
      session.userAgent.slice(0, 300),
    ],
  );
  return rows[0]?.id ?? 0;
}

interface SessionRow {
  readonly id: number;
  readonly person_id: number;
  readonly method: SignInMethod;
  readonly created_at: number;
  readonly last_seen_at: number;
  readonly expires_at: number;
  readonly address: string;
  readonly user_agent: string;
}

const columns = 'id, person_id, method, created_at, last_seen_at, expires_at, address, user_agent';

/** Those that are open, newest first. @param now epoch milliseconds */
export async function sessionsOf(db: Queryable, personId: number, now: number): Promise<readonly Session[]> {
  const { rows } = await db.query<SessionRow>(
    `select ${columns} from session where person_id = $1 and revoked_at is null and expires_at > $2
      order by id desc limit 200`,
    [personId, timeParameter(now)],
  );
  return rows.map(sessionOf);
}

export async function sessionById(db: Queryable, id: number): Promise<Session | null> {
  const { rows } = await db.query<SessionRow>(`select ${columns} from session where id = $1`, [id]);
  return rows[0] === undefined ? null : sessionOf(rows[0]);
}

/** @returns the ids of those that were open until now */
export async function revokeSessions(
  db: Queryable,
  which: { readonly id: number } | { readonly personId: number; readonly except: number | null },
): Promise<readonly number[]> {
  const { rows } =
    'id' in which
      ? await db.query<{ id: number }>(
          'update session set revoked_at = now() where id = $1 and revoked_at is null returning id',
          [which.id],
        )
      : await db.query<{ id: number }>(
          `update session set revoked_at = now()
            where person_id = $1 and revoked_at is null and id is distinct from $2::bigint returning id`,
          [which.personId, which.except],
        );
  return rows.map(({ id }) => id);
}

/** Deletes sessions that ended before `before`, epoch milliseconds. */
export async function deleteOldSessions(db: Queryable, before: number): Promise<number> {
  const { rowCount } = await db.query('delete from session where expires_at < $1', [timeParameter(before)]);
  return rowCount ?? 0;
}

function sessionOf(row: SessionRow): Session {
  return {
    id: row.id,
    personId: row.person_id,
    method: row.method,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    userAgent: row.user_agent,
  };
}
