import type { ContactKind, RuleTopic } from '../domain/notification.js';
import type { NotificationRule, QuietHours } from '../domain/notificationPlan.js';
import { severityOfRank, severityRank } from '../domain/severity.js';
import type { Queryable } from './pool.js';

export interface Contact {
  readonly id: number;
  readonly personId: number;
  readonly kind: ContactKind;
  readonly name: string;
  readonly address: string;
  readonly isVerified: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly failingSince: number | null;
  readonly lastError: string | null;
}

export interface NewContact {
  readonly personId: number;
  readonly kind: ContactKind;
  readonly name: string;
  readonly address: string;
  readonly channelId: number | null;
  readonly isVerified: boolean;
}

const columns = `id, person_id as "personId", kind, name, address, verified_at is not null as "isVerified", settings,
  failing_since as "failingSince", last_error as "lastError"`;

export async function contactsOf(db: Queryable, personIds: readonly number[]): Promise<readonly Contact[]> {
  const { rows } = await db.query<Contact>({
    name: 'contacts_of',
    text: `select ${columns} from contact where person_id = any($1::bigint[]) order by id`,
    values: [personIds],
  });
  return rows;
}

/** The person's own contact, locked; null for anybody else's. */
export async function lockContact(db: Queryable, id: number, personId: number): Promise<Contact | null> {
  const { rows } = await db.query<Contact>(
    `select ${columns} from contact where id = $1 and person_id = $2 for update`,
    [id, personId],
  );
  return rows[0] ?? null;
}

/** Null where the person has that address already. */
export async function insertContact(db: Queryable, contact: NewContact): Promise<Contact | null> {
  const { personId, kind, name, address, channelId, isVerified } = contact;
  const { rows } = await db.query<Contact>(
    `insert into contact (person_id, kind, name, address, channel_id, verified_at)
     values ($1, $2, $3, $4, $5, case when $6 then now() end)
     on conflict (person_id, kind, address) do nothing returning ${columns}`,
    [personId, kind, name, address, channelId, isVerified],
  );
  return rows[0] ?? null;
}

export async function writeContactSecret(db: Queryable, id: number, sealed: Buffer): Promise<void> {
  await db.query('update contact set secret = $2 where id = $1', [id, sealed]);
}

export async function writeContactSettings(
  db: Queryable,
  id: number,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await db.query('update contact set settings = $2 where id = $1', [id, JSON.stringify(settings)]);
}

export async function confirmContact(db: Queryable, id: number): Promise<Contact | null> {
  const { rows } = await db.query<Contact>(
    `update contact set verified_at = coalesce(verified_at, now()), settings = settings - 'code', failing_since = null,
            last_error = null where id = $1 returning ${columns}`,
    [id],
  );
  return rows[0] ?? null;
}

/** Rules that name it go with it; what waited for it falls to the next contact. */
export async function deleteContact(db: Queryable, id: number): Promise<void> {
  await db.query('delete from contact where id = $1', [id]);
}

export interface StoredRule extends NotificationRule {
  readonly personId: number;
}

export async function rulesOf(db: Queryable, personIds: readonly number[]): Promise<readonly StoredRule[]> {
  const { rows } = await db.query<{
    person_id: number;
    topic: RuleTopic;
    contact_id: number;
    delay_seconds: number;
    min_severity: number;
  }>(
    `select person_id, topic, contact_id, delay_seconds, min_severity from notification_rule
      where person_id = any($1::bigint[]) order by person_id, ordinal`,
    [personIds],
  );
  return rows.map((row) => ({
    personId: row.person_id,
    topic: row.topic,
    contactId: row.contact_id,
    delaySeconds: row.delay_seconds,
    minSeverity: severityOfRank(row.min_severity),
  }));
}

export async function quietHoursOf(
  db: Queryable,
  personIds: readonly number[],
): Promise<readonly (QuietHours & { readonly personId: number })[]> {
  const { rows } = await db.query<{
    person_id: number;
    weekdays: number[];
    from_minute: number;
    until_minute: number;
    pages_from: number | null;
  }>(
    `select person_id, weekdays, from_minute, until_minute, pages_from from quiet_hours
      where person_id = any($1::bigint[]) order by person_id, ordinal`,
    [personIds],
  );
  return rows.map((row) => ({
    personId: row.person_id,
    weekdays: row.weekdays,
    fromMinute: row.from_minute,
    untilMinute: row.until_minute,
    pagesFrom: row.pages_from === null ? null : severityOfRank(row.pages_from),
  }));
}

export async function replaceRules(db: Queryable, personId: number, rules: readonly NotificationRule[]): Promise<void> {
  await db.query('delete from notification_rule where person_id = $1', [personId]);
  await db.query(
    `insert into notification_rule (person_id, ordinal, topic, contact_id, delay_seconds, min_severity)
     select $1, n - 1, topic, contact_id, delay, severity
       from unnest($2::text[], $3::bigint[], $4::int[], $5::smallint[]) with ordinality as r (topic, contact_id, delay, severity, n)`,
    [
      personId,
      rules.map(({ topic }) => topic),
      rules.map(({ contactId }) => contactId),
      rules.map(({ delaySeconds }) => delaySeconds),
      rules.map(({ minSeverity }) => severityRank(minSeverity)),
    ],
  );
}

export async function replaceQuietHours(db: Queryable, personId: number, hours: readonly QuietHours[]): Promise<void> {
  await db.query('delete from quiet_hours where person_id = $1', [personId]);
  for (const [ordinal, { weekdays, fromMinute, untilMinute, pagesFrom }] of hours.entries()) {
    await db.query(
      `insert into quiet_hours (person_id, ordinal, weekdays, from_minute, until_minute, pages_from) values ($1, $2, $3, $4, $5, $6)`,
      [personId, ordinal, weekdays, fromMinute, untilMinute, pagesFrom === null ? null : severityRank(pagesFrom)],
    );
  }
}
