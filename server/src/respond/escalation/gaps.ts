import type { Stretch } from '@tocsin/schema/domain/onCall';
import { managersOf } from '@tocsin/schema/postgres/managers';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { policyGaps } from '@tocsin/schema/postgres/policyGaps';
import { addTimers, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';
import { personalAsk } from '../review/handler.js';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const everyMs = dayMs / 4;
const mostListed = 5;

export function firstGapTimer(now: number): NewTimer {
  return { kind: 'onCall.gaps', key: 'all', dueAt: now };
}

/** Warns managers of what of the next seven days nobody would be woken in: once a week for each policy. */
export function gapsJob({ pool, now, dashboardUrl }: RespondDeps): RespondJob {
  return (timer) =>
    inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer))) return;
      const at = now();
      await addTimers(db, [{ ...firstGapTimer(at), dueAt: at + everyMs }]);
      for (const { policy, team, gaps } of await policyGaps(db, at, at + weekMs)) {
        const told = {
          key: `gaps/${policy.id}/${Math.floor(at / weekMs)}`,
          incidentId: null,
          severity: 'high',
          title: `Nobody is on call for “${policy.name}” at times of the next seven days`,
          text: textOf(gaps),
          url: `${dashboardUrl()}/on-call`,
        } as const;
        const people = await managersOf(db, team);
        await addNotifications(
          db,
          people.map((personId) => personalAsk({ ...told, personId })),
          at,
        );
      }
    });
}

function textOf(gaps: readonly Stretch[]): string {
  const lines = gaps.slice(0, mostListed).map(({ from, until }) => `${timeOf(from)} to ${timeOf(until)}`);
  const more = gaps.length > mostListed ? [`and ${gaps.length - mostListed} more`] : [];
  return `Nobody would be woken:\n${[...lines, ...more].join('\n')}`;
}

/** `2026-03-01 10:00 UTC` */
function timeOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
