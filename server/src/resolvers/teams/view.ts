import type { Schedule } from '@tocsin/schema/domain/onCall';
import { type Shift, shiftsBetween } from '@tocsin/schema/domain/onCallShifts';
import type { Person } from '@tocsin/schema/postgres/person';
import type { ScheduleHead } from '@tocsin/schema/postgres/schedule';
import { overridesWithin, type StoredOverride } from '@tocsin/schema/postgres/override';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { invalidInput } from '../../errors.js';
import type { Loaders } from '../../loaders/loaders.js';

const dayMs = 86_400_000;
export const longestStretchMs = 366 * dayMs;
/** How far ahead "on call until" and gaps look. */
export const lookAheadMs = 30 * dayMs;

/** A shift as the API gives it: its person and schedule are looked up where they are asked for. */
export interface ShiftView extends Shift {
  readonly schedule: ScheduleHead | null;
  readonly override: StoredOverride | null;
}

export interface OnCallView {
  readonly person: Person;
  readonly schedule: ScheduleHead;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** @throws ApiFailure INVALID_INPUT */
export function assertStretch(from: number, to: number): void {
  if (to < from) throw invalidInput('to', 'to must not lie before from.');
  if (to - from > longestStretchMs) throw invalidInput('to', 'At most 366 days at once.');
}

/** A year of turns of an hour; each is an answer of its own, with its person. */
export const mostShifts = 10_000;

/** @throws ApiFailure INVALID_INPUT for more shifts than one answer takes */
export function assertFew<Each extends Shift>(shifts: readonly Each[]): readonly Each[] {
  if (shifts.length <= mostShifts) return shifts;
  throw invalidInput(
    'to',
    `There are ${shifts.length} shifts until then, and ${mostShifts} at most at once: ask for less.`,
  );
}

export async function shiftsOfSchedule(
  pool: Pool,
  loaders: Loaders,
  schedule: ScheduleHead,
  from: number,
  until: number,
): Promise<readonly ShiftView[]> {
  const plan = await loaders.schedulePlan.load({ id: schedule.id, from, until });
  if (plan === null) return [];
  const overrides = plan.overrides.length === 0 ? [] : await overridesWithin(pool, [schedule.id], from, until);
  return shiftsBetween(plan, from, until).map((shift) => viewOf(shift, schedule, overrides));
}

export function viewOf(shift: Shift, schedule: ScheduleHead | null, overrides: readonly StoredOverride[]): ShiftView {
  return { ...shift, schedule, override: overrides.find(({ id }) => id === shift.overrideId) ?? null };
}

/** The minute that has begun: those who ask together look at one plan. */
export function thisMinute(): number {
  return Math.floor(Date.now() / 60_000) * 60_000;
}

/** Who is on call now and until when; schedules with a gap now are left out. */
export async function onCallNow(loaders: Loaders, schedules: readonly ScheduleHead[]): Promise<readonly OnCallView[]> {
  const from = thisMinute();
  const found = await Promise.all(
    schedules.map(async (schedule): Promise<OnCallView | null> => {
      const plan = await loaders.schedulePlan.load({ id: schedule.id, from, until: from + lookAheadMs });
      const stay = plan === null ? null : currentStay(plan, Date.now());
      if (stay === null) return null;
      const person = await loaders.personById.load(stay.personId);
      return person === null ? null : { person, schedule, until: stay.until };
    }),
  );
  return found.filter((each) => each !== null);
}

/** Shifts of one person that follow each other are one stay, whatever layer they come by. */
function currentStay(plan: Schedule, now: number): { readonly personId: number; readonly until: number } | null {
  // Weeks are enough for most, and a whole look ahead is the exception.
  for (const ahead of [7 * dayMs, lookAheadMs]) {
    const shifts = shiftsBetween(plan, now, now + ahead);
    const personId = shifts[0]?.personId ?? null;
    if (personId === null) return null;
    const next = shifts.find((shift) => shift.personId !== personId);
    if (next) return { personId, until: next.startsAt };
  }
  const personId = shiftsBetween(plan, now, now + 1)[0]?.personId ?? null;
  return personId === null ? null : { personId, until: now + lookAheadMs };
}
