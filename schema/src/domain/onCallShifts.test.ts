import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layer, onCallByWalking, scheduleOf } from './onCall.fixture.js';
import { onCallAt, type Schedule, type ScheduleLayer } from './onCall.js';
import { longestPlanDays, shiftsBetween } from './onCallShifts.js';
import { refusalOfSchedule, scheduleLimits } from './scheduleInput.js';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'UTC',
];
const start = Date.parse('2026-01-01T00:00:00Z');
const dayMs = 86_400_000;
const person = fc.integer({ min: 1, max: 5 });
const minute = fc.integer({ min: 0, max: 1_439 });
const isoDay = (offset: number): string => new Date(start + offset * dayMs).toISOString().slice(0, 10);

const layers: fc.Arbitrary<ScheduleLayer> = fc.record({
  name: fc.constantFrom('Primary', 'Nights'),
  startsOn: fc.integer({ min: -20, max: 40 }).map(isoDay),
  endsOn: fc.option(fc.integer({ min: 60, max: 400 }).map(isoDay)),
  handoffMinute: minute,
  turnUnit: fc.constantFrom('hour', 'day', 'week'),
  turnLength: fc.integer({ min: 1, max: 30 }),
  members: fc.array(person, { maxLength: 4 }),
  restrictions: fc.array(
    fc.record({
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      fromMinute: minute,
      untilMinute: minute,
    }),
    { maxLength: 2 },
  ),
});

const schedules: fc.Arbitrary<Schedule> = fc.record({
  id: fc.constant(1),
  name: fc.constant('Any'),
  timeZone: fc.constantFrom(...zones),
  layers: fc.array(layers, { maxLength: 3 }),
  overrides: fc.array(
    fc
      .tuple(person, fc.integer({ min: 0, max: 300 * 1_440 }), fc.integer({ min: 1, max: 20_000 }))
      .map(([personId, from, length]) => ({
        id: from,
        personId,
        startsAt: start + from * 60_000,
        endsAt: start + (from + length) * 60_000,
      })),
    { maxLength: 4 },
  ),
  inactive: fc.uniqueArray(person, { maxLength: 2 }).map((each) => new Set(each)),
});

/** Around the nights in which one of the zones changes its clock, as often as anywhere else. */
const nights = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-04',
  '2026-02-15',
  '2026-03-22',
  '2026-10-03',
  '2026-10-25',
  '2026-11-01',
];
const instants = fc.oneof(
  fc.integer({ min: 0, max: 365 * 1_440 }).map((each) => start + each * 60_000),
  fc
    .tuple(fc.constantFrom(...nights), fc.integer({ min: -600, max: 1_440 }))
    .map(([night, offset]) => Date.parse(`${night}T00:00:00Z`) + offset * 60_000),
);

/** As many changes as there are layers and restrictions for, no two at one time. */
const busiest = (turnLength: number, restrictions: number): readonly ScheduleLayer[] =>
  Array.from({ length: scheduleLimits.layers }, (_layer, at) => ({
    ...layer,
    startsOn: '2025-12-01',
    handoffMinute: at * 3,
    turnUnit: 'hour',
    turnLength,
    members: Array.from({ length: scheduleLimits.members }, (_member, n) => at * 1_000 + n),
    restrictions: Array.from({ length: restrictions }, (_restriction, n) => {
      const fromMinute = n * 70 + at;
      return { weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute, untilMinute: fromMinute + 2 };
    }),
  }));

describe('a schedule that changes all the time', () => {
  it('is worked out layer by layer: a member is looked up once a turn', () => {
    let looks = 0;
    const counted = (members: readonly number[]) =>
      new Proxy(members, {
        get: (target, key) => {
          if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
          return Reflect.get(target, key) as unknown;
        },
      });
    const plan = scheduleOf(
      'Europe/Berlin',
      ...busiest(1, scheduleLimits.restrictions).map((each) => ({ ...each, members: counted(each.members) })),
    );
    const shifts = shiftsBetween(plan, start, start + 30 * dayMs);
    expect(shifts.length).toBeGreaterThan(12_000);
    expect(looks).toBeLessThanOrEqual(scheduleLimits.layers * (30 * 24 + 1));
  });

  it('is refused before it is saved, and one that changes two hundred times a day is not', () => {
    const refusalOf = (layers: readonly ScheduleLayer[]) =>
      refusalOfSchedule({ name: 'Any', timeZone: 'Europe/Berlin', layers });
    expect(refusalOf(busiest(1, scheduleLimits.restrictions))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'layers',
    });
    expect(refusalOf(busiest(1, 0))).toMatchObject({ field: 'layers' });
    expect(refusalOf(busiest(24, 5))).toMatchObject({ field: 'layers' });
    expect(refusalOf(busiest(12, 4))).toBeNull();
    expect(refusalOf(busiest(1, 0).slice(0, 8))).toBeNull();
    const thousandMondays = [{ weekdays: Array.from({ length: 1_000 }, () => 1), fromMinute: 0, untilMinute: 60 }];
    expect(refusalOf([{ ...layer, restrictions: thousandMondays }])).toMatchObject({ field: 'layers[0].restrictions' });
  });
});

describe('the shifts of any schedule', () => {
  it('are back to back, and say at every instant what onCallAt says', () => {
    fc.assert(
      fc.property(
        schedules,
        instants,
        fc.integer({ min: 1, max: 40 }),
        fc.array(instants),
        (schedule, from, days, probes) => {
          const until = from + days * dayMs;
          const shifts = shiftsBetween(schedule, from, until);
          expect(shifts.map(({ startsAt }) => startsAt)).toEqual([
            from,
            ...shifts.slice(0, -1).map(({ endsAt }) => endsAt),
          ]);
          expect(shifts.at(-1)?.endsAt).toBe(until);
          const edges = shifts.flatMap(({ startsAt, endsAt }) => [startsAt, (startsAt + endsAt) >> 0, endsAt - 1]);
          for (const instant of [...edges, ...probes].filter((each) => from <= each && each < until)) {
            const shift = shifts.find(({ startsAt, endsAt }) => startsAt <= instant && instant < endsAt);
            expect(shift?.personId).toBe(onCallAt(schedule, instant));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are those of a walk from turn to turn on the calendar', () => {
    fc.assert(
      fc.property(schedules, fc.array(instants, { minLength: 1, maxLength: 5 }), (schedule, probes) => {
        for (const instant of probes) expect(onCallAt(schedule, instant)).toBe(onCallByWalking(schedule, instant));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('reach a year at most', () => {
    const shifts = shiftsBetween(scheduleOf('UTC'), start, start + 5_000 * dayMs);
    expect(shifts.at(-1)?.endsAt).toBe(start + longestPlanDays * dayMs);
  });
});
