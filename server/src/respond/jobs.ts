import type { NewTimer, TimerKind } from '@tocsin/schema/postgres/timer';
import type { BatchJob } from '@tocsin/schema/runtime/timerWorker';
import { firstGapTimer } from './escalation/gaps.js';
import { escalationBatchJobs, escalationJobs } from './escalation/jobs.js';
import type { DueTimer, RespondDeps } from './handler.js';
import { workJobs } from './work/jobs.js';
import { reviewJobs } from './review/jobs.js';
import { firstIdentityTimers, identityJobs } from './identity/jobs.js';
import { notifyJobs } from './notify/jobs.js';

/** Does the work of one timer and completes it in its own transaction; throws to be tried again later. */
export type RespondJob = (timer: DueTimer) => Promise<void>;

/** What is due by itself: steps of escalations, messages, reminders. */
export function createRespondJobs(deps: RespondDeps): ReadonlyMap<TimerKind, RespondJob> {
  return new Map<TimerKind, RespondJob>([
    ...identityJobs(deps),
    ...notifyJobs(deps),
    ...reviewJobs(deps),
    ...workJobs(deps),
    ...escalationJobs(deps),
  ]);
}

/** What falls due by the thousand at once: all of a kind in one transaction. */
export function createRespondBatchJobs(deps: RespondDeps): ReadonlyMap<TimerKind, BatchJob> {
  return new Map<TimerKind, BatchJob>(escalationBatchJobs(deps));
}

/** What is due by itself from the start on; epoch milliseconds. One that is there already is moved. */
export function firstRespondTimers(now: number): readonly NewTimer[] {
  return [...firstIdentityTimers(now), firstGapTimer(now)];
}
