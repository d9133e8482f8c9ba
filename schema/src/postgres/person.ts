import type { Role } from '../domain/role.js';
import { containing } from './labelMatch.js';
import type { Queryable } from './pool.js';

export interface Person {
  readonly id: number;
  /** What texts name; it never changes. */
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly isActive: boolean;
  readonly timeZone: string;
  readonly version: number;
  readonly hasPassword: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** By session or token, to the minute. Epoch milliseconds. */
  readonly lastSeenAt: number | null;
}

interface PersonRow {
  readonly id: number;
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly is_active: boolean;
  readonly time_zone: string;
  readonly version: number;
  readonly has_password: boolean;
  readonly created_at: number;
  readonly last_seen_at: number | null;
}

const columns = `p.id, p.handle, p.name, p.email, p.role, p.is_active, p.time_zone, p.version, p.created_at,
  p.password_hash is not null as has_password,
  greatest((select max(s.last_seen_at) from session s where s.person_id = p.id),
           (select max(t.last_used_at) from api_token t where t.person_id = p.id)) as last_seen_at`;

export async function personsById(db: Queryable, ids: readonly number[]): Promise<readonly Person[]> {
  const { rows } = await db.query<PersonRow>({
    name: 'person_by_id',
    text: `select ${columns} from person p where p.id = any($1::bigint[])`,
    values: [ids],
  });
  return rows.map(personOf);
}

export async function personsByHandle(db: Queryable, handles: readonly string[]): Promise<readonly Person[]> {
  const { rows } = await db.query<PersonRow>({
    name: 'person_by_handle',
    text: `select ${columns} from person p where p.handle = any($1::text[])`,
    values: [handles],
  });
  return rows.map(personOf);
}

/** More than anybody looks through; who searches finds the rest. */
const longestList = 500;

/** By name. @param search part of name, handle or e-mail address; null: everybody */
export async function findPersons(
  db: Queryable,
  search: string | null,
  isActive: boolean | null,
): Promise<readonly Person[]> {
  const { rows } = await db.query<PersonRow>(
    `select ${columns} from person p
      where ($1::text is null or p.name ilike $1 or p.handle ilike $1 or p.email ilike $1)
        and ($2::boolean is null or p.is_active = $2)
      order by lower(p.name), p.id limit ${longestList}`,
    [search === null ? null : containing(search), isActive],
  );
  return rows.map(personOf);
}

/** Whoever this address or handle names, with what their password is checked against. */
export async function credentialsOf(
  db: Queryable,
  account: string,
): Promise<{ readonly person: Person; readonly passwordHash: string | null } | null> {
  const { rows } = await db.query<PersonRow & { password_hash: string | null }>({
    name: 'person_credentials',
    text: `select ${columns}, p.password_hash from person p where p.email_key = $1 or p.handle = $1
            order by (p.email_key = $1) desc nulls last limit 1`,
    values: [account.toLowerCase()],
  });
  const [row] = rows;
  return row === undefined ? null : { person: personOf(row), passwordHash: row.password_hash };
}

/** Whether somebody can administer: without, the next start prints a link that creates the admin. */
export async function hasAdmin(db: Queryable): Promise<boolean> {
  return (await activeAdmins(db)) > 0;
}

export async function activeAdmins(db: Queryable, except: number | null = null): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from person where role = 'admin' and is_active and id is distinct from $1::bigint`,
    [except],
  );
  return rows[0]?.count ?? 0;
}

/** Names of teams that a person is in, with the role there. */
export async function membershipsOf(
  db: Queryable,
  personIds: readonly number[],
): Promise<readonly { readonly personId: number; readonly teamId: number; readonly role: Role }[]> {
  const { rows } = await db.query<{ person_id: number; team_id: number; role: Role }>({
    name: 'person_memberships',
    text: `select m.person_id, m.team_id, m.role from team_member m join team t on t.id = m.team_id
            where m.person_id = any($1::bigint[]) order by t.name_key`,
    values: [personIds],
  });
  return rows.map((row) => ({ personId: row.person_id, teamId: row.team_id, role: row.role }));
}

function personOf(row: PersonRow): Person {
  return {
    id: row.id,
    handle: row.handle,
    name: row.name,
    email: row.email,
    role: row.role,
    isActive: row.is_active,
    timeZone: row.time_zone,
    version: row.version,
    hasPassword: row.has_password,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}
