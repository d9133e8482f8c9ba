import type { QuietHours, Recipient } from '../domain/notificationPlan.js';
import type { RuleTopic } from '../domain/notification.js';
import { severityOfRank } from '../domain/severity.js';
import type { Queryable } from './pool.js';

export interface ReachablePerson extends Recipient {
  /** Written to where the person never named a contact. */
  readonly email: string | null;
}

interface RecipientRow {
  readonly id: number;
  readonly time_zone: string;
  readonly email: string | null;
  readonly contacts: readonly number[];
  readonly rules: readonly { topic: RuleTopic; contact: number; delay: number; severity: number }[];
  readonly quiet: readonly { weekdays: number[]; from: number; until: number; pages: number | null }[];
}

/** How people want to be told, by person; who is switched off is not among them. One statement for all. */
export async function recipientsOf(
  db: Queryable,
  personIds: readonly number[],
): Promise<ReadonlyMap<number, ReachablePerson>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await db.query<RecipientRow>({
    name: 'recipients',
    text: `select p.id, p.time_zone, p.email,
        (select coalesce(jsonb_agg(c.id order by c.id), '[]') from contact c
          where c.person_id = p.id and c.verified_at is not null) as contacts,
        (select coalesce(jsonb_agg(jsonb_build_object('topic', r.topic, 'contact', r.contact_id, 'delay', r.delay_seconds,
                                                      'severity', r.min_severity) order by r.ordinal), '[]')
           from notification_rule r where r.person_id = p.id) as rules,
        (select coalesce(jsonb_agg(jsonb_build_object('weekdays', to_jsonb(q.weekdays), 'from', q.from_minute,
                                                      'until', q.until_minute, 'pages', q.pages_from) order by q.ordinal), '[]')
           from quiet_hours q where q.person_id = p.id) as quiet
      from person p where p.id = any($1::bigint[]) and p.is_active`,
    values: [[...new Set(personIds)]],
  });
  return new Map(rows.map((row) => [row.id, recipientOfRow(row)]));
}

function recipientOfRow(row: RecipientRow): ReachablePerson {
  return {
    personId: row.id,
    timeZone: row.time_zone,
    email: row.email,
    usableContacts: new Set(row.contacts),
    rules: row.rules.map(({ topic, contact, delay, severity }) => ({
      topic,
      contactId: contact,
      delaySeconds: delay,
      minSeverity: severityOfRank(severity),
    })),
    quietHours: row.quiet.map(quietHoursOf),
  };
}

function quietHoursOf({ weekdays, from, until, pages }: RecipientRow['quiet'][number]): QuietHours {
  return {
    weekdays,
    fromMinute: from,
    untilMinute: until,
    pagesFrom: pages === null ? null : severityOfRank(pages),
  };
}

/** Those of the people whom a message can reach: by a confirmed contact, else by the address that they are known under. */
export async function isReachable(db: Queryable, personIds: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ id: number }>({
    name: 'reachable',
    text: `select p.id from person p where p.id = any($1::bigint[]) and p.is_active
              and (p.email is not null
                or exists (select from contact c where c.person_id = p.id and c.verified_at is not null))`,
    values: [[...new Set(personIds)]],
  });
  return new Set(rows.map(({ id }) => id));
}
