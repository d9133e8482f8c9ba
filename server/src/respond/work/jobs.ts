import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { personsByHandle } from '@tocsin/schema/postgres/person';
import { deliverUpdate } from '@tocsin/schema/postgres/statusSubscriber';
import { lockTask } from '@tocsin/schema/postgres/task';
import { completeTimer, type TimerKind } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';

/** Reminds of tasks that are due, and sends what was published to who subscribed, two hundred at a time. */
export function workJobs({ pool, now, dashboardUrl }: RespondDeps): readonly (readonly [TimerKind, RespondJob])[] {
  return [
    [
      'task.reminder',
      (timer) =>
        inTransaction(pool, async (db) => {
          if (!(await completeTimer(db, timer))) return;
          const { id, incidentId, title, state, assignee, dueAt } = await lockTask(db, Number(timer.key));
          if (state !== 'open' || assignee === null) return;
          const [person] = await personsByHandle(db, [assignee]);
          if (person === undefined) return;
          await addNotifications(
            db,
            [
              {
                key: `task/${id}/due/${dueAt ?? 0}`,
                topic: 'personal',
                to: { kind: 'person', personId: person.id },
                incidentId,
                pageId: null,
                severity: 'info',
                template: 'incident.update',
                values: { sentence: `Your task is due: ${title}` },
              },
            ],
            now(),
          );
        }),
    ],
    [
      'statusUpdate.deliver',
      (timer) =>
        inTransaction(pool, async (db) => {
          if (!(await completeTimer(db, timer))) return;
          const { updateId, after } = timer.data;
          await deliverUpdate(
            db,
            { updateId: Number(updateId), after: Number(after) },
            `${dashboardUrl()}/status`,
            now(),
          );
        }),
    ],
  ];
}
