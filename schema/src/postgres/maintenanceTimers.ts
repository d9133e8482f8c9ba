import type { MaintenanceWindow } from '../domain/maintenance.js';
import { type MaintenanceSchedule, scheduleOf } from '../domain/maintenanceSchedule.js';
import type { NewTimer } from './timer.js';

/** When the window next begins to keep alerts quiet that fire already; null where it never does again. */
export function beginTimer({ id }: MaintenanceWindow, schedule: MaintenanceSchedule, after: number): NewTimer | null {
  const [next] = schedule.next(after, 1);
  return next === undefined ? null : { kind: 'maintenance.begins', key: String(id), dueAt: next.startsAt };
}

/** When its running or next occurrence ends; null where there is none. */
export function endTimer({ id }: MaintenanceWindow, schedule: MaintenanceSchedule, now: number): NewTimer | null {
  const occurrence = schedule.activeAt(now) ?? schedule.next(now, 1)[0];
  return occurrence === undefined ? null : { kind: 'maintenance.ends', key: String(id), dueAt: occurrence.endsAt };
}

/** Both at once, after a person changed or ended it: what fires is looked at anew, and the jobs set the next times. */
export function lookNow({ id }: MaintenanceWindow, now: number): readonly NewTimer[] {
  return [
    { kind: 'maintenance.begins', key: String(id), dueAt: now },
    { kind: 'maintenance.ends', key: String(id), dueAt: now },
  ];
}

/** Of a new window: nothing is quiet yet that could surface. */
export function firstTimers(window: MaintenanceWindow, now: number): readonly NewTimer[] {
  const schedule = scheduleOf(window);
  const begins = schedule.activeAt(now) === null ? beginTimer(window, schedule, now) : lookNow(window, now)[0];
  return [begins, endTimer(window, schedule, now)].flatMap((timer) => timer ?? []);
}

/**
 * Another look, half a minute after an end. A batch that was decided on just before it commits just after, and no batch
 * takes longer than its 9 s: without this its alerts would stay quiet with nobody left to wake them.
 */
export function lookAgain({ id }: MaintenanceWindow, now: number): NewTimer {
  return { kind: 'maintenance.ends', key: `${id}:again`, dueAt: now + 30_000 };
}
