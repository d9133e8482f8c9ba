import { timeParameter } from './incidentRow.js';
import { groupedBy } from './groupedBy.js';
import type { Queryable } from './pool.js';

const pageStates = ['open', 'acknowledged', 'ended'] as const;
export type PageState = (typeof pageStates)[number];

/** One person asked once. Times are epoch milliseconds. */
export interface Page {
  readonly id: number;
  readonly escalationId: number;
  readonly incidentId: number;
  readonly personId: number;
  readonly step: number;
  readonly round: number;
  /** Why this person, e.g. `on call for Payments primary`. */
  readonly because: string;
  readonly dueAt: number;
  readonly state: PageState;
  readonly acknowledgedAt: number | null;
}

interface PageRow {
  readonly id: number;
  readonly escalation_id: number;
  readonly incident_id: number;
  readonly person_id: number;
  readonly step: number;
  readonly round: number;
  readonly because: string;
  readonly due_at: number;
  readonly state: PageState;
  readonly acknowledged_at: number | null;
}

const columns = 'id, escalation_id, incident_id, person_id, step, round, because, due_at, state, acknowledged_at';

function pageOfRow(row: PageRow): Page {
  const { id, step, round, because, state } = row;
  return {
    id,
    escalationId: row.escalation_id,
    incidentId: row.incident_id,
    personId: row.person_id,
    step,
    round,
    because,
    dueAt: row.due_at,
    state,
    acknowledgedAt: row.acknowledged_at,
  };
}

export type NewPage = Omit<Page, 'id' | 'state' | 'acknowledgedAt'>;

/** Those that are new: a step of a round asks nobody twice. */
export async function insertPages(db: Queryable, pages: readonly NewPage[]): Promise<readonly Page[]> {
  if (pages.length === 0) return [];
  const { rows } = await db.query<PageRow>({
    name: 'page_insert',
    text: `insert into page (escalation_id, incident_id, person_id, step, round, because, due_at, state)
      select *, 'open' from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::smallint[], $6::text[], $7::timestamptz[])
      on conflict (escalation_id, round, step, person_id) do nothing
      returning ${columns}`,
    values: [
      pages.map(({ escalationId }) => escalationId),
      pages.map(({ incidentId }) => incidentId),
      pages.map(({ personId }) => personId),
      pages.map(({ step }) => step),
      pages.map(({ round }) => round),
      pages.map(({ because }) => because),
      pages.map(({ dueAt }) => timeParameter(dueAt)),
    ],
  });
  return rows.map(pageOfRow);
}

/** Who answered, by incident: the handle, and when, epoch milliseconds; null: nobody did, and nobody needs to any more. */
export interface Answered {
  readonly incidentId: number;
  readonly by: string | null;
  readonly at: number;
}

/** Ends the open pages of incidents: who answered acknowledged theirs, the others need not answer any more. @returns their ids */
export async function endPages(db: Queryable, answered: readonly Answered[]): Promise<readonly number[]> {
  if (answered.length === 0) return [];
  const { rows } = await db.query<{ id: number }>({
    name: 'page_end',
    text: `update page set state = case when p.handle = a.by then 'acknowledged' else 'ended' end,
                           acknowledged_at = case when p.handle = a.by then a.at end
             from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as a (incident_id, by, at), person p
            where page.incident_id = a.incident_id and page.state = 'open' and p.id = page.person_id
           returning page.id`,
    values: [
      answered.map(({ incidentId }) => incidentId),
      answered.map(({ by }) => by),
      answered.map(({ at }) => timeParameter(at)),
    ],
  });
  return rows.map(({ id }) => id);
}

/** Of each escalation, in the order in which they were made. */
export async function pagesOf(
  db: Queryable,
  escalationIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Page[]>> {
  const { rows } = await db.query<PageRow>({
    name: 'page_of_escalations',
    text: `select ${columns} from page where escalation_id = any($1::bigint[]) order by id`,
    values: [escalationIds],
  });
  return groupedBy(rows.map(pageOfRow), ({ escalationId }) => escalationId);
}

const mostPages = 200;

/** What a person has still to answer, oldest first. */
export async function openPagesOf(db: Queryable, personId: number): Promise<readonly Page[]> {
  const { rows } = await db.query<PageRow>({
    name: 'page_open_of',
    text: `select ${columns} from page where person_id = $1 and state = 'open' order by due_at, id limit ${mostPages}`,
    values: [personId],
  });
  return rows.map(pageOfRow);
}
