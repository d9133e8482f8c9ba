import type { MaintenanceState, MaintenanceWindow, Occurrence } from './maintenance.js';
import { parseRecurrence, type Recurrence } from './recurrence.js';

type Timing = Pick<MaintenanceWindow, 'startsAt' | 'endsAt' | 'rrule' | 'timeZone' | 'durationSeconds'> & {
  readonly endedAt?: number | null;
};

/** When a window is quiet. Pure, and cheap to ask again and again with a clock that moves on. */
export interface MaintenanceSchedule {
  /** The occurrence that covers an instant, or null. */
  readonly activeAt: (at: number) => Occurrence | null;
  /** The next occurrences that begin after an instant. */
  readonly next: (after: number, count: number) => readonly Occurrence[];
}

/** @throws Error where the recurrence does not parse: what is stored was checked when it was saved. */
export function scheduleOf(timing: Timing): MaintenanceSchedule {
  const end = Math.min(timing.endsAt ?? Infinity, timing.endedAt ?? Infinity);
  if (timing.rrule === null) return onceSchedule(timing.startsAt, end);
  const parsed = parseRecurrence(timing.rrule, timing.startsAt, timing.timeZone ?? 'UTC');
  if (!parsed.ok) throw new Error(`A stored recurrence does not parse: ${parsed.message}`);
  return recurringSchedule(parsed.recurrence, (timing.durationSeconds ?? 0) * 1_000, end);
}

function onceSchedule(startsAt: number, endsAt: number): MaintenanceSchedule {
  const only = startsAt < endsAt ? { startsAt, endsAt } : null;
  return {
    activeAt: (at) => (only !== null && at >= only.startsAt && at < only.endsAt ? only : null),
    next: (after, count) => (only !== null && only.startsAt > after && count > 0 ? [only] : []),
  };
}

interface Answer {
  readonly occurrence: Occurrence | null;
  /** The answer holds from here to there; expanding a rule costs some hundred times more than comparing two numbers. */
  readonly from: number;
  readonly to: number;
}

function recurringSchedule(recurrence: Recurrence, durationMs: number, end: number): MaintenanceSchedule {
  let known: Answer | null = null;
  const occurrence = (startsAt: number): Occurrence => ({ startsAt, endsAt: Math.min(startsAt + durationMs, end) });
  const nextStart = (from: number): number | null => {
    const start = from >= end ? null : recurrence.firstFrom(from);
    return start !== null && start < end ? start : null;
  };
  const answerAt = (at: number): Answer => {
    const following = nextStart(at + 1) ?? Infinity;
    // Of occurrences that overlap the latest ends last.
    const running = at >= end ? undefined : recurrence.startsBetween(at - durationMs + 1, at + 1).at(-1);
    if (running === undefined) return { occurrence: null, from: at, to: following };
    const found = occurrence(running);
    return { occurrence: found, from: running, to: Math.min(found.endsAt, following) };
  };
  return {
    activeAt: (at) => {
      if (known === null || at < known.from || at >= known.to) known = answerAt(at);
      return known.occurrence;
    },
    next: (after, count) => {
      const found: Occurrence[] = [];
      for (let from = after + 1; found.length < count;) {
        const start = nextStart(from);
        if (start === null) break;
        found.push(occurrence(start));
        from = start + 1;
      }
      return found;
    },
  };
}

export interface MaintenanceStatus {
  readonly state: MaintenanceState;
  /** The running occurrence, else the next one; null once it has ended. */
  readonly occurrence: Occurrence | null;
}

export function maintenanceStatus(timing: Timing, now: number, schedule = scheduleOf(timing)): MaintenanceStatus {
  if (timing.endedAt != null) return { state: 'ended', occurrence: null };
  const active = schedule.activeAt(now);
  if (active !== null) return { state: 'active', occurrence: active };
  const [next] = schedule.next(now, 1);
  return next === undefined ? { state: 'ended', occurrence: null } : { state: 'upcoming', occurrence: next };
}
