import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schedule, ScheduleLayer } from './onCall.js';
import { shiftsBetween } from './onCallShifts.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const days = 56;
/** Eight weeks around each change of the year; Havana and Santiago change theirs at midnight, Lord Howe by half an hour. */
const windows = ['2026-02-22', '2026-09-20'].map((day) => Date.parse(`${day}T00:00:00Z`));
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Chatham',
  'UTC',
];

const walls = new Map<string, Float64Array>();

/**
 * What the clock on the wall has come to at most, minute by minute. It never goes back, and leaps over what a change skips:
 * so a hand-over at a time that comes twice is at the first, and at one that does not exist when the clock is past it.
 */
function wallsOf(zone: string, from: number): Float64Array {
  const key = `${zone} ${from}`;
  const known = walls.get(key);
  if (known) return known;
  const options = { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('sv-SE', { ...options, hour: '2-digit', minute: '2-digit' });
  const found = new Float64Array(days * 1_440);
  let most = -Infinity;
  for (let minute = -1_440; minute < found.length; minute += 15) {
    const shown = Date.parse(`${format.format(from + minute * minuteMs).replace(' ', 'T')}:00Z`);
    // Clocks change at a quarter of an hour.
    for (let more = 0; more < 15; more++) {
      most = Math.max(most, shown + more * minuteMs);
      if (minute >= 0) found[minute + more] = most;
    }
  }
  walls.set(key, found);
  return found;
}

/** A layer, told by nothing but that clock and a calendar on which every day has 24 hours. */
function layerByMinutes(layer: ScheduleLayer, wall: Float64Array): (minute: number) => number | null {
  const { startsOn, endsOn, handoffMinute, turnUnit, turnLength, members, restrictions } = layer;
  const first = Date.parse(`${startsOn}T00:00:00Z`) + handoffMinute * minuteMs;
  const end = endsOn === null ? Infinity : Date.parse(`${endsOn}T00:00:00Z`) + dayMs;
  const begins = wall.findIndex((shown) => shown >= first);
  const unit = { hour: 60, day: dayMs, week: 7 * dayMs }[turnUnit] * turnLength;
  return (minute) => {
    const shown = wall[minute] ?? 0;
    if (shown < first || shown >= end || members.length === 0) return null;
    const turn = Math.floor((turnUnit === 'hour' ? minute - begins : shown - first) / unit);
    const midnight = Math.floor(shown / dayMs) * dayMs;
    const isAdmitted = restrictions.some(({ weekdays, fromMinute, untilMinute }) => {
      const length = untilMinute <= fromMinute ? 1_440 + untilMinute : untilMinute;
      return [midnight, midnight - dayMs].some((day) => {
        const minutes = (shown - day) / minuteMs;
        return weekdays.includes(new Date(day).getUTCDay() || 7) && fromMinute <= minutes && minutes < length;
      });
    });
    return restrictions.length === 0 || isAdmitted ? (members[turn % members.length] ?? null) : null;
  };
}

function onCallByMinutes({ layers, overrides, inactive, timeZone }: Schedule, from: number): (number | null)[] {
  const wall = wallsOf(timeZone, from);
  const topFirst = layers.map((layer) => layerByMinutes(layer, wall)).toReversed();
  const lastMadeFirst = overrides.toReversed();
  const isOn = (person: number | null): boolean => person !== null && !inactive.has(person);
  return Array.from({ length: days * 1_440 }, (_, minute) => {
    const instant = from + minute * minuteMs;
    const override = lastMadeFirst.find(
      ({ personId, startsAt, endsAt }) => startsAt <= instant && instant < endsAt && isOn(personId),
    );
    if (override) return override.personId;
    return topFirst.map((personAt) => personAt(minute)).find(isOn) ?? null;
  });
}

const person = fc.integer({ min: 1, max: 5 });
/** Often where clocks change, else anywhere in the day. */
const minute = fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 1_439 }));
const layersIn = (from: number): fc.Arbitrary<ScheduleLayer> => {
  const dayAt = (offset: number): string => new Date(from + offset * dayMs).toISOString().slice(0, 10);
  return fc.record({
    name: fc.constant('Any'),
    startsOn: fc.integer({ min: 2, max: 30 }).map(dayAt),
    endsOn: fc.option(fc.integer({ min: 31, max: 50 }).map(dayAt)),
    handoffMinute: minute,
    turnUnit: fc.constantFrom('hour', 'day', 'week'),
    turnLength: fc.integer({ min: 1, max: 9 }),
    members: fc.array(person, { maxLength: 4 }),
    restrictions: fc.array(
      fc.record({
        weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
        fromMinute: minute,
        untilMinute: minute,
      }),
      { maxLength: 3 },
    ),
  });
};
const overridesIn = (from: number) =>
  fc
    .tuple(person, fc.integer({ min: 0, max: 50 * 1_440 }), fc.integer({ min: 1, max: 20_000 }))
    .map(([personId, start, length]) => ({
      id: start,
      personId,
      startsAt: from + start * minuteMs,
      endsAt: from + (start + length) * minuteMs,
    }));
const schedules = fc.constantFrom(...windows).chain((from) =>
  fc.record({
    from: fc.constant(from),
    schedule: fc.record({
      id: fc.constant(1),
      name: fc.constant('Any'),
      timeZone: fc.constantFrom(...zones),
      layers: fc.array(layersIn(from), { minLength: 1, maxLength: 3 }),
      overrides: fc.array(overridesIn(from), { maxLength: 5 }),
      inactive: fc.uniqueArray(person, { maxLength: 2 }).map((each) => new Set(each)),
    }),
  }),
);

describe('who is on call', () => {
  it('is in every minute of eight weeks whom a clock that never goes back says', () => {
    fc.assert(
      fc.property(schedules, ({ schedule, from }) => {
        const shifts = shiftsBetween(schedule, from, from + days * dayMs);
        const told = shifts.flatMap(({ personId, startsAt, endsAt }) =>
          Array.from({ length: (endsAt - startsAt) / minuteMs }, () => personId),
        );
        const expected = onCallByMinutes(schedule, from);
        expect(told).toHaveLength(expected.length);
        const wrong = expected.findIndex((each, index) => each !== told[index]);
        const at = new Date(from + wrong * minuteMs).toISOString();
        expect(wrong < 0 ? null : `${at}: ${told[wrong]}, not ${expected[wrong]}`).toBeNull();
      }),
      { numRuns: 80 },
    );
  }, 120_000);
});
