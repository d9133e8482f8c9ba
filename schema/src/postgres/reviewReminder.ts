import { type ActionItem, isOpenItem } from '../domain/actionItem.js';
import type { Review } from '../domain/review.js';
import type { Severity } from '../domain/severity.js';
import { severityOfRank } from '../domain/severity.js';
import { itemColumns } from './actionItem.js';
import { remindOfItem } from './actionItemWrite.js';
import { managersOf } from './managers.js';
import type { Queryable } from './pool.js';
import { remind } from './review.js';
import { reviewColumns, reviewOfRow, type ReviewRow } from './reviewRow.js';

/** What somebody is reminded of, and who. */
export interface Reminded<Thing> {
  readonly thing: Thing;
  readonly severity: Severity;
  readonly personIds: readonly number[];
}

/**
 * A review that is still to be published, with who writes it, or who has it in review; managers where that is
 * nobody. Sets the next reminder. Null: there is nothing to remind of any more.
 */
export async function reviewToRemind(db: Queryable, id: number, now: number): Promise<Reminded<Review> | null> {
  const { rows } = await db.query<ReviewRow & { severity: number; team: string | null }>(
    `select ${reviewColumns}, i.severity, i.team from review r join incident i on i.id = r.incident_id
      where r.id = $1 and r.state <> 'published' and r.due_at is not null and i.phase not in ('merged', 'dismissed')
      for update of r`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const review = reviewOfRow(row);
  await remind(db, review, now);
  const handle = review.state === 'in_review' ? (review.reviewer ?? review.author) : review.author;
  // A week over the time is no longer the author's business alone.
  const isLate = review.dueAt !== null && now > review.dueAt + 6 * 86_400_000;
  const own = await personOf(db, handle);
  const others = own.length === 0 || isLate ? await managersOf(db, row.team) : [];
  return { thing: review, severity: severityOfRank(row.severity), personIds: [...new Set([...own, ...others])] };
}

/** An item that is still open, with its owner; managers where it has none. Sets the next reminder. */
export async function itemToRemind(db: Queryable, id: number, now: number): Promise<Reminded<ActionItem> | null> {
  const { rows } = await db.query<ActionItem & { severity: number; team: string | null }>(
    `select ${itemColumns}, i.severity, i.team from action_item a join incident i on i.id = a.incident_id
      where a.id = $1 for update of a`,
    [id],
  );
  const [row] = rows;
  if (row === undefined || !isOpenItem(row.state) || row.dueOn === null) return null;
  await remindOfItem(db, row, now);
  const own = await personOf(db, row.owner);
  const personIds = own.length > 0 ? own : await managersOf(db, row.team);
  return { thing: row, severity: severityOfRank(row.severity), personIds };
}

async function personOf(db: Queryable, handle: string | null): Promise<readonly number[]> {
  if (handle === null) return [];
  const { rows } = await db.query<{ id: number }>('select id from person where handle = $1 and is_active', [handle]);
  return rows.map(({ id }) => id);
}

export async function personIdsOfHandles(
  db: Queryable,
  handles: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ id: number; handle: string }>(
    'select id, handle from person where handle = any($1::text[]) and is_active',
    [handles],
  );
  return new Map(rows.map(({ id, handle }) => [handle, id]));
}
