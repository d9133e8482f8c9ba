import type { Pool } from '@tocsin/schema/postgres/pool';
import { addTimers, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { z } from 'zod';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const timerData = z.object({ integrationId: z.number() });
const resolvesAfterMs = 60_000;

/** One alert that a person asked for: it fires now and resolves a minute later, through the whole pipeline. */
export function testAlertJob(pool: Pool, now: () => number): Job {
  return async (timer) => {
    const { integrationId } = timerData.parse(timer.data);
    const startsAt = now();
    await inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer))) return;
      await addTimers(db, [
        submission(integrationId, startsAt, startsAt, null),
        submission(integrationId, startsAt, startsAt + resolvesAfterMs, startsAt + resolvesAfterMs),
      ]);
    });
  };
}

function submission(integrationId: number, startsAt: number, dueAt: number, endsAt: number | null): NewTimer {
  const body = {
    title: 'Tocsin test alert',
    summary: 'Somebody pressed "send a test alert". It resolves by itself after a minute.',
    status: endsAt === null ? 'firing' : 'resolved',
    severity: 'low',
    service: 'tocsin-test',
    dedupKey: `tocsin-test-${startsAt}`,
    startsAt: new Date(startsAt).toISOString(),
    ...(endsAt === null ? {} : { endsAt: new Date(endsAt).toISOString() }),
  };
  const key = `test:${integrationId}:${startsAt}:${body.status}`;
  return { kind: 'delivery.submit', key, dueAt, data: { integrationId, source: 'generic', body } };
}
