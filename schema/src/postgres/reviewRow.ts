import type { Review, ReviewImpact, ReviewSection, ReviewSectionName } from '../domain/review.js';
import type { Queryable } from './pool.js';

/** Of `review r`. */
export const reviewColumns = `r.id, r.version, r.incident_id as "incidentId", r.state, r.title, r.author, r.reviewer,
  r.is_required as "isRequired", r.due_at as "dueAt", r.whys, r.factors, r.impact, r.timeline, r.submitted_at as "submittedAt",
  r.published_at as "publishedAt", r.published_by as "publishedBy", r.updated_at as "updatedAt"`;

export type ReviewRow = Omit<Review, 'impact'> & { readonly impact: Partial<ReviewImpact> };

export function reviewOfRow(row: ReviewRow): Review {
  const { customers = null, requests = null, revenue = null, durationSeconds = null, text = null } = row.impact;
  return { ...row, impact: { customers, requests, revenue, durationSeconds, text } };
}

export async function reviewsOfIncidents(db: Queryable, incidentIds: readonly number[]): Promise<readonly Review[]> {
  const { rows } = await db.query<ReviewRow>({
    name: 'review_of',
    text: `select ${reviewColumns} from review r where r.incident_id = any($1::bigint[])`,
    values: [incidentIds],
  });
  return rows.map(reviewOfRow);
}

/** Those parts that somebody wrote. */
export async function sectionsOf(db: Queryable, reviewIds: readonly number[]): Promise<readonly ReviewSection[]> {
  const { rows } = await db.query<ReviewSection & { readonly name: ReviewSectionName }>({
    name: 'review_sections',
    text: `select review_id as "reviewId", name, version, text, updated_by as "updatedBy", updated_at as "updatedAt"
             from review_section where review_id = any($1::bigint[])`,
    values: [reviewIds],
  });
  return rows;
}
