import { type Person, personsById } from './person.js';
import type { Queryable } from './pool.js';

/** Whom the identity provider means by this subject, or null: nobody yet. */
export async function personOfIdentity(db: Queryable, issuer: string, subject: string): Promise<Person | null> {
  const { rows } = await db.query<{ person_id: number }>(
    'select person_id from person_identity where issuer = $1 and subject = $2',
    [issuer, subject],
  );
  const [person] = rows[0] === undefined ? [] : await personsById(db, [rows[0].person_id]);
  return person ?? null;
}

/** The active person of this address who has no identity at any provider yet. */
export async function personToLink(db: Queryable, email: string): Promise<Person | null> {
  const { rows } = await db.query<{ id: number }>(
    `select id from person p where email_key = $1 and is_active
       and not exists (select from person_identity i where i.person_id = p.id)`,
    [email.toLowerCase()],
  );
  const [person] = rows[0] === undefined ? [] : await personsById(db, [rows[0].id]);
  return person ?? null;
}

export async function addIdentity(db: Queryable, personId: number, issuer: string, subject: string): Promise<void> {
  await db.query('insert into person_identity (issuer, subject, person_id) values ($1, $2, $3)', [
    issuer,
    subject,
    personId,
  ]);
}
