import { timeParameter } from './incidentRow.js';
import type { ClaimedNotification } from './notificationClaim.js';
import type { Queryable } from './pool.js';
import { addTimers } from './timer.js';

interface Fallback {
  readonly id: number;
  /** What the person calls the contact. */
  readonly via: string;
}

/**
 * A message that failed, on the person's next contact: by the order of their rules, else any that it was not sent through
 * yet, at last the address of the account. Null where nothing is left, and for what goes to no person.
 */
export async function addFallback(db: Queryable, failed: ClaimedNotification, now: number): Promise<Fallback | null> {
  if (failed.personId === null || failed.topic === 'test') return null;
  const base = failed.key.replace(/\/(contact|person)\/\d+$/, '');
  const next = (await nextContact(db, failed, base)) ?? (await accountAddress(db, failed, base));
  if (next === null) return null;
  const { rows } = await db.query<{ id: number }>({
    name: 'notification_fallback',
    text: `insert into notification (key, topic, incident_id, page_id, person_id, contact_id, email, content, severity, state,
                                     fallback_of, due_at, created_at)
      select $2, topic, incident_id, page_id, person_id, $3, $4, content, severity, 'waiting', id, $5::timestamptz, $5::timestamptz
        from notification where id = $1
      on conflict (key) do nothing returning id`,
    values: [failed.id, next.key, next.contactId, next.email, timeParameter(now)],
  });
  const [added] = rows;
  if (added === undefined) return null;
  await addTimers(db, [{ kind: 'notification.send', key: String(added.id), dueAt: now }]);
  return { id: added.id, via: next.via };
}

interface NextPlace {
  readonly key: string;
  readonly contactId: number | null;
  readonly email: string | null;
  readonly via: string;
}

async function nextContact(db: Queryable, failed: ClaimedNotification, base: string): Promise<NextPlace | null> {
  const { rows } = await db.query<{ id: number; name: string }>({
    name: 'notification_next_contact',
    text: `select c.id, c.name from contact c
            left join notification_rule r on r.contact_id = c.id and r.topic = $3
            where c.person_id = $1 and c.verified_at is not null
              and not exists (select from notification n where n.key = $2 || '/contact/' || c.id)
            order by r.ordinal nulls last, c.failing_since nulls first, c.id limit 1`,
    values: [failed.personId, base, failed.topic],
  });
  const [contact] = rows;
  return contact === undefined
    ? null
    : { key: `${base}/contact/${contact.id}`, contactId: contact.id, email: null, via: contact.name };
}

/** Unless a contact has that address, which was tried. */
async function accountAddress(
  db: Queryable,
  { personId }: ClaimedNotification,
  base: string,
): Promise<NextPlace | null> {
  const key = `${base}/person/${personId}`;
  const { rows } = await db.query<{ email: string }>({
    name: 'notification_account_address',
    text: `select p.email from person p
            where p.id = $1 and p.email is not null
              and not exists (select from notification n where n.key = $2)
              and not exists (select from contact c
                               where c.person_id = p.id and c.kind = 'email' and lower(c.address) = p.email_key
                                 and c.verified_at is not null)`,
    values: [personId, key],
  });
  const email = rows[0]?.email;
  return email === undefined ? null : { key, contactId: null, email, via: 'e-mail' };
}
