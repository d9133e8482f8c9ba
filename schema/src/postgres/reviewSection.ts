import { DomainFailure } from '../domain/errors.js';
import type { ReviewSection, ReviewSectionName } from '../domain/review.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import type { Edit } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { lockReview, refusePublished } from './review.js';
import { inTransaction } from './transaction.js';

export interface SectionSave {
  readonly reviewId: number;
  readonly name: ReviewSectionName;
  readonly text: string;
  /** 0: nobody wrote it yet. */
  readonly expectedVersion: number;
}

/**
 * Saves one part; who writes another at the same time is not in the way.
 * @throws DomainFailure CONFLICT with the text that stands there now, NOT_FOUND, INVALID_TRANSITION
 */
export function saveSection(pool: Pool, save: SectionSave, { actor, now }: Edit): Promise<ReviewSection> {
  return inTransaction(pool, async (db) => {
    // Whoever writes holds the review for a moment, so that a part that is new is not begun twice.
    const review = await lockReview(db, save.reviewId);
    refusePublished(review, 'saveReviewSection');
    const before = await sectionOf(db, save);
    if ((before?.version ?? 0) !== save.expectedVersion && before?.text !== save.text) throw conflictOf(before);
    if (before?.text === save.text) return before;
    const { rows } = await db.query<ReviewSection>(
      `insert into review_section as s (review_id, name, text, updated_by, updated_at) values ($1, $2, $3, $4, $5)
       on conflict (review_id, name) do update set version = s.version + 1, text = excluded.text,
         updated_by = excluded.updated_by, updated_at = excluded.updated_at
       returning ${columns}`,
      [save.reviewId, save.name, save.text, actor.name, timeParameter(now)],
    );
    // What a reviewer has in hand must not change unseen: who approves names the version that was read.
    await db.query(
      `update review set updated_at = $2, version = version + case state when 'in_review' then 1 else 0 end where id = $1`,
      [save.reviewId, timeParameter(now)],
    );
    const [saved] = rows;
    if (saved === undefined) throw new Error('A part of a review was not returned by its own insert.');
    // Who has the review open sees it by this.
    const data = { reviewId: save.reviewId, parts: [save.name] };
    await logWork(db, review.incidentId, { kind: 'incident.reviewEdited', data }, actor, now);
    return saved;
  });
}

const columns = `review_id as "reviewId", name, version, text, updated_by as "updatedBy", updated_at as "updatedAt"`;

async function sectionOf(db: Queryable, { reviewId, name }: SectionSave): Promise<ReviewSection | undefined> {
  const { rows } = await db.query<ReviewSection>(
    `select ${columns} from review_section where review_id = $1 and name = $2`,
    [reviewId, name],
  );
  return rows[0];
}

function conflictOf(before: ReviewSection | undefined): DomainFailure {
  const who = before?.updatedBy ?? null;
  return new DomainFailure({
    code: 'CONFLICT',
    message: `${who ?? 'Somebody'} changed this part meanwhile: merge both texts and save again.`,
    currentVersion: before?.version ?? 0,
    current: before?.text ?? '',
    ...(who !== null && { currentBy: who }),
  });
}
