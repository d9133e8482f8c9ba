import { DomainFailure } from '../domain/errors.js';
import type { Review } from '../domain/review.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { type Edit, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { lockReview, remind } from './review.js';
import { reviewColumns, reviewOfRow, type ReviewRow } from './reviewRow.js';
import { inTransaction } from './transaction.js';

/** Hands a draft to who reviews it. @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION, INVALID_INPUT */
export function submitReview(pool: Pool, id: number, expectedVersion: number, edit: Edit): Promise<Review> {
  return inTransaction(pool, async (db) => {
    const before = await lockReview(db, id);
    requireState(before, 'draft', 'submitReview');
    refuseStale('review', before.version, expectedVersion);
    await requireSummary(db, id);
    const review = await move(db, before, `state = 'in_review', submitted_at = $2::timestamptz`, edit);
    const data = { reviewId: id, reviewer: review.reviewer };
    await logWork(db, review.incidentId, { kind: 'incident.reviewSubmitted', data }, edit.actor, edit.now);
    return review;
  });
}

/** Gives it back to who wrote it. @throws DomainFailure NOT_FOUND, INVALID_TRANSITION */
export function returnReview(pool: Pool, id: number, comment: string, edit: Edit): Promise<Review> {
  return inTransaction(pool, async (db) => {
    const before = await lockReview(db, id);
    requireState(before, 'in_review', 'returnReview');
    const review = await move(db, before, `state = 'draft', submitted_at = null`, edit);
    const data = { reviewId: id, comment };
    await logWork(db, review.incidentId, { kind: 'incident.reviewReturned', data }, edit.actor, edit.now);
    return review;
  });
}

/**
 * Publishes what was submitted, as it was read. Who wrote it does not, unless there is nobody else who could.
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION
 */
export function publishReview(pool: Pool, id: number, expectedVersion: number, edit: Edit): Promise<Review> {
  return inTransaction(pool, async (db) => {
    const before = await lockReview(db, id);
    requireState(before, 'in_review', 'publishReview');
    refuseStale('review', before.version, expectedVersion);
    await refuseAuthor(db, before, edit.actor.name);
    const published = `state = 'published', published_at = $2::timestamptz, published_by = $3, search = ${searchOf}`;
    const review = await move(db, before, published, edit, edit.actor.name);
    await remind(db, review, edit.now);
    await logWork(
      db,
      review.incidentId,
      { kind: 'incident.reviewPublished', data: { reviewId: id } },
      edit.actor,
      edit.now,
    );
    return review;
  });
}

/** All that it says, the title before the lessons before the rest. */
const searchOf = `
  setweight(to_tsvector('simple', left(r.title, 1000)), 'A') ||
  setweight(to_tsvector('simple', coalesce((select string_agg(left(s.text, 50000), ' ') from review_section s
    where s.review_id = r.id and s.name = 'lessons'), '')), 'B') ||
  setweight(to_tsvector('simple', left(coalesce((select string_agg(left(s.text, 50000), ' ') from review_section s
    where s.review_id = r.id and s.name <> 'lessons'), '') || ' ' ||
    coalesce((select string_agg(f->>'text', ' ') from jsonb_array_elements(r.factors) f), '') || ' ' ||
    coalesce((select string_agg((w->>'question') || ' ' || (w->>'answer'), ' ') from jsonb_array_elements(r.whys) w), ''),
    400000)), 'C')`;

/** @param more the values of `set` from $3 on; $2 is the time */
async function move(db: Queryable, { id }: Review, set: string, { now }: Edit, ...more: string[]): Promise<Review> {
  const { rows } = await db.query<ReviewRow>(
    `update review r set version = version + 1, updated_at = $2::timestamptz, ${set} where id = $1 returning ${reviewColumns}`,
    [id, timeParameter(now), ...more],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A review that is held is gone.');
  return reviewOfRow(row);
}

const stateWords = { draft: 'a draft', in_review: 'in review', published: 'published' } as const;

function requireState({ state }: Review, needed: Review['state'], command: string): void {
  if (state === needed) return;
  const message = `The review is ${stateWords[state]}, not ${stateWords[needed]}.`;
  throw new DomainFailure({ code: 'INVALID_TRANSITION', message, phase: state, command });
}

async function requireSummary(db: Queryable, id: number): Promise<void> {
  const { rowCount } = await db.query(
    `select from review_section where review_id = $1 and name = 'summary' and btrim(text) <> ''`,
    [id],
  );
  if (rowCount === 1) return;
  const message = 'Write the summary first: it is what everybody reads.';
  throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'sections.summary' });
}

/** Its author; and whoever wrote a part of it, unless they were named as its reviewer. */
async function refuseAuthor(db: Queryable, review: Review, handle: string): Promise<void> {
  const { rows } = await db.query<{ wrote: boolean; others: boolean }>(
    `select exists (select from review_section where review_id = $1 and updated_by = $2) as wrote,
            exists (select from person p where p.is_active and p.handle <> $2 and p.handle is distinct from $3
                      and (p.role in ('manager', 'admin') or p.handle = $4)) as others`,
    [review.id, handle, review.author, review.reviewer],
  );
  const [row] = rows;
  const isAuthor = review.author === handle || (row?.wrote === true && review.reviewer !== handle);
  if (!isAuthor || row?.others !== true) return;
  const message = 'You wrote this review: somebody else reads and publishes it.';
  throw new DomainFailure({ code: 'INVALID_TRANSITION', message, phase: review.state, command: 'publishReview' });
}
