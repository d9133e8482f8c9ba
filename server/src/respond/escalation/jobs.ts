import type { TimerKind } from '@tocsin/schema/postgres/timer';
import type { BatchJob } from '@tocsin/schema/runtime/timerWorker';
import type { RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';
import { unacknowledgeJob } from './acknowledge.js';
import { gapsJob } from './gaps.js';
import { wakeJob } from './snooze.js';
import { stepJob } from './step.js';

export function escalationJobs(deps: RespondDeps): readonly (readonly [TimerKind, RespondJob])[] {
  return [
    ['incident.unacknowledge', unacknowledgeJob(deps)],
    ['incident.wake', wakeJob(deps)],
    ['onCall.gaps', gapsJob(deps)],
  ];
}

export function escalationBatchJobs(deps: RespondDeps): readonly (readonly [TimerKind, BatchJob])[] {
  return [['escalation.step', stepJob(deps)]];
}
