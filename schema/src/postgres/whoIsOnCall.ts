import { onCallAt } from '../domain/onCall.js';
import type { Queryable } from './pool.js';
import { schedulesWithin } from './schedule.js';

/**
 * Who is on call on each schedule at an instant (epoch milliseconds); null: a gap. Schedules that there are not are not
 * in the answer.
 */
export async function whoIsOnCall(
  db: Queryable,
  scheduleIds: readonly number[],
  instant: number,
): Promise<ReadonlyMap<number, number | null>> {
  const schedules = await schedulesWithin(db, scheduleIds, instant, instant + 1);
  return new Map([...schedules].map(([id, schedule]) => [id, onCallAt(schedule, instant)]));
}
