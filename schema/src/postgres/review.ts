import { isDeepStrictEqual } from 'node:util';
import { DomainFailure } from '../domain/errors.js';
import { isOpenPhase, type Incident } from '../domain/incident.js';
import { incidentReference } from '../domain/incident.js';
import type { Review, ReviewDetails, ReviewTimelineEntry } from '../domain/review.js';
import { nextReminderAt } from '../domain/reminder.js';
import { encodeCursor } from '../domain/event.js';
import { summarise } from '../domain/summary.js';
import { lockOne } from './incidentCommands.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { eventColumns, eventOfRow, type EventRow } from './log.js';
import { type Edit, missing, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { reviewColumns, reviewOfRow, type ReviewRow } from './reviewRow.js';
import { addTimers, cancelTimers } from './timer.js';
import { inTransaction } from './transaction.js';

export interface ReviewStart {
  readonly isRequired: boolean;
  readonly author: string | null;
  /** Epoch milliseconds. */
  readonly dueAt: number | null;
}

/** Starts the review of an incident; one that is there already is given back. @throws DomainFailure NOT_FOUND, INVALID_TRANSITION */
export function startReview(pool: Pool, incidentId: number, start: ReviewStart, edit: Edit): Promise<Review> {
  return inTransaction(pool, async (db) => {
    const { incident } = await lockOne(db, incidentId);
    return (await startReviewIn(db, incident, start, edit)).review;
  });
}

/** As {@link startReview}, in the caller's transaction, of an incident that it holds. */
export async function startReviewIn(
  db: Queryable,
  incident: Incident,
  { isRequired, author, dueAt }: ReviewStart,
  edit: Edit,
): Promise<{ readonly review: Review; readonly isNew: boolean }> {
  const { phase } = incident;
  if (phase === 'merged' || phase === 'dismissed') {
    const message = `A ${phase} incident has no review${phase === 'merged' ? ' of its own' : ''}.`;
    throw new DomainFailure({ code: 'INVALID_TRANSITION', message, phase, command: 'startReview' });
  }
  const ended = isOpenPhase(phase) ? null : (incident.resolvedAt ?? incident.closedAt);
  const impact = {
    durationSeconds: ended === null ? null : Math.max(0, Math.round((ended - incident.impactStartedAt) / 1000)),
  };
  const { rows } = await db.query<ReviewRow>(
    `insert into review as r (incident_id, title, author, reviewer, is_required, due_at, impact, timeline, created_at, updated_at)
     values ($1, $2, $3, (select p.handle from incident_role h join person p on p.id = h.person_id
                           where h.incident_id = $1 and h.role = 'reviewer'), $4, $5, $6, $7, $8, $8)
     on conflict (incident_id) do nothing returning ${reviewColumns}`,
    [
      incident.id,
      `${incidentReference(incident.id)} ${incident.title}`.slice(0, 300),
      author,
      isRequired,
      timeParameter(dueAt),
      JSON.stringify(impact),
      JSON.stringify(await milestonesOf(db, incident.id)),
      timeParameter(edit.now),
    ],
  );
  if (rows[0] === undefined) return { review: await reviewOf(db, incident.id), isNew: false };
  const review = reviewOfRow(rows[0]);
  await remind(db, review, edit.now);
  const data = { reviewId: review.id, isRequired, dueAt };
  await logWork(db, incident.id, { kind: 'incident.reviewStarted', data }, edit.actor, edit.now);
  return { review, isNew: true };
}

const milestones = [
  'incident.opened',
  'incident.acknowledged',
  'incident.severityChanged',
  'incident.mitigated',
  'incident.resolved',
  'incident.reopened',
];

/** What every account of an incident begins with; people pick more from the log. */
async function milestonesOf(db: Queryable, incidentId: number): Promise<readonly ReviewTimelineEntry[]> {
  const { rows } = await db.query<EventRow>(
    `select ${eventColumns} from event where incident_id = $1 and kind = any($2::text[])
      order by event.xid, event.position limit 50`,
    [incidentId, milestones],
  );
  return rows.map(eventOfRow).map((event) => ({
    occurredAt: event.occurredAt,
    text: summarise(event, { alert: null }),
    eventId: encodeCursor(event.cursor),
  }));
}

async function reviewOf(db: Queryable, incidentId: number): Promise<Review> {
  const { rows } = await db.query<ReviewRow>(`select ${reviewColumns} from review r where r.incident_id = $1`, [
    incidentId,
  ]);
  if (rows[0] === undefined) throw missing('review of the incident', incidentId);
  return reviewOfRow(rows[0]);
}

export async function lockReview(db: Queryable, id: number): Promise<Review> {
  const { rows } = await db.query<ReviewRow>(`select ${reviewColumns} from review r where r.id = $1 for update`, [id]);
  if (rows[0] === undefined) throw missing('review', id);
  return reviewOfRow(rows[0]);
}

/** @throws DomainFailure INVALID_TRANSITION: what is published is read by others, and stays as it was approved */
export function refusePublished({ state }: Review, command: string): void {
  if (state !== 'published') return;
  const message = 'The review is published: it is no longer changed.';
  throw new DomainFailure({ code: 'INVALID_TRANSITION', message, phase: state, command });
}

/** @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_INPUT, INVALID_TRANSITION */
export function saveReviewDetails(
  pool: Pool,
  id: number,
  details: ReviewDetails,
  expectedVersion: number,
  edit: Edit,
): Promise<Review> {
  return inTransaction(pool, async (db) => {
    const before = await lockReview(db, id);
    refusePublished(before, 'saveReviewDetails');
    refuseStale('review', before.version, expectedVersion);
    const after = {
      title: details.title ?? before.title,
      author: await handleFor(db, details.authorId, before.author, 'input.authorId'),
      reviewer: await handleFor(db, details.reviewerId, before.reviewer, 'input.reviewerId'),
      dueAt: details.dueAt === undefined ? before.dueAt : details.dueAt,
      whys: details.whys ?? before.whys,
      factors: details.factors ?? before.factors,
      impact: details.impact ?? before.impact,
      timeline: (details.timeline ?? before.timeline).toSorted((a, b) => a.occurredAt - b.occurredAt),
    };
    const { rows } = await db.query<ReviewRow>(
      `update review r set version = version + 1, title = $2, author = $3, reviewer = $4, due_at = $5, whys = $6, factors = $7,
              impact = $8, timeline = $9, updated_at = $10 where id = $1 returning ${reviewColumns}`,
      [
        id,
        after.title,
        after.author,
        after.reviewer,
        timeParameter(after.dueAt),
        JSON.stringify(after.whys),
        JSON.stringify(after.factors),
        JSON.stringify(after.impact),
        JSON.stringify(after.timeline),
        timeParameter(edit.now),
      ],
    );
    const review = rows[0] === undefined ? before : reviewOfRow(rows[0]);
    if (review.dueAt !== before.dueAt) await remind(db, review, edit.now);
    const parts = changedParts(before, after);
    const data = { reviewId: id, parts };
    if (parts.length > 0) {
      await logWork(db, review.incidentId, { kind: 'incident.reviewEdited', data }, edit.actor, edit.now);
    }
    return review;
  });
}

const parts = ['title', 'author', 'reviewer', 'dueAt', 'whys', 'factors', 'impact', 'timeline'] as const;

function changedParts(
  before: Pick<Review, (typeof parts)[number]>,
  after: Pick<Review, (typeof parts)[number]>,
): readonly string[] {
  return parts.filter((part) => !isDeepStrictEqual(before[part], after[part]));
}

async function handleFor(
  db: Queryable,
  personId: number | null | undefined,
  before: string | null,
  field: string,
): Promise<string | null> {
  if (personId == null) return personId === null ? null : before;
  const { rows } = await db.query<{ handle: string }>('select handle from person where id = $1 and is_active', [
    personId,
  ]);
  if (rows[0] !== undefined) return rows[0].handle;
  throw new DomainFailure({ code: 'INVALID_INPUT', field, message: `There is no active person ${personId}.` });
}

const daysBefore = 1;

/** The next reminder of a review that is to be published some day; none once it is. */
export async function remind(db: Queryable, { id, dueAt, state }: Review, now: number): Promise<void> {
  const key = String(id);
  if (dueAt === null || state === 'published') return cancelTimers(db, 'review.reminder', [key]);
  await addTimers(db, [{ kind: 'review.reminder', key, dueAt: nextReminderAt(dueAt, daysBefore, now) }]);
}
