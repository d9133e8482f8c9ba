import type { Scope } from '../domain/role.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

export interface ApiToken {
  readonly id: number;
  readonly name: string;
  /** Its last characters. */
  readonly hint: string;
  readonly personId: number;
  readonly scopes: readonly Scope[];
  /** name_key of the teams it is narrowed to; null: not narrowed. */
  readonly teams: readonly string[] | null;
  readonly createdBy: number;
  /** All times epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
  readonly lastUsedAddress: string | null;
}

export interface NewApiToken {
  /** SHA-256 of the token. */
  readonly hash: Buffer;
  readonly hint: string;
  readonly name: string;
  readonly personId: number;
  readonly scopes: readonly Scope[];
  readonly teams: readonly string[] | null;
  readonly createdBy: number;
  readonly expiresAt: number;
}

/** @param now epoch milliseconds */
export async function createApiToken(db: Queryable, token: NewApiToken, now: number): Promise<ApiToken> {
  const { rows } = await db.query<TokenRow>(
    `insert into api_token (hash, hint, name, person_id, scopes, teams, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
    [
      token.hash,
      token.hint,
      token.name,
      token.personId,
      token.scopes,
      token.teams,
      token.createdBy,
      timeParameter(now),
      timeParameter(token.expiresAt),
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the API token was not stored');
  return tokenOf(row);
}

interface TokenRow {
  readonly id: number;
  readonly name: string;
  readonly hint: string;
  readonly person_id: number;
  readonly scopes: readonly Scope[];
  readonly teams: readonly string[] | null;
  readonly created_by: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly last_used_at: number | null;
  readonly last_used_address: string | null;
}

const columns =
  'id, name, hint, person_id, scopes, teams, created_by, created_at, expires_at, last_used_at, last_used_address';

/** Those that work, newest first. @param now epoch milliseconds */
export async function apiTokensOf(db: Queryable, personId: number, now: number): Promise<readonly ApiToken[]> {
  const { rows } = await db.query<TokenRow>(
    `select ${columns} from api_token where person_id = $1 and revoked_at is null and expires_at > $2
      order by id desc limit 200`,
    [personId, timeParameter(now)],
  );
  return rows.map(tokenOf);
}

export async function apiTokenById(db: Queryable, id: number): Promise<ApiToken | null> {
  const { rows } = await db.query<TokenRow>(`select ${columns} from api_token where id = $1`, [id]);
  return rows[0] === undefined ? null : tokenOf(rows[0]);
}

/** @returns false where it had ended already */
export async function revokeApiToken(db: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await db.query('update api_token set revoked_at = now() where id = $1 and revoked_at is null', [
    id,
  ]);
  return rowCount === 1;
}

/** All of one person's. @returns their ids */
export async function revokeApiTokensOf(db: Queryable, personId: number): Promise<readonly number[]> {
  const { rows } = await db.query<{ id: number }>(
    'update api_token set revoked_at = now() where person_id = $1 and revoked_at is null returning id',
    [personId],
  );
  return rows.map(({ id }) => id);
}

function tokenOf(row: TokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    personId: row.person_id,
    scopes: row.scopes,
    teams: row.teams,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    lastUsedAddress: row.last_used_address,
  };
}
