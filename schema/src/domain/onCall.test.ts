import { describe, expect, it } from 'vitest';
import { instantIn, layer, scheduleOf } from './onCall.fixture.js';
import { onCallAt, type Schedule, type ScheduleLayer } from './onCall.js';
import { shiftsBetween } from './onCallShifts.js';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
const lordHowe = 'Australia/Lord_Howe';

function handoversOf(schedule: Schedule, from: number, until: number): readonly string[] {
  return shiftsBetween(schedule, from, until)
    .slice(1)
    .map(({ startsAt, personId }) => `${new Date(startsAt).toISOString()} ${personId ?? 'nobody'}`);
}

describe('a rotation', () => {
  it('hands over at its local time, in turn, and has nobody before its first turn', () => {
    const schedule = scheduleOf(berlin, layer);
    const start = instantIn(berlin, '2026-01-05T09:00');
    expect(onCallAt(schedule, start - 1)).toBeNull();
    expect(onCallAt(schedule, start)).toBe(1);
    expect(onCallAt(schedule, instantIn(berlin, '2026-01-12T08:59:59.999'))).toBe(1);
    expect(onCallAt(schedule, instantIn(berlin, '2026-01-12T09:00'))).toBe(2);
    expect(onCallAt(schedule, instantIn(berlin, '2026-01-26T09:00'))).toBe(1);
  });

  it('ends with the last local day', () => {
    const schedule = scheduleOf(newYork, { ...layer, endsOn: '2026-01-09' });
    expect(onCallAt(schedule, instantIn(newYork, '2026-01-09T23:59'))).toBe(1);
    expect(onCallAt(schedule, instantIn(newYork, '2026-01-10T00:00'))).toBeNull();
  });

  it('of one person is one shift, and of nobody a gap', () => {
    const from = instantIn(berlin, '2026-02-01T00:00');
    const until = instantIn(berlin, '2026-03-01T00:00');
    expect(shiftsBetween(scheduleOf(berlin, { ...layer, members: [4] }), from, until)).toEqual([
      { personId: 4, layer: 'Primary', overrideId: null, startsAt: from, endsAt: until },
    ]);
    expect(shiftsBetween(scheduleOf(berlin, { ...layer, members: [] }), from, until)).toEqual([
      { personId: null, layer: null, overrideId: null, startsAt: from, endsAt: until },
    ]);
    expect(shiftsBetween(scheduleOf(berlin), until, from)).toEqual([]);
  });
});

