import {
  type ActionItem,
  type ActionItemKind,
  type ActionItemState,
  isOpenItem,
  morningOf,
} from '../domain/actionItem.js';
import { DomainFailure } from '../domain/errors.js';
import type { EventData } from '../domain/event.js';
import { nextReminderAt } from '../domain/reminder.js';
import { itemColumns } from './actionItem.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { type Edit, missing, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { addTimers, cancelTimers } from './timer.js';
import { inTransaction } from './transaction.js';

export interface ActionItemDraft {
  readonly incidentId: number;
  readonly title: string;
  readonly description: string | null;
  readonly kind: ActionItemKind;
  readonly ownerId: number | null;
  readonly dueOn: string | null;
  readonly ticketUrl: string | null;
}

/** Writes an action item down, in the caller's transaction. @throws DomainFailure NOT_FOUND, INVALID_INPUT */
export async function createActionItem(db: Queryable, draft: ActionItemDraft, edit: Edit): Promise<ActionItem> {
  const owner = await ownerOf(db, draft.ownerId);
  const { rows } = await db.query<ActionItem>(
    `insert into action_item as a (incident_id, review_id, title, description, kind, owner, due_on, ticket_url, created_by, created_at)
     select i.id, (select id from review where incident_id = i.id), $2, $3, $4, $5, $6::date, $7, $8, $9::timestamptz
       from incident i where i.id = $1 returning ${itemColumns}`,
    [
      draft.incidentId,
      draft.title,
      draft.description,
      draft.kind,
      owner,
      draft.dueOn,
      draft.ticketUrl,
      edit.actor.name,
      timeParameter(edit.now),
    ],
  );
  const [item] = rows;
  if (item === undefined) throw missing('incident', draft.incidentId);
  return written(db, item, 'created', edit);
}

/** The incident stays as it is. @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_INPUT */
export function updateActionItem(
  pool: Pool,
  id: number,
  draft: ActionItemDraft,
  expectedVersion: number,
  edit: Edit,
): Promise<ActionItem> {
  return inTransaction(pool, async (db) => {
    const before = await lockItem(db, id);
    refuseStale('action item', before.version, expectedVersion);
    if (before.incidentId !== draft.incidentId) {
      const message = 'An action item stays with its incident.';
      throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'input.incidentId' });
    }
    const owner = await ownerOf(db, draft.ownerId, before.owner);
    const { rows } = await db.query<ActionItem>(
      `update action_item a set version = version + 1, title = $2, description = $3, kind = $4, owner = $5, due_on = $6::date,
              ticket_url = $7 where id = $1 returning ${itemColumns}`,
      [id, draft.title, draft.description, draft.kind, owner, draft.dueOn, draft.ticketUrl],
    );
    return written(db, rows[0] ?? before, 'changed', edit, before.owner);
  });
}

/** To the state that it has is nothing. @throws DomainFailure NOT_FOUND */
export function setActionItemState(pool: Pool, id: number, state: ActionItemState, edit: Edit): Promise<ActionItem> {
  return inTransaction(pool, async (db) => {
    const before = await lockItem(db, id);
    if (before.state === state) return before;
    const { rows } = await db.query<ActionItem>(
      `update action_item a set version = version + 1, state = $2, done_at = $3::timestamptz where id = $1 returning ${itemColumns}`,
      [id, state, isOpenItem(state) ? null : timeParameter(edit.now)],
    );
    return written(db, rows[0] ?? before, actionOf(before.state, state), edit);
  });
}

type Action = EventData['incident.actionItemChanged']['action'];

function actionOf(from: ActionItemState, to: ActionItemState): Action {
  if (to === 'done' || to === 'dropped') return to;
  return isOpenItem(from) ? 'changed' : 'reopened';
}

export async function lockItem(db: Queryable, id: number): Promise<ActionItem> {
  const { rows } = await db.query<ActionItem>(`select ${itemColumns} from action_item a where a.id = $1 for update`, [
    id,
  ]);
  if (rows[0] === undefined) throw missing('action item', id);
  return rows[0];
}

/** @param ownerBefore where it may have changed */
async function written(
  db: Queryable,
  item: ActionItem,
  action: Action,
  { actor, now }: Edit,
  ownerBefore: string | null = item.owner,
): Promise<ActionItem> {
  const { id, incidentId, title, owner, dueOn } = item;
  await remindOfItem(db, item, now);
  const data = { actionItemId: id, title, action, owner, dueOn, ...(ownerBefore !== owner && { ownerBefore }) };
  await logWork(db, incidentId, { kind: 'incident.actionItemChanged', data }, actor, now);
  return item;
}

const daysBefore = 3;

/** The next reminder of an item that somebody is to finish by a day. @param now epoch milliseconds */
export async function remindOfItem(db: Queryable, item: ActionItem, now: number): Promise<void> {
  const key = String(item.id);
  if (!isOpenItem(item.state) || item.dueOn === null) return cancelTimers(db, 'actionItem.reminder', [key]);
  const dueAt = nextReminderAt(morningOf(item.dueOn), daysBefore, now);
  await addTimers(db, [{ kind: 'actionItem.reminder', key, dueAt }]);
}

/** @param before whoever owned it keeps it, even if they were switched off meanwhile */
async function ownerOf(db: Queryable, personId: number | null, before: string | null = null): Promise<string | null> {
  if (personId === null) return null;
  const { rows } = await db.query<{ handle: string }>(
    'select handle from person where id = $1 and (is_active or handle = $2)',
    [personId, before],
  );
  if (rows[0] !== undefined) return rows[0].handle;
  const message = `There is no active person ${personId}.`;
  throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'input.ownerId' });
}
