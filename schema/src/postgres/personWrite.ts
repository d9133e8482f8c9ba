import { DomainFailure } from '../domain/errors.js';
import type { Role } from '../domain/role.js';
import { personsById, type Person } from './person.js';
import type { Queryable } from './pool.js';
import { sqlState } from './transaction.js';

export interface NewPerson {
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  /** argon2id's text, or null: signs in by another way. */
  readonly passwordHash: string | null;
  readonly timeZone?: string;
  /** @default made of the name or address */
  readonly handle?: string;
}

/**
 * Creates a person with a handle of their own. Call in a transaction.
 * @throws DomainFailure INVALID_INPUT where the address is somebody's already
 */
export async function createPerson(db: Queryable, person: NewPerson): Promise<Person> {
  const handle = await freeHandle(db, person.handle ?? slugOf(person.email?.split('@')[0] ?? person.name));
  try {
    const { rows } = await db.query<{ id: number }>(
      `insert into person (handle, name, email, email_key, role, password_hash, time_zone)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [
        handle,
        person.name,
        person.email,
        person.email?.toLowerCase() ?? null,
        person.role,
        person.passwordHash,
        person.timeZone ?? 'UTC',
      ],
    );
    return await personThere(db, rows[0]?.id ?? 0);
  } catch (error) {
    throw addressIsTaken(error);
  }
}

/** `Zoë Müller` → `zoe-muller`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 32);
  return slug === '' || slug === 'tocsin' || slug === 'system' ? 'person' : slug;
}

/** Handles are never given twice, so nobody inherits what another's name stands under. */
async function freeHandle(db: Queryable, wanted: string): Promise<string> {
  const { rows } = await db.query<{ handle: string }>(
    `select handle from person where handle = $1 or handle like $1 || '-%'`,
    [wanted],
  );
  const taken = new Set(rows.map(({ handle }) => handle));
  for (let n = 1; ; n++) {
    const handle = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(handle)) return handle;
  }
}

export interface PersonChange {
  readonly name?: string;
  readonly email?: string | null;
  readonly timeZone?: string;
  readonly role?: Role;
  readonly isActive?: boolean;
  readonly passwordHash?: string;
}

/** @throws DomainFailure INVALID_INPUT where the address is somebody's already */
export async function changePerson(db: Queryable, id: number, change: PersonChange): Promise<Person> {
  const sets: string[] = [];
  const values: unknown[] = [id];
  const set = (column: string, value: unknown): void => {
    if (value !== undefined) sets.push(`${column} = $${values.push(value)}`);
  };
  set('name', change.name);
  set('email', change.email);
  set('email_key', change.email === undefined ? undefined : (change.email?.toLowerCase() ?? null));
  set('time_zone', change.timeZone);
  set('role', change.role);
  set('is_active', change.isActive);
  set('password_hash', change.passwordHash);
  if (sets.length > 0) {
    try {
      await db.query(
        `update person set ${sets.join(', ')}, version = version + 1, updated_at = now() where id = $1`,
        values,
      );
    } catch (error) {
      throw addressIsTaken(error);
    }
  }
  return personThere(db, id);
}

/** Takes turns with everybody who creates or moves people: who is the last admin is asked and answered in one place. */
export async function lockPeople(db: Queryable): Promise<void> {
  await db.query('lock table person in share row exclusive mode');
}

/** At least this role within the teams of these names; a team that is gone meanwhile is left out. */
export async function joinTeams(
  db: Queryable,
  personId: number,
  teams: readonly { readonly team: string; readonly role: Role }[],
): Promise<void> {
  await db.query(
    `insert into team_member (team_id, person_id, role)
     select t.id, $1, g.role from unnest($2::text[], $3::text[]) as g (team, role) join team t on t.name_key = g.team
     on conflict (team_id, person_id) do update set role = excluded.role`,
    [personId, teams.map(({ team }) => team), teams.map(({ role }) => role)],
  );
}

async function personThere(db: Queryable, id: number): Promise<Person> {
  const [person] = await personsById(db, [id]);
  if (person === undefined) throw new DomainFailure({ code: 'NOT_FOUND', message: `There is no person ${id}.` });
  return person;
}

function addressIsTaken(error: unknown): unknown {
  const isAddress = sqlState(error) === '23505' && error instanceof Error && /email_key/.test(error.message);
  return isAddress
    ? new DomainFailure({
        code: 'INVALID_INPUT',
        field: 'email',
        message: 'This e-mail address is somebody’s already.',
      })
    : error;
}
