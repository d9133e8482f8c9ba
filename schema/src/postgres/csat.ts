import { timeParameter } from './incidentRow.js';
import { hashOfSecret, newSecret } from './oneTimeLink.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

const validMs = 30 * 86_400_000;

/**
 * One request for each who took part or reported it, in the caller's transaction; nobody is asked twice for one incident.
 * @returns the requests that are new
 */
export async function addCsatRequests(db: Queryable, incidentId: number, now: number): Promise<readonly number[]> {
  const { rows } = await db.query<{ id: number }>({
    name: 'csat_add',
    text: `insert into csat_request (incident_id, person_id, hash, sent_at, expires_at)
      select i.id, p.id, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), $2::timestamptz, $3::timestamptz
        from incident i join person p on p.is_active and (
          p.handle in (i.reporter, i.assignee, i.acknowledged_by)
          or exists (select from incident_role r where r.incident_id = i.id and r.person_id = p.id)
          or exists (select from note n where n.incident_id = i.id and n.author = p.handle))
       where i.id = $1 order by p.id limit 200
      on conflict do nothing returning id`,
    values: [incidentId, timeParameter(now), timeParameter(now + validMs)],
  });
  return rows.map(({ id }) => id);
}

interface CsatAsk {
  readonly id: number;
  readonly incidentId: number;
  readonly personId: number;
  readonly incidentTitle: string;
}

/** Of these requests, those that nobody answered yet. */
export async function openCsatRequests(db: Queryable, ids: readonly number[]): Promise<readonly CsatAsk[]> {
  const { rows } = await db.query<CsatAsk>(
    `select c.id, c.incident_id as "incidentId", c.person_id as "personId", i.title as "incidentTitle"
       from csat_request c join incident i on i.id = c.incident_id
      where c.id = any($1::bigint[]) and c.answered_at is null and c.person_id is not null order by c.id`,
    [ids],
  );
  return rows;
}

/** For the link of a request; what stood there before opens nothing. Null where it was answered, or is gone. */
export async function makeCsatToken(db: Queryable, id: number): Promise<string | null> {
  const token = newSecret('tkl_');
  const { rowCount } = await db.query('update csat_request set hash = $2 where id = $1 and answered_at is null', [
    id,
    hashOfSecret(token),
  ]);
  return rowCount === 1 ? token : null;
}

export interface CsatPage {
  readonly incidentId: number;
  readonly incidentTitle: string;
  readonly score: number | null;
  readonly comment: string | null;
}

/** What a link asks about; null where it is none of ours or has ended. */
export async function readCsat(db: Queryable, token: string, now: number): Promise<CsatPage | null> {
  const { rows } = await db.query<CsatPage>(
    `select c.incident_id as "incidentId", i.title as "incidentTitle", c.score, c.comment
       from csat_request c join incident i on i.id = c.incident_id where c.hash = $1 and c.expires_at > $2::timestamptz`,
    [hashOfSecret(token), timeParameter(now)],
  );
  return rows[0] ?? null;
}

/** Keeps an answer; a later one of the same link takes its place. False where the link is none of ours or has ended. */
export function answerCsat(
  pool: Pool,
  token: string,
  answer: { readonly score: number; readonly comment: string | null },
  now: number,
): Promise<boolean> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ incident_id: number; was: number | null }>(
      `update csat_request c set score = $2, comment = $3, answered_at = $4::timestamptz
         from (select id, score as was from csat_request where hash = $1 and expires_at > $4::timestamptz for update) as before
        where c.id = before.id returning c.incident_id, before.was`,
      [hashOfSecret(token), answer.score, answer.comment, timeParameter(now)],
    );
    const [row] = rows;
    if (row === undefined) return false;
    if (row.was !== answer.score) {
      const data = { score: answer.score, hasComment: answer.comment !== null };
      const actor = { kind: 'system', name: 'tocsin' } as const;
      const event = { kind: 'incident.csatAnswered', incidentId: row.incident_id, alertId: null, actor, data } as const;
      await appendEvents(db, [{ ...event, occurredAt: now }]);
    }
    return true;
  });
}

export interface CsatNumbers {
  readonly asked: number;
  readonly answered: number;
  /** Of those who answered, who said four or five; null where nobody did. */
  readonly satisfiedShare: number | null;
  /** How many said 1, 2, 3, 4 and 5. */
  readonly scores: readonly number[];
  /** Without names and in no order that tells; none before there are three. */
  readonly comments: readonly string[];
}

/** Comments of fewer people would tell whose they are. */
const fewestAnswers = 3;

export async function csatOf(db: Queryable, incidentId: number): Promise<CsatNumbers | null> {
  const { rows } = await db.query<{ score: number | null; comment: string | null }>({
    name: 'csat_of',
    text: 'select score, comment from csat_request where incident_id = $1 order by md5(hash::text)',
    values: [incidentId],
  });
  if (rows.length === 0) return null;
  const answers = rows.flatMap(({ score }) => score ?? []);
  const satisfied = answers.filter((score) => score >= 4).length;
  return {
    asked: rows.length,
    answered: answers.length,
    satisfiedShare: answers.length === 0 ? null : satisfied / answers.length,
    scores: [1, 2, 3, 4, 5].map((level) => answers.filter((score) => score === level).length),
    comments: answers.length < fewestAnswers ? [] : rows.flatMap(({ comment }) => comment ?? []),
  };
}
