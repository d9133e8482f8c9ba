import { Temporal } from 'temporal-polyfill';
import type { Restriction, Schedule, ScheduleLayer } from './onCall.js';

export const layer: ScheduleLayer = {
  name: 'Primary',
  startsOn: '2026-01-05',
  endsOn: null,
  handoffMinute: 9 * 60,
  turnUnit: 'week',
  turnLength: 1,
  members: [1, 2, 3],
  restrictions: [],
};

export function scheduleOf(timeZone: string, ...layers: readonly ScheduleLayer[]): Schedule {
  return { id: 7, name: 'Checkout', timeZone, layers, overrides: [], inactive: new Set() };
}

/** A local time such as `2026-03-29T02:30` in its zone, as the plan reads it: the first of two, and the end of a gap. */
export function instantIn(timeZone: string, local: string): number {
  return resolve(Temporal.PlainDateTime.from(local), timeZone);
}

function resolve(local: Temporal.PlainDateTime, timeZone: string): number {
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? NaN;
}

/** Who is on call, told again by walking turn by turn with nothing but Temporal: slow, and without a line of ours. */
export function onCallByWalking({ timeZone, layers, overrides, inactive }: Schedule, instant: number): number | null {
  for (const { personId, startsAt, endsAt } of overrides.toReversed()) {
    if (startsAt <= instant && instant < endsAt && !inactive.has(personId)) return personId;
  }
  for (const each of layers.toReversed()) {
    const person = walk(each, timeZone, instant);
    if (person !== null && !inactive.has(person)) return person;
  }
  return null;
}

function walk(each: ScheduleLayer, timeZone: string, instant: number): number | null {
  const { handoffMinute, turnUnit, turnLength, members, endsOn, startsOn } = each;
  const first = Temporal.PlainDate.from(startsOn).toPlainDateTime().add({ minutes: handoffMinute });
  const startOf = (turn: number): number =>
    turnUnit === 'hour'
      ? resolve(first, timeZone) + turn * turnLength * 3_600_000
      : resolve(first.add(turnUnit === 'day' ? { days: turn * turnLength } : { weeks: turn * turnLength }), timeZone);
  if (members.length === 0 || instant < startOf(0)) return null;
  if (endsOn !== null) {
    const end = Temporal.PlainDate.from(endsOn).add({ days: 1 }).toPlainDateTime();
    if (instant >= resolve(end, timeZone)) return null;
  }
  if (each.restrictions.length > 0 && !each.restrictions.some((one) => admits(one, timeZone, instant))) return null;
  let turn = 0;
  while (startOf(turn + 1) <= instant) turn++;
  return members[turn % members.length] ?? null;
}

function admits({ weekdays, fromMinute, untilMinute }: Restriction, timeZone: string, instant: number): boolean {
  const today = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  return [-2, -1, 0, 1].some((offset) => {
    const day = today.add({ days: offset });
    if (!weekdays.includes(day.dayOfWeek)) return false;
    const from = resolve(day.toPlainDateTime().add({ minutes: fromMinute }), timeZone);
    const lastDay = untilMinute <= fromMinute ? day.add({ days: 1 }) : day;
    const until = resolve(lastDay.toPlainDateTime().add({ minutes: untilMinute }), timeZone);
    return from <= instant && instant < until;
  });
}
