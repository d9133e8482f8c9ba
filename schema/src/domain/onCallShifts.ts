import {
  dayMs,
  lifeOf,
  type OnDuty,
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

const nobody: OnDuty = { personId: null, layer: null, overrideId: null };

/**
 * Back to back without holes: gaps are shifts of nobody. Equals `onCallAt` at every instant. Turns of one person that
 * follow each other are one shift. At most {@link longestPlanDays} days.
 *
 * Every layer is worked out once, from the top, and fills what those above leave: asking at each change who is on duty
 * looks at all layers and restrictions each time, which takes minutes where there are many.
 */
export function shiftsBetween(schedule: Schedule, from: number, until: number): readonly Shift[] {
  const window = { from, until: Math.min(until, from + longestPlanDays * dayMs) };
  if (window.until <= window.from) return [];
  const zone = zoneOf(schedule.timeZone);
  const found: Shift[] = [];
  let free: readonly Stretch[] = [window];
  const fill = (shifts: readonly Shift[]): void => {
    const { taken, left } = cut(free, shifts);
    for (const shift of taken) found.push(shift);
    free = left;
  };
  for (const { id, personId, startsAt, endsAt } of schedule.overrides.toReversed()) {
    if (endsAt > startsAt && !schedule.inactive.has(personId)) {
      fill([{ personId, layer: null, overrideId: id, startsAt, endsAt }]);
    }
  }
  for (const layer of schedule.layers.toReversed()) {
    if (free.length > 0) fill(shiftsOfLayer(layer, zone, window, schedule.inactive));
  }
  for (const gap of free) found.push({ ...nobody, startsAt: gap.from, endsAt: gap.until });
  return joined(found.toSorted((a, b) => a.startsAt - b.startsAt));
}

/** What lies of the shifts in the stretches, and what they leave of these. Both are sorted, without overlap; so is all that is given back. */
function cut(
  stretches: readonly Stretch[],
  shifts: readonly Shift[],
): { readonly taken: readonly Shift[]; readonly left: readonly Stretch[] } {
  const taken: Shift[] = [];
  const left: Stretch[] = [];
  let next = 0;
  for (const stretch of stretches) {
    let at = stretch.from;
    for (let shift = shifts[next]; shift !== undefined && shift.startsAt < stretch.until; shift = shifts[next]) {
      if (shift.endsAt > at) {
        const startsAt = Math.max(at, shift.startsAt);
        const endsAt = Math.min(stretch.until, shift.endsAt);
        if (startsAt > at) left.push({ from: at, until: startsAt });
        taken.push({ ...shift, startsAt, endsAt });
        at = endsAt;
      }
      // It may reach into the next stretch.
      if (shift.endsAt > stretch.until) break;
      next++;
    }
    if (at < stretch.until) left.push({ from: at, until: stretch.until });
  }
  return { taken, left };
}

function shiftsOfLayer(
  layer: ScheduleLayer,
  zone: Zone,
  window: Stretch,
  inactive: ReadonlySet<number>,
): readonly Shift[] {
  const life = lifeOf(layer, zone);
  const within = { from: Math.max(window.from, life.from), until: Math.min(window.until, life.until) };
  if (within.from >= within.until) return [];
  const turns = turnsWithin(layer, zone, within).filter(
    ({ personId, startsAt, endsAt }) => personId !== null && !inactive.has(personId) && startsAt < endsAt,
  );
  return turns.length === 0 ? [] : cut(admittedWithin(layer, zone, within), turns).taken;
}

function turnsWithin(layer: ScheduleLayer, zone: Zone, { from, until }: Stretch): readonly Shift[] {
  const { name, members } = layer;
  const shiftOf = (turn: number, startsAt: number, endsAt: number): Shift => ({
    personId: members[turn % members.length] ?? null,
    layer: name,
    overrideId: null,
    startsAt,
    endsAt,
  });
  // One person takes every turn: their ends change nothing.
  if (members.length <= 1) return [shiftOf(0, from, until)];
  const shifts: Shift[] = [];
  let turn = turnAt(layer, zone, from);
  for (let start = from; start < until; turn++) {
    const end = turnStart(layer, zone, turn + 1);
    shifts.push(shiftOf(turn, start, end));
    start = end;
  }
  return shifts;
}

/** When the restrictions let the layer count: of stretches that overlap one is made. */
function admittedWithin({ restrictions }: ScheduleLayer, zone: Zone, within: Stretch): readonly Stretch[] {
  if (restrictions.length === 0) return [within];
  const found: Stretch[] = [];
  const firstDay = Math.floor(zone.wallOf(within.from) / dayMs) * dayMs - dayMs;
  const lastDay = zone.wallOf(within.until) + dayMs;
  for (let day = firstDay; day <= lastDay; day += dayMs) {
    for (const restriction of restrictions) {
      const stretch = restrictionOn(restriction, zone, day);
      if (stretch === null) continue;
      const from = Math.max(stretch.from, within.from);
      const until = Math.min(stretch.until, within.until);
      if (from < until) found.push({ from, until });
    }
  }
  const merged: Stretch[] = [];
  for (const stretch of found.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || last.until < stretch.from) merged.push(stretch);
    else merged[merged.length - 1] = { from: last.from, until: Math.max(last.until, stretch.until) };
  }
  return merged;
}

/** Those that follow each other with the same person, by the same, are one. */
function joined(sorted: readonly Shift[]): readonly Shift[] {
  const shifts: Shift[] = [];
  for (const shift of sorted) {
    const last = shifts.at(-1);
    if (last !== undefined && isSame(last, shift)) shifts[shifts.length - 1] = { ...last, endsAt: shift.endsAt };
    else shifts.push(shift);
  }
  return shifts;
}

function isSame(a: OnDuty, b: OnDuty): boolean {
  return a.personId === b.personId && a.layer === b.layer && a.overrideId === b.overrideId;
}

/** The shifts of nobody. */
export function gapsOf(shifts: readonly Shift[]): readonly Shift[] {
  return shifts.filter(({ personId }) => personId === null);
}
