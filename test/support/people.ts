import type { Role, Scope } from '@tocsin/schema/domain/role';
import { scopes as allScopes } from '@tocsin/schema/domain/role';
import { hashOfSecret, newSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { slugOf } from '@tocsin/schema/postgres/personWrite';
import type { Pool } from '@tocsin/schema/postgres/pool';

export interface TestPerson {
  readonly id: number;
  readonly handle: string;
  /** An API token with every scope, unless told otherwise. */
  readonly token: string;
}

export interface TestPersonOptions {
  readonly handle: string;
  readonly name?: string;
  /** @default admin */
  readonly role?: Role;
  /** Name of a team → role in it; teams are made where they are missing. */
  readonly teams?: Readonly<Record<string, Role>>;
  readonly scopes?: readonly Scope[];
}

/** A person, or the one of this handle that is there already, with a fresh API token. */
export async function createTestPerson(pool: Pool, options: TestPersonOptions): Promise<TestPerson> {
  const { handle, name = handle, role = 'admin', teams = {} } = options;
  await pool.query('insert into person (handle, name, role) values ($1, $2, $3) on conflict (handle) do nothing', [
    handle,
    name,
    role,
  ]);
  const { rows } = await pool.query<{ id: number }>('select id from person where handle = $1', [handle]);
  const id = rows[0]?.id ?? 0;
  for (const [team, roleInTeam] of Object.entries(teams)) {
    await pool.query(
      `with t as (insert into team (name, name_key) values ($1, lower($1))
         on conflict (name_key) do update set name = team.name returning id)
       insert into team_member (team_id, person_id, role) select id, $2, $3 from t
         on conflict (team_id, person_id) do update set role = excluded.role`,
      [team, id, roleInTeam],
    );
  }
  return { id, handle, token: await createTestToken(pool, id, { scopes: options.scopes ?? allScopes }) };
}

export interface TestTokenOptions {
  readonly scopes?: readonly Scope[];
  /** name_key of the teams that it is narrowed to. */
  readonly teams?: readonly string[] | null;
  /** Seconds from now. @default an hour */
  readonly expiresIn?: number;
}

export async function createTestToken(pool: Pool, personId: number, options: TestTokenOptions = {}): Promise<string> {
  const token = newSecret('tkp_');
  await pool.query(
    `insert into api_token (hash, hint, name, person_id, scopes, teams, created_by, expires_at)
     values ($1, 'test', 'test', $2, $3, $4, $2, now() + make_interval(secs => $5))`,
    [hashOfSecret(token), personId, options.scopes ?? allScopes, options.teams ?? null, options.expiresIn ?? 3_600],
  );
  return token;
}

/** The headers for a test's request: who asks stands in `x-tocsin-actor` as a name, and becomes that person's token. */
export function createTestTokens(
  pool: Pool,
): (headers?: Readonly<Record<string, string>>) => Promise<Record<string, string>> {
  const tokens = new Map<string, Promise<string>>();
  return async (headers = {}) => {
    const { 'x-tocsin-actor': actor, ...rest } = headers;
    if (rest['authorization'] !== undefined || rest['cookie'] !== undefined) return rest;
    const name = actor === undefined ? 'operator' : decodeURIComponent(actor);
    const known = tokens.get(name) ?? createTestPerson(pool, { handle: slugOf(name), name }).then(({ token }) => token);
    tokens.set(name, known);
    return { ...rest, authorization: `Bearer ${await known}` };
  };
}
