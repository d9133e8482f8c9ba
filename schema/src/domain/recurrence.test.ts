import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseRecurrence } from './recurrence.js';
import { isTimeZone, zoneOf } from './recurrenceZone.js';

const berlin = 'Europe/Berlin';
const day = 86_400_000;

function starts(rrule: string, from: string, days: number, timeZone = berlin): readonly string[] {
  const startsAt = Date.parse(from);
  const parsed = parseRecurrence(rrule, startsAt, timeZone);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.recurrence.startsBetween(startsAt, startsAt + days * day).map((each) => new Date(each).toISOString());
}

function refusal(rrule: string, timeZone = berlin): string {
  const parsed = parseRecurrence(rrule, Date.parse('2026-11-27T00:00:00Z'), timeZone);
  return parsed.ok ? 'accepted' : `${parsed.field}: ${parsed.message}`;
}

describe('a recurrence', () => {
  it('keeps its local time when the clocks go forward', () => {
    expect(starts('FREQ=DAILY', '2026-03-28T01:00:00Z', 2.9)).toEqual([
      '2026-03-28T01:00:00.000Z', // 02:00 +01:00
      '2026-03-29T01:00:00.000Z', // 02:00 does not exist: 03:00 +02:00
      '2026-03-30T00:00:00.000Z', // 02:00 +02:00
    ]);
    expect(starts('FREQ=DAILY', '2026-03-27T22:00:00Z', 2.9)).toEqual([
      '2026-03-27T22:00:00.000Z',
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
    ]);
  });

  it('keeps its local time when the clocks go back, and takes the first of an hour that comes twice', () => {
    expect(starts('FREQ=DAILY', '2026-10-24T00:30:00Z', 3)).toEqual([
      '2026-10-24T00:30:00.000Z', // 02:30 +02:00
      '2026-10-25T00:30:00.000Z', // 02:30 +02:00, and not again an hour later
      '2026-10-26T01:30:00.000Z', // 02:30 +01:00
    ]);
  });

  it('does so on the other side of the world, where the change is half an hour', () => {
    expect(starts('FREQ=DAILY', '2026-10-02T15:30:00Z', 3.9, 'Australia/Lord_Howe')).toEqual([
      '2026-10-02T15:30:00.000Z', // 02:00 +10:30
      '2026-10-03T15:30:00.000Z', // 02:00 does not exist: 02:30 +11:00
      '2026-10-04T15:00:00.000Z', // 02:00 +11:00
      '2026-10-05T15:00:00.000Z',
    ]);
  });

  it('that is hourly has every hour of both changes', () => {
    const hours = (from: string) => starts('FREQ=HOURLY', from, 1 / 4);
    expect(hours('2026-10-24T22:30:00Z')).toHaveLength(6);
    expect(hours('2026-03-28T23:30:00Z')).toHaveLength(6);
  });

  it('follows its rule: weekdays, the last Friday, counted, until', () => {
    expect(starts('RRULE:FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=2', '2026-12-01T00:00:00Z', 7)).toEqual([
      '2026-12-05T01:00:00.000Z',
      '2026-12-06T01:00:00.000Z',
    ]);
    expect(starts('FREQ=MONTHLY;BYDAY=-1FR', '2026-12-01T20:00:00Z', 62)).toEqual([
      '2026-12-25T20:00:00.000Z',
      '2027-01-29T20:00:00.000Z',
    ]);
    expect(starts('FREQ=DAILY;COUNT=2', '2026-12-01T20:00:00Z', 10)).toHaveLength(2);
    expect(starts('FREQ=WEEKLY;BYDAY=MO,TH;COUNT=60', '2026-12-01T20:00:00Z', 400)).toHaveLength(60);
    expect(starts('FREQ=DAILY;UNTIL=20261203', '2026-12-01T20:00:00Z', 10)).toHaveLength(3);
    expect(starts('FREQ=DAILY;UNTIL=20261203T195959Z', '2026-12-01T20:00:00Z', 10)).toHaveLength(2);
    expect(starts('FREQ=DAILY;UNTIL=20261203T210000', '2026-12-01T20:00:00Z', 10)).toHaveLength(3);
  });

  it('finds its next start however long that is', () => {
    const parsed = parseRecurrence('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', Date.parse('2024-02-29T10:00:00Z'), 'UTC');
    expect(parsed.ok && parsed.recurrence.firstFrom(Date.parse('2026-11-27T00:00:00Z'))).toBe(
      Date.parse('2028-02-29T10:00:00Z'),
    );
  });

  it.each([
    ['FREQ=SECONDLY', 'rrule: FREQ must be one of'],
    ['FREQ=MINUTELY;INTERVAL=60', 'rrule: FREQ must be one of'],
    ['INTERVAL=2', 'rrule: FREQ must be one of'],
    ['FREQ=DAILY;BYSECOND=0,1', 'BYSECOND is not supported'],
    ['FREQ=DAILY;BYMINUTE=0,1', 'BYMINUTE takes one minute'],
    ['FREQ=DAILY;COUNT=367', 'COUNT=367 must be a number from 1 to 366'],
    ['FREQ=YEARLY;COUNT=20', 'COUNT reaches too many years ahead'],
    ['FREQ=YEARLY;BYDAY=MO,TU;BYHOUR=1,2', 'BYHOUR takes one hour'],
    ['FREQ=HOURLY;BYDAY=MO', 'does not go with FREQ=HOURLY'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL=0'],
    ['FREQ=DAILY;INTERVAL=1e9', 'INTERVAL=1E9'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101', 'exclude each other'],
    ['FREQ=DAILY;UNTIL=20270231', 'UNTIL is no date'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'FREQ stands twice'],
    ['FREQ=DAILY;BYDAY=1MO', 'BYDAY=1MO needs'],
    ['FREQ=WEEKLY;BYDAY=XX', 'does not know'],
    ['FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30', 'does not go with FREQ=HOURLY'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'No month of BYMONTH'],
    ['FREQ=MONTHLY;BYMONTH=2,4;BYMONTHDAY=31,-31', 'No month of BYMONTH'],
    ['FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=-31', 'BYMONTHDAY does not go'],
    ['FREQ=WEEKLY;INTERVAL=54', 'INTERVAL=54'],
    ['FREQ=MONTHLY;BYSETPOS=200', 'no occurrence'],
    ['FREQ=DAILY;BYDAY=MO;BYMONTH=1;BYMONTHDAY=1;INTERVAL=366', 'no occurrence'],
    ['FREQ=DAILY;UNTIL=20200101', 'no occurrence'],
    ['every day', 'is no part of an RRULE'],
    ['', 'is no part of an RRULE'],
    [`FREQ=DAILY;BYMONTHDAY=${Array.from({ length: 400 }, () => '1').join(',')}`, 'at most 300 characters'],
  ])('refuses %s', (rrule, message) => {
    expect(refusal(rrule)).toContain(message);
  });

  it.each(['Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns', 'UTC', 'Asia/Tokyo'])(
    'reads the clocks of %s as Temporal does',
    (name) => {
      const zone = zoneOf(name);
      const first = Date.parse('2011-12-01T00:07:00Z');
      for (let n = 0; n < 600; n++) {
        const instant = first + n * 611 * 60_000;
        const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name).toPlainDateTime();
        expect(zone.wallOf(instant)).toBe(local.toZonedDateTime('UTC').epochMilliseconds);
        const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC').toPlainDateTime();
        const expected = (['compatible', 'later'] as const).map(
          (disambiguation) => wall.toZonedDateTime(name, { disambiguation }).epochMilliseconds,
        );
        expect(zone.instantsOf(instant)).toEqual([...new Set(expected)]);
      }
    },
  );

  it('knows time zones by their names alone', () => {
    expect(refusal('FREQ=DAILY', 'Mars/Phobos')).toContain('timeZone: ');
    expect(['UTC', berlin, 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'].map(isTimeZone)).not.toContain(false);
    expect(['+02:00', '', 'a'.repeat(99), 'Europe', '../etc', 'UTC\n'].map(isTimeZone)).not.toContain(true);
  });
});
