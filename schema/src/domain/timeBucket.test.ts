import { describe, expect, it } from 'vitest';
import { bucketStarts, isTimeZone } from './timeBucket.js';

const at = (text: string): number => Date.parse(text);
const iso = (starts: readonly number[]): readonly string[] => starts.map((ms) => new Date(ms).toISOString());

describe('bucketStarts', () => {
  it('gives a day of 23 hours where clocks go forward', () => {
    expect(iso(bucketStarts(at('2026-03-28T12:00:00Z'), at('2026-03-30T12:00:00Z'), 'DAY', 'Europe/Berlin'))).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('gives a day of 25 hours where clocks go back', () => {
    expect(iso(bucketStarts(at('2026-10-25T00:00:00Z'), at('2026-10-26T00:00:00Z'), 'DAY', 'Europe/Berlin'))).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('begins a day without midnight at the change, and one with two midnights at the first', () => {
    expect(
      iso(bucketStarts(at('2018-11-04T12:00:00Z'), at('2018-11-04T13:00:00Z'), 'DAY', 'America/Sao_Paulo')),
    ).toEqual(['2018-11-04T03:00:00.000Z']);
    expect(iso(bucketStarts(at('2026-11-01T12:00:00Z'), at('2026-11-01T13:00:00Z'), 'DAY', 'America/Havana'))).toEqual([
      '2026-11-01T04:00:00.000Z',
    ]);
  });

  it('begins weeks on Monday and months on the first, in the zone', () => {
    const [from, to] = [at('2026-11-25T10:00:00Z'), at('2026-12-08T00:00:00Z')];
    expect(iso(bucketStarts(from, to, 'WEEK', 'Asia/Kolkata'))).toEqual([
      '2026-11-22T18:30:00.000Z',
      '2026-11-29T18:30:00.000Z',
      '2026-12-06T18:30:00.000Z',
    ]);
    expect(iso(bucketStarts(from, to, 'MONTH', 'Asia/Kolkata'))).toEqual([
      '2026-10-31T18:30:00.000Z',
      '2026-11-30T18:30:00.000Z',
    ]);
  });

  it('ends before `to`, which is exclusive', () => {
    expect(bucketStarts(at('2026-11-25T10:00:30Z'), at('2026-11-25T10:02:00Z'), 'MINUTE', 'UTC')).toHaveLength(2);
    expect(bucketStarts(at('2026-11-25T10:00:30Z'), at('2026-11-25T12:00:00.001Z'), 'HOUR', 'UTC')).toHaveLength(3);
  });

  it('refuses more than 2000 points and names the limit', () => {
    expect(bucketStarts(0, 2000 * 60_000, 'MINUTE', 'UTC')).toHaveLength(2000);
    expect(() => bucketStarts(0, 2001 * 60_000, 'MINUTE', 'UTC')).toThrow('2000 points by minute');
    expect(() => bucketStarts(0, at('9999-01-01T00:00:00Z'), 'DAY', 'UTC')).toThrow('2000 points by day');
  });

  it('is strictly ascending over every day of ten years in awkward zones', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Asia/Beirut',
      'Africa/Cairo',
      'Australia/Lord_Howe',
      'America/Havana',
    ]) {
      for (const year of [2010, 2015, 2026]) {
        const starts = bucketStarts(Date.UTC(year, 0, 1), Date.UTC(year + 4, 0, 1), 'DAY', zone);
        starts.slice(1).forEach((start, index) => {
          const hours = (start - (starts[index] ?? 0)) / 3_600_000;
          expect(hours, `${zone} ${new Date(start).toISOString()}`).toBeGreaterThanOrEqual(23);
          expect(hours, `${zone} ${new Date(start).toISOString()}`).toBeLessThanOrEqual(25);
        });
      }
    }
  });
});

describe('isTimeZone', () => {
  it('knows IANA names alone', () => {
    expect(['Europe/Berlin', 'UTC'].every(isTimeZone)).toBe(true);
    expect(['Mars/Olympus', '', "UTC'; drop"].some(isTimeZone)).toBe(false);
  });
});