describe('a night in which the clock changes', () => {
  const nightly = (handoff: string): ScheduleLayer => ({
    ...layer,
    startsOn: '2026-01-01',
    turnUnit: 'day',
    handoffMinute: Number(handoff.slice(0, 2)) * 60 + Number(handoff.slice(3)),
    members: [1, 2],
  });

  // What the clocks did is in the rules of each country; the instants were worked out by hand.
  it.each([
    [
      'Berlin, 02:30 that does not exist',
      berlin,
      '02:30',
      '2026-03-28',
      ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'Berlin, 02:30 that comes twice',
      berlin,
      '02:30',
      '2026-10-24',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'New York, 02:30 that does not exist',
      newYork,
      '02:30',
      '2026-03-07',
      ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30'],
    ],
    [
      'New York, 01:30 that comes twice',
      newYork,
      '01:30',
      '2026-10-31',
      ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    [
      'Lord Howe, 02:15 that does not exist, by half an hour',
      lordHowe,
      '02:15',
      '2026-10-03',
      ['2026-10-02T15:45', '2026-10-03T15:30', '2026-10-04T15:15'],
    ],
    [
      'Lord Howe, 01:45 that comes twice',
      lordHowe,
      '01:45',
      '2026-04-04',
      ['2026-04-03T14:45', '2026-04-04T14:45', '2026-04-05T15:15'],
    ],
  ])('hands over once: %s', (_name, zone, handoff, day, expected) => {
    const from = instantIn(zone, `${day}T00:00`);
    const handovers = handoversOf(scheduleOf(zone, nightly(handoff)), from, from + 72 * 3_600_000);
    expect(handovers.map((each) => each.slice(0, 16))).toEqual(expected);
  });

  it('leaves turns of hours as long as they are', () => {
    const schedule = scheduleOf(berlin, {
      ...layer,
      turnUnit: 'hour',
      turnLength: 12,
      handoffMinute: 0,
      members: [1, 2],
    });
    const from = instantIn(berlin, '2026-03-28T00:00');
    const lengths = shiftsBetween(schedule, from, from + 5 * 86_400_000)
      .slice(1, -1)
      .map(({ startsAt, endsAt }) => (endsAt - startsAt) / 3_600_000);
    expect(new Set(lengths)).toEqual(new Set([12]));
  });

  it('moves no hand-over of a year: each of 365 is at nine by the clock on the wall', () => {
    for (const zone of [berlin, newYork, lordHowe, 'Africa/Casablanca']) {
      const schedule = scheduleOf(zone, { ...layer, turnUnit: 'day', startsOn: '2026-01-01' });
      const shifts = shiftsBetween(schedule, instantIn(zone, '2026-01-01T09:00'), instantIn(zone, '2027-01-01T09:00'));
      const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
      expect(shifts).toHaveLength(365);
      expect(new Set(shifts.map(({ startsAt }) => format.format(startsAt)))).toEqual(new Set(['09:00']));
      expect(shifts.map(({ personId }) => personId)).toEqual(shifts.map((_, index) => (index % 3) + 1));
    }
  });
});

describe('layers and overrides', () => {
  const always: ScheduleLayer = { ...layer, name: 'Always', members: [9] };
  const offHours: ScheduleLayer = {
    ...layer,
    name: 'Nights',
    members: [5],
    restrictions: [{ weekdays: [1, 2, 3, 4, 5], fromMinute: 18 * 60, untilMinute: 8 * 60 }],
  };

  it('let the layer below through where the one above has nobody', () => {
    const schedule = scheduleOf(berlin, always, offHours);
    expect(onCallAt(schedule, instantIn(berlin, '2026-02-02T17:59'))).toBe(9);
    expect(onCallAt(schedule, instantIn(berlin, '2026-02-02T18:00'))).toBe(5);
    // Friday's night ends on Saturday, and Saturday has none.
    expect(onCallAt(schedule, instantIn(berlin, '2026-02-07T07:59'))).toBe(5);
    expect(onCallAt(schedule, instantIn(berlin, '2026-02-07T20:00'))).toBe(9);
  });

  it('take the override made last, and go back to what was when it ends', () => {
    const at = (local: string): number => instantIn(berlin, local);
    const schedule: Schedule = {
      ...scheduleOf(berlin, always),
      overrides: [
        { id: 1, personId: 2, startsAt: at('2026-02-02T10:00'), endsAt: at('2026-02-02T20:00') },
        { id: 2, personId: 3, startsAt: at('2026-02-02T12:00'), endsAt: at('2026-02-02T14:00') },
      ],
    };
    expect(
      shiftsBetween(schedule, at('2026-02-02T09:00'), at('2026-02-02T21:00')).map(
        ({ personId, layer: by, overrideId }) => [personId, by, overrideId],
      ),
    ).toEqual([
      [9, 'Always', null],
      [2, null, 1],
      [3, null, 2],
      [2, null, 1],
      [9, 'Always', null],
    ]);
  });

  it('skip who is switched off: the turn is a gap, or falls to the layer below', () => {
    const inactive = new Set([2]);
    const alone = { ...scheduleOf(berlin, layer), inactive };
    const second = instantIn(berlin, '2026-01-14T12:00');
    expect(onCallAt(alone, second)).toBeNull();
    const gaps = shiftsBetween(alone, instantIn(berlin, '2026-01-05T09:00'), instantIn(berlin, '2026-01-26T09:00'));
    expect(gaps.map(({ personId }) => personId)).toEqual([1, null, 3]);
    expect(onCallAt({ ...scheduleOf(berlin, always, layer), inactive }, second)).toBe(9);
  });
});

describe('follow the sun', () => {
  const day = { weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 8 * 60, untilMinute: 18 * 60 };
  const office = (zone: string): Schedule =>
    scheduleOf(zone, { ...layer, startsOn: '2025-12-28', restrictions: [day] });

  it('has no gap in a year of three offices, each on its own clock', () => {
    const offices = [office('Asia/Singapore'), office('Europe/London'), office('America/Los_Angeles')];
    const from = Date.parse('2026-01-01T00:00:00Z');
    const until = Date.parse('2027-01-01T00:00:00Z');
    const covered = offices
      .flatMap((each) => shiftsBetween(each, from, until))
      .filter(({ personId }) => personId !== null)
      .toSorted((a, b) => a.startsAt - b.startsAt);
    let reached = from;
    for (const { startsAt, endsAt } of covered) {
      expect(startsAt).toBeLessThanOrEqual(reached);
      reached = Math.max(reached, endsAt);
    }
    expect(reached).toBe(until);
  });

  it('leaves a gap where an office opens later, and says where', () => {
    const late = { ...layer, restrictions: [{ ...day, fromMinute: 9 * 60 }] };
    const rest = { ...layer, restrictions: [{ ...day, fromMinute: 18 * 60, untilMinute: 8 * 60 }] };
    const from = instantIn(berlin, '2026-02-02T00:00');
    const gaps = shiftsBetween(scheduleOf(berlin, late, rest), from, from + 86_400_000).filter(
      (each) => each.personId === null,
    );
    expect(gaps.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([
      [instantIn(berlin, '2026-02-02T08:00'), instantIn(berlin, '2026-02-02T09:00')],
    ]);
  });
});
