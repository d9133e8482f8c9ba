import type { Role } from '@tocsin/schema/domain/role';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import type { Edit } from '@tocsin/schema/postgres/onCallEdit';
import { findPersons, type Person, personsByHandle } from '@tocsin/schema/postgres/person';
import { createPerson, lockPeople } from '@tocsin/schema/postgres/personWrite';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { signInLink } from '../auth/adminLinkCommand.js';
import { seedTeam } from './seedTeam.js';

const linkMs = 24 * 3_600_000;
const actor = { kind: 'system', name: 'demo' } as const;

/** Without addresses: nobody outside is ever written to. Without passwords: a link alone lets somebody in. */
const cast: readonly { readonly handle: string; readonly name: string; readonly role: Role }[] = [
  { handle: 'demo', name: 'Dana Reed', role: 'admin' },
  { handle: 'mila', name: 'Mila Novak', role: 'manager' },
  { handle: 'jonas', name: 'Jonas Weber', role: 'responder' },
  { handle: 'aiko', name: 'Aiko Tanaka', role: 'responder' },
  { handle: 'sam', name: 'Sam Okafor', role: 'reporter' },
];

/**
 * Where nobody is yet: the five people of the demo's ticket shop, with who is on call and what they work by. Then a link
 * that signs its admin in, fresh at every call. Null: real people work here, and get no colleague without a password.
 * @param now epoch milliseconds
 */
export async function demoLink(pool: Pool, dashboardUrl: string, now: number): Promise<string | null> {
  const person = await inTransaction(pool, async (db) => {
    await lockPeople(db);
    if ((await findPersons(db, null, null)).length > 0) return seededAdmin(db);
    return seed(db, { actor, now });
  });
  return person === null ? null : signInLink(pool, person, dashboardUrl, linkMs, now);
}

/** The admin of an earlier call: nobody else has the handle and neither address nor password. */
async function seededAdmin(db: Queryable): Promise<Person | null> {
  const [person] = await personsByHandle(db, ['demo']);
  return person?.isActive === true && !person.hasPassword && person.email === null ? person : null;
}

async function seed(db: Queryable, edit: Edit): Promise<Person | null> {
  const people: Person[] = [];
  for (const each of cast) people.push(await createPerson(db, { ...each, email: null, passwordHash: null }));
  for (const { id, name, role } of people) {
    const change = {
      topic: 'person',
      action: 'created',
      id,
      name,
      before: null,
      after: { email: null, role },
    } as const;
    await recordConfigurationChange(db, edit.actor, change, edit.now);
  }
  await seedTeam(db, people, edit);
  return people[0] ?? null;
}
