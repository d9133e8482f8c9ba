import { isOverdue } from '@tocsin/schema/domain/actionItem';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { isReviewOverdue } from '@tocsin/schema/domain/review';
import { openCsatRequests } from '@tocsin/schema/postgres/csat';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { itemToRemind, reviewToRemind } from '@tocsin/schema/postgres/reviewReminder';
import { completeTimer, type TimerKind } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { DueTimer, RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';
import { personalAsk } from './handler.js';

/** Reminders of reviews and action items, and the links by which people say how it went. */
export function reviewJobs(deps: RespondDeps): readonly (readonly [TimerKind, RespondJob])[] {
  return [
    ['review.reminder', once(deps, remindOfReview)],
    ['actionItem.reminder', once(deps, remindOfItem)],
    ['csat.send', once(deps, askHowItWent)],
  ];
}

type Work = (deps: RespondDeps, db: Queryable, timer: DueTimer) => Promise<void>;

/** The timer is gone in the transaction that does its work, which may set the next one. */
function once(deps: RespondDeps, work: Work): RespondJob {
  return (timer) =>
    inTransaction(deps.pool, async (db) => {
      if (await completeTimer(db, timer)) await work(deps, db, timer);
    });
}

async function remindOfReview(deps: RespondDeps, db: Queryable, { key, dueAt }: DueTimer): Promise<void> {
  const now = deps.now();
  const found = await reviewToRemind(db, Number(key), now);
  if (found === null) return;
  const { thing: review, severity, personIds } = found;
  const reference = incidentReference(review.incidentId);
  const title = isReviewOverdue(review, now)
    ? `The review of ${reference} is overdue`
    : `The review of ${reference} is due soon`;
  const text = `${review.title}: due on ${dayOf(review.dueAt)}.`;
  const url = `${deps.dashboardUrl()}/incidents/${review.incidentId}`;
  await addNotifications(
    db,
    personIds.map((personId) =>
      personalAsk({
        key: `review/${key}/due/${dueAt}`,
        personId,
        incidentId: review.incidentId,
        severity,
        title,
        text,
        url,
      }),
    ),
    now,
  );
}

async function remindOfItem(deps: RespondDeps, db: Queryable, { key, dueAt }: DueTimer): Promise<void> {
  const now = deps.now();
  const found = await itemToRemind(db, Number(key), now);
  if (found === null) return;
  const { thing: item, severity, personIds } = found;
  const title = `An action item of ${incidentReference(item.incidentId)} is ${isOverdue(item, now) ? 'overdue' : 'due soon'}`;
  const text = `${item.title}: due on ${item.dueOn ?? ''}.`;
  const url = `${deps.dashboardUrl()}/action-items`;
  await addNotifications(
    db,
    personIds.map((personId) =>
      personalAsk({
        key: `item/${key}/due/${dueAt}`,
        personId,
        incidentId: item.incidentId,
        severity,
        title,
        text,
        url,
      }),
    ),
    now,
  );
}

async function askHowItWent(deps: RespondDeps, db: Queryable, { data }: DueTimer): Promise<void> {
  const now = deps.now();
  const ids = Array.isArray(data['ids']) ? data['ids'].filter((id) => typeof id === 'number') : [];
  const asks = await openCsatRequests(db, ids);
  await addNotifications(
    db,
    asks.map(({ id, incidentId, personId, incidentTitle }) =>
      personalAsk({
        key: `csat/${id}`,
        personId,
        incidentId,
        severity: 'info',
        title: `How did ${incidentReference(incidentId)} go?`,
        text: `${incidentTitle}: one click and, if you like, a sentence.`,
        link: { kind: 'csat', id },
      }),
    ),
    now,
  );
}

function dayOf(instant: number | null): string {
  return instant === null ? '' : new Date(instant).toISOString().slice(0, 10);
}
