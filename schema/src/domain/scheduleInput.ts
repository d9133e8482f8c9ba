import type { DomainError } from './errors.js';
import { hourMs, midnightOf, type ScheduleLayer } from './onCall.js';
import { isTimeZone } from './recurrenceZone.js';

/** Of one schedule. */
export const scheduleLimits = {
  name: 100,
  layers: 20,
  members: 100,
  restrictions: 20,
  /** Of all layers together: turns that begin, stretches that begin and that end. */
  changesPerDay: 200,
  reason: 500,
  schedules: 500,
} as const;
export const longestOverrideMs = 366 * 24 * hourMs;

export interface ScheduleDraft {
  readonly name: string;
  readonly timeZone: string;
  readonly layers: readonly ScheduleLayer[];
}

const isoDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const firstYear = 2000;
const lastYear = 2100;

/** What is wrong with a schedule, or null. */
export function refusalOfSchedule({ name, timeZone, layers }: ScheduleDraft): DomainError | null {
  if (name.trim() === '') return refuse('name', 'A schedule needs a name.');
  if (name.length > scheduleLimits.name) return refuse('name', `name has at most ${scheduleLimits.name} characters.`);
  if (!isTimeZone(timeZone))
    return refuse('timeZone', `${timeZone.slice(0, 60)} is no time zone: write Europe/Berlin.`);
  if (layers.length > scheduleLimits.layers) {
    return refuse('layers', `A schedule has at most ${scheduleLimits.layers} layers.`);
  }
  for (const [index, layer] of layers.entries()) {
    const refusal = refusalOfLayer(layer, `layers[${index}]`);
    if (refusal !== null) return refusal;
  }
  // Feeds, gaps and the screens look months ahead at every plan there is.
  if (layers.reduce((sum, layer) => sum + changesPerDay(layer), 0) > scheduleLimits.changesPerDay) {
    return refuse(
      'layers',
      `The layers change more than ${scheduleLimits.changesPerDay} times a day: give them longer turns or fewer restrictions.`,
    );
  }
  return null;
}

const turnsPerDay = { hour: 24, day: 1, week: 1 / 7 } as const;

/** On average; `shiftsBetween` has as much work, and as many shifts at most. */
function changesPerDay({ turnUnit, turnLength, members, restrictions }: ScheduleLayer): number {
  const turns = members.length > 1 ? turnsPerDay[turnUnit] / turnLength : 0;
  return restrictions.reduce((sum, { weekdays }) => sum + (2 * weekdays.length) / 7, turns);
}

function refusalOfLayer(layer: ScheduleLayer, at: string): DomainError | null {
  const { name, startsOn, endsOn, turnLength, handoffMinute, members } = layer;
  if (name.trim() === '' || name.length > scheduleLimits.name) {
    return refuse(`${at}.name`, `A layer needs a name of at most ${scheduleLimits.name} characters.`);
  }
  if (!isDay(startsOn)) return refuse(`${at}.startsOn`, `${startsOn.slice(0, 20)} is no date like 2026-03-01.`);
  if (endsOn !== null && !isDay(endsOn))
    return refuse(`${at}.endsOn`, `${endsOn.slice(0, 20)} is no date like 2026-03-01.`);
  if (endsOn !== null && endsOn < startsOn) return refuse(`${at}.endsOn`, `${name} would end before it starts.`);
  if (!isWithin(handoffMinute, 0, 1_439))
    return refuse(`${at}.handoffTime`, 'The hand-over is a time from 00:00 to 23:59.');
  if (!isWithin(turnLength, 1, 366)) return refuse(`${at}.turnLength`, 'A turn is 1 to 366 of its units long.');
  if (members.length > scheduleLimits.members) {
    return refuse(`${at}.memberIds`, `A layer has at most ${scheduleLimits.members} turns.`);
  }
  return refusalOfRestrictions(layer, at);
}

function refusalOfRestrictions({ restrictions }: ScheduleLayer, at: string): DomainError | null {
  if (restrictions.length > scheduleLimits.restrictions) {
    return refuse(`${at}.restrictions`, `A layer has at most ${scheduleLimits.restrictions} restrictions.`);
  }
  for (const { weekdays, fromMinute, untilMinute } of restrictions) {
    if (weekdays.length === 0) return refuse(`${at}.restrictions`, 'A restriction names at least one weekday.');
    // One day named a thousand times would be looked at a thousand times.
    if (weekdays.length > 7) return refuse(`${at}.restrictions`, 'A restriction names at most seven weekdays.');
    if (weekdays.some((day) => !isWithin(day, 1, 7))) {
      return refuse(`${at}.restrictions`, 'Weekdays are 1 (Monday) to 7 (Sunday).');
    }
    if (!isWithin(fromMinute, 0, 1_439) || !isWithin(untilMinute, 0, 1_439)) {
      return refuse(`${at}.restrictions`, 'The times of a restriction are from 00:00 to 23:59.');
    }
  }
  return null;
}

/** A day that the calendar has: February 30 is none. */
function isDay(date: string): boolean {
  if (!isoDate.test(date)) return false;
  const year = Number(date.slice(0, 4));
  return year >= firstYear && year <= lastYear && new Date(midnightOf(date)).toISOString().startsWith(date);
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** `09:30` in minutes, or null for what is no time of day. */
export function minuteOf(time: string): number | null {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return parts === null ? null : Number(parts[1]) * 60 + Number(parts[2]);
}

/** `570` as `09:30`. */
export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** What is wrong with the times of an override, or null. */
export function refusalOfOverride(startsAt: number, endsAt: number): DomainError | null {
  if (endsAt <= startsAt) return refuse('endsAt', 'An override ends after it starts.');
  return endsAt - startsAt > longestOverrideMs ? refuse('endsAt', 'An override is at most 366 days long.') : null;
}

export function refuse(field: string, message: string): DomainError {
  return { code: 'INVALID_INPUT', field, message };
}
