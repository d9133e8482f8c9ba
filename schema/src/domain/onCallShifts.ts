import {
  dayMs,
  lifeOf,
  type OnDuty,
  onDutyAt,
  restrictionOn,
  type Schedule,
  type ScheduleLayer,
  type Stretch,
  turnAt,
  turnStart,
} from './onCall.js';
import { type Zone, zoneOf } from './recurrenceZone.js';

/** Epoch milliseconds; a shift of nobody is a gap. */
export interface Shift extends OnDuty {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Longer stretches are refused by who asks; here they are cut. */
export const longestPlanDays = 366;

/**
 * Back to back without holes: gaps are shifts of nobody. Equals `onCallAt` at every instant. Turns of one person that
 * follow each other are one shift. At most {@link longestPlanDays} days.
 */
export function shiftsBetween(schedule: Schedule, from: number, until: number): readonly Shift[] {
  const window = { from, until: Math.min(until, from + longestPlanDays * dayMs) };
  const shifts: Shift[] = [];
  const changes = changesWithin(schedule, window);
  changes.forEach((startsAt, index) => {
    const endsAt = changes[index + 1] ?? window.until;
    const onDuty = onDutyAt(schedule, startsAt);
    const last = shifts.at(-1);
    if (last !== undefined && isSame(last, onDuty)) shifts[shifts.length - 1] = { ...last, endsAt };
    else shifts.push({ ...onDuty, startsAt, endsAt });
  });
  return shifts;
}

/** Every instant at which somebody else may come on duty, in order, beginning with the window's own start. */
function changesWithin(schedule: Schedule, window: Stretch): readonly number[] {
  if (window.until <= window.from) return [];
  const zone = zoneOf(schedule.timeZone);
  const found = new Set<number>([window.from]);
  const note = (instant: number): void => {
    if (instant > window.from && instant < window.until) found.add(instant);
  };
  for (const { startsAt, endsAt } of schedule.overrides) {
    note(startsAt);
    note(endsAt);
  }
  for (const layer of schedule.layers) noteLayer(layer, zone, window, note);
  return [...found].toSorted((a, b) => a - b);
}

function noteLayer(layer: ScheduleLayer, zone: Zone, window: Stretch, note: (instant: number) => void): void {
  const life = lifeOf(layer, zone);
  const from = Math.max(window.from, life.from);
  const until = Math.min(window.until, life.until);
  if (from >= until) return;
  note(life.from);
  note(life.until);
  // One person takes every turn: their ends change nothing.
  if (layer.members.length > 1) {
    for (let turn = turnAt(layer, zone, from); turnStart(layer, zone, turn) < until; turn++) {
      note(turnStart(layer, zone, turn));
    }
  }
  if (layer.restrictions.length === 0) return;
  const lastDay = zone.wallOf(until) + dayMs;
  for (let day = Math.floor(zone.wallOf(from) / dayMs) * dayMs - dayMs; day <= lastDay; day += dayMs) {
    for (const restriction of layer.restrictions) {
      const stretch = restrictionOn(restriction, zone, day);
      if (stretch === null) continue;
      note(stretch.from);
      note(stretch.until);
    }
  }
}

function isSame(a: OnDuty, b: OnDuty): boolean {
  return a.personId === b.personId && a.layer === b.layer && a.overrideId === b.overrideId;
}

/** The shifts of nobody. */
export function gapsOf(shifts: readonly Shift[]): readonly Shift[] {
  return shifts.filter(({ personId }) => personId === null);
}
