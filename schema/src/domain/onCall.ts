import type { Zone } from './recurrenceZone.js';
import { zoneOf } from './recurrenceZone.js';

/** Local times in the schedule's zone; `untilMinute` at or before `fromMinute` goes over midnight. */
export interface Restriction {
  /** 1 is Monday; the day on which the stretch begins. */
  readonly weekdays: readonly number[];
  readonly fromMinute: number;
  readonly untilMinute: number;
}

export const turnUnits = ['hour', 'day', 'week'] as const;
export type TurnUnit = (typeof turnUnits)[number];

export interface ScheduleLayer {
  readonly name: string;
  /** Local ISO date. */
  readonly startsOn: string;
  /** Last local date; null: for good. */
  readonly endsOn: string | null;
  readonly handoffMinute: number;
  readonly turnUnit: TurnUnit;
  readonly turnLength: number;
  /** Person ids, in turn; empty: a layer of nobody. */
  readonly members: readonly number[];
  /** Empty: always. */
  readonly restrictions: readonly Restriction[];
}

/** Times are epoch milliseconds. */
export interface Override {
  readonly id: number;
  readonly personId: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface Schedule {
  readonly id: number;
  readonly name: string;
  readonly timeZone: string;
  /** The last one that has somebody counts. */
  readonly layers: readonly ScheduleLayer[];
  /** In the order in which they were made; of those that overlap the last counts. */
  readonly overrides: readonly Override[];
  /** People who are switched off are skipped: where nobody else is below them, their turn is a gap. */
  readonly inactive: ReadonlySet<number>;
}

/** Who it is, and by what: a layer's name, or an override. Nobody: all three are null. */
export interface OnDuty {
  readonly personId: number | null;
  readonly layer: string | null;
  readonly overrideId: number | null;
}

/** From `from` until before `until`. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** A local date as the local time of its midnight. */
export function midnightOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/**
 * When a clock on the wall comes to the local time: the first of two, and for a time that a change skips the end of the
 * gap, which is the next time that there is.
 */
export function instantOf(zone: Zone, wall: number): number {
  const [first = wall] = zone.instantsOf(wall);
  const overshoot = zone.wallOf(first) - wall;
  if (overshoot <= 0) return first;
  // The change lies less than the width of the gap before: its first instant shows more than the wanted time.
  let before = first - overshoot;
  let after = first;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.wallOf(middle) > wall) after = middle;
    else before = middle;
  }
  return after;
}

/** The instants between which the layer counts. */
export function lifeOf(layer: ScheduleLayer, zone: Zone): Stretch {
  return {
    from: instantOf(zone, midnightOf(layer.startsOn) + layer.handoffMinute * minuteMs),
    until: layer.endsOn === null ? Infinity : instantOf(zone, midnightOf(layer.endsOn) + dayMs),
  };
}

/**
 * When the turn of this number (from 0) begins. Turns of days and weeks follow the clock on the wall, those of hours the
 * time that passes.
 */
export function turnStart(layer: ScheduleLayer, zone: Zone, turn: number): number {
  const first = midnightOf(layer.startsOn) + layer.handoffMinute * minuteMs;
  if (layer.turnUnit === 'hour') return instantOf(zone, first) + turn * layer.turnLength * hourMs;
  return instantOf(zone, first + turn * wallLength(layer));
}

/** The number of the turn that an instant lies in; negative before the first. */
export function turnAt(layer: ScheduleLayer, zone: Zone, instant: number): number {
  const first = midnightOf(layer.startsOn) + layer.handoffMinute * minuteMs;
  if (layer.turnUnit === 'hour') {
    return Math.floor((instant - instantOf(zone, first)) / (layer.turnLength * hourMs));
  }
  let turn = Math.floor((zone.wallOf(instant) - first) / wallLength(layer));
  // Within a change of the clock the wall is ahead of the hand-over or behind it.
  while (turnStart(layer, zone, turn) > instant) turn--;
  while (turnStart(layer, zone, turn + 1) <= instant) turn++;
  return turn;
}

function wallLength({ turnUnit, turnLength }: ScheduleLayer): number {
  return turnLength * dayMs * (turnUnit === 'week' ? 7 : 1);
}

/** The stretch of a restriction that begins on the local day of this midnight, or null where it has none on that day. */
export function restrictionOn(restriction: Restriction, zone: Zone, midnight: number): Stretch | null {
  if (!restriction.weekdays.includes(weekdayOf(midnight))) return null;
  const { fromMinute, untilMinute } = restriction;
  const overnight = untilMinute <= fromMinute ? dayMs : 0;
  return {
    from: instantOf(zone, midnight + fromMinute * minuteMs),
    until: instantOf(zone, midnight + untilMinute * minuteMs + overnight),
  };
}

/** 1 is Monday. */
function weekdayOf(midnight: number): number {
  return new Date(midnight).getUTCDay() || 7;
}

function isAdmitted({ restrictions }: ScheduleLayer, zone: Zone, instant: number): boolean {
  if (restrictions.length === 0) return true;
  const today = Math.floor(zone.wallOf(instant) / dayMs) * dayMs;
  // The stretch may have begun the day before; the day after counts where a change set the clock back over midnight.
  return [today - dayMs, today, today + dayMs].some((midnight) =>
    restrictions.some((restriction) => {
      const stretch = restrictionOn(restriction, zone, midnight);
      return stretch !== null && stretch.from <= instant && instant < stretch.until;
    }),
  );
}

function memberAt(layer: ScheduleLayer, zone: Zone, instant: number, inactive: ReadonlySet<number>): number | null {
  const { members } = layer;
  const life = lifeOf(layer, zone);
  if (members.length === 0 || instant < life.from || instant >= life.until) return null;
  const person = members[turnAt(layer, zone, instant) % members.length] ?? null;
  if (person === null || inactive.has(person) || !isAdmitted(layer, zone, instant)) return null;
  return person;
}

/** Who is on call at an instant, and by what. */
export function onDutyAt(schedule: Schedule, instant: number): OnDuty {
  const { layers, overrides, inactive } = schedule;
  const override = overrides.findLast(
    ({ personId, startsAt, endsAt }) => startsAt <= instant && instant < endsAt && !inactive.has(personId),
  );
  if (override) return { personId: override.personId, layer: null, overrideId: override.id };
  const zone = zoneOf(schedule.timeZone);
  for (const layer of layers.toReversed()) {
    const personId = memberAt(layer, zone, instant, inactive);
    if (personId !== null) return { personId, layer: layer.name, overrideId: null };
  }
  return { personId: null, layer: null, overrideId: null };
}

/**
 * Who is on call at an instant (epoch milliseconds); null: a gap. Day and week turns hand over at the local time whatever
 * a change of the clock does: a time that does not exist is the next that does, of one that comes twice the first counts.
 * Hour turns are elapsed time.
 */
export function onCallAt(schedule: Schedule, instant: number): number | null {
  return onDutyAt(schedule, instant).personId;
}
