import type { ActionItem, ActionItemState } from '../domain/actionItem.js';
import { dayOf } from '../domain/actionItem.js';
import type { Viewer } from '../domain/role.js';
import { nameKey } from '../domain/service.js';
import { createParameters, type Parameters } from './labelMatch.js';
import type { Queryable } from './pool.js';
import { visibleTo } from './visibleIncidents.js';

/** Of `action_item a`. */
export const itemColumns = `a.id, a.version, a.incident_id as "incidentId", a.review_id as "reviewId", a.title, a.description, a.kind,
  a.owner, a.due_on::text as "dueOn", a.state, a.ticket_url as "ticketUrl", a.created_by as "createdBy",
  a.created_at as "createdAt", a.done_at as "doneAt"`;

export interface ActionItemFilter {
  readonly states: readonly ActionItemState[];
  /** Handles. */
  readonly owners: readonly string[];
  readonly teams: readonly string[];
  readonly isOverdue: boolean | null;
  readonly incidentId: number | null;
}

/** Open ones first, those that are due first before them. */
export async function itemsOfIncidents(db: Queryable, incidentIds: readonly number[]): Promise<readonly ActionItem[]> {
  const { rows } = await db.query<ActionItem>({
    name: 'action_items_of',
    text: `select ${itemColumns} from action_item a where a.incident_id = any($1::bigint[])
            order by a.incident_id, a.state in ('done', 'dropped'), a.due_on nulls last, a.id limit 2000`,
    values: [incidentIds],
  });
  return rows;
}

interface ListRequest {
  readonly filter: ActionItemFilter;
  readonly viewer: Viewer;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** One page of what the viewer may see, in the order of the days when they are due; without a day last. */
export async function listItems(
  db: Queryable,
  request: ListRequest,
  first: number,
  after: { readonly dueOn: string | null; readonly id: number } | null,
): Promise<readonly ActionItem[]> {
  const parameters = createParameters();
  const { bind, values } = parameters;
  const conditions = conditionsOf(request, parameters);
  if (after !== null)
    conditions.push(`(${dueKey}, a.id) > (${bind(after.dueOn ?? never)}::date, ${bind(after.id)}::bigint)`);
  const { rows } = await db.query<ActionItem>(
    `select ${itemColumns} from action_item a join incident i on i.id = a.incident_id
      where ${conditions.join(' and ')} order by ${dueKey}, a.id limit ${bind(first)}`,
    values,
  );
  return rows;
}

const never = '9999-12-31';
const dueKey = `coalesce(a.due_on, '${never}'::date)`;

/** How many there are, counted up to `limit` + 1. */
export async function countItems(db: Queryable, request: ListRequest, limit: number): Promise<number> {
  const parameters = createParameters();
  const conditions = conditionsOf(request, parameters);
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from (select from action_item a join incident i on i.id = a.incident_id
      where ${conditions.join(' and ')} limit ${parameters.bind(limit + 1)}) as counted`,
    parameters.values,
  );
  return rows[0]?.count ?? 0;
}

function conditionsOf({ filter, viewer, now }: ListRequest, parameters: Parameters): string[] {
  const { bind } = parameters;
  const { states, owners, teams, isOverdue, incidentId } = filter;
  const overdue = () => `(a.state in ('open', 'in_progress') and a.due_on < ${bind(dayOf(now))}::date)`;
  return [
    visibleTo(viewer, parameters, 'i') ?? 'true',
    ...(states.length > 0 ? [`a.state = any(${bind(states)}::text[])`] : []),
    ...(owners.length > 0 ? [`a.owner = any(${bind(owners)}::text[])`] : []),
    ...(teams.length > 0 ? [`lower(trim(i.team)) = any(${bind(teams.map(nameKey))}::text[])`] : []),
    ...(isOverdue === null ? [] : [isOverdue ? overdue() : `${overdue()} is not true`]),
    ...(incidentId === null ? [] : [`a.incident_id = ${bind(incidentId)}::bigint`]),
  ];
}
