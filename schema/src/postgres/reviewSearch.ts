import type { Review, ReviewState } from '../domain/review.js';
import type { Viewer } from '../domain/role.js';
import { nameKey } from '../domain/service.js';
import { timeParameter } from './incidentRow.js';
import { containing, createParameters, type Parameters } from './labelMatch.js';
import type { Queryable } from './pool.js';
import { reviewColumns, reviewOfRow, type ReviewRow } from './reviewRow.js';
import { visibleTo } from './visibleIncidents.js';

export interface ReviewFilter {
  readonly states: readonly ReviewState[];
  /** Words that a published review holds; of others, a part of the title. */
  readonly text: string | null;
  readonly services: readonly string[];
  readonly teams: readonly string[];
  readonly isOverdue: boolean | null;
}

interface ListRequest {
  readonly filter: ReviewFilter;
  readonly viewer: Viewer;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** One page of what the viewer may see, the newest incident first. @param beforeId the review that the last page ended with */
export async function listReviews(
  db: Queryable,
  request: ListRequest,
  first: number,
  beforeId: number | null,
): Promise<readonly Review[]> {
  const parameters = createParameters();
  const { bind, values } = parameters;
  const conditions = conditionsOf(request, parameters);
  if (beforeId !== null) conditions.push(`r.id < ${bind(beforeId)}::bigint`);
  const { rows } = await db.query<ReviewRow>(
    `select ${reviewColumns} from review r join incident i on i.id = r.incident_id
      where ${conditions.join(' and ')} order by r.id desc limit ${bind(first)}`,
    values,
  );
  return rows.map(reviewOfRow);
}

/** How many there are, counted up to `limit` + 1. */
export async function countReviews(db: Queryable, request: ListRequest, limit: number): Promise<number> {
  const parameters = createParameters();
  const conditions = conditionsOf(request, parameters);
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from (select from review r join incident i on i.id = r.incident_id
      where ${conditions.join(' and ')} limit ${parameters.bind(limit + 1)}) as counted`,
    parameters.values,
  );
  return rows[0]?.count ?? 0;
}

function conditionsOf({ filter, viewer, now }: ListRequest, parameters: Parameters): string[] {
  const { bind } = parameters;
  const { states, text, services, teams, isOverdue } = filter;
  const overdue = () => `(r.state <> 'published' and r.due_at < ${bind(timeParameter(now))}::timestamptz)`;
  return [
    visibleTo(viewer, parameters, 'i') ?? 'true',
    ...(states.length > 0 ? [`r.state = any(${bind(states)}::text[])`] : []),
    ...(text === null ? [] : [textCondition(text, bind)]),
    ...(services.length > 0 ? [`i.services && ${bind(services)}::text[]`] : []),
    ...(teams.length > 0 ? [`lower(trim(i.team)) = any(${bind(teams.map(nameKey))}::text[])`] : []),
    ...(isOverdue === null ? [] : [isOverdue ? overdue() : `${overdue()} is not true`]),
  ];
}

/** As in a search engine: words, "exact words", -without. */
function textCondition(text: string, bind: Parameters['bind']): string {
  return `((r.state = 'published' and r.search @@ websearch_to_tsquery('simple', ${bind(text)}))
    or r.title ilike ${bind(containing(text))})`;
}
