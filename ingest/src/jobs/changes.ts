import {
  mostIncidents,
  newestIncidentId,
  placeChange,
  placeChangesBefore,
} from '@tocsin/schema/postgres/incidentChange';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { addTimers, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { z } from 'zod';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const intervalMs = 5_000;

/** A change was told: it stands at once on the timelines of the open incidents that it may have to do with. */
export function placeChangeJob(pool: Pool): Job {
  return (timer) =>
    inTransaction(pool, async (db) => {
      if (await completeTimer(db, timer)) await placeChange(db, Number(timer.key));
    });
}

/** Looked at up to `done`, opened up to `seen` at the last run: numbers are given out before they are committed. */
const timerData = z.object({ done: z.number(), seen: z.number() });

/** The first look; the job itself adds every later one. */
export async function firstIncidentChanges(pool: Pool, now: number): Promise<NewTimer> {
  const newest = await newestIncidentId(pool);
  return look(now, { done: newest - mostIncidents, seen: newest });
}

function look(now: number, data: z.output<typeof timerData>): NewTimer {
  return { kind: 'incident.changes', key: 'all', dueAt: now + intervalMs, data };
}

/** Incidents that have opened get the changes before them. Beside the batches, which have better to do. */
export function incidentChangesJob(pool: Pool, now: () => number): Job {
  return async (timer) => {
    const { done, seen } = timerData.parse(timer.data);
    const seenNow = await newestIncidentId(pool);
    await inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer))) return;
      await placeChangesBefore(db, done, seen);
      await addTimers(db, [look(now(), { done: seen, seen: seenNow })]);
    });
  };
}
