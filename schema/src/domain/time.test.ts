import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlausible, parseEpoch, parseInstant } from './time.js';

const at = (text: string) => ({ kind: 'instant', ms: Date.parse(text) });

describe('parseInstant', () => {
  test.each([
    ['2026-11-02T07:15:00Z', '2026-11-02T07:15:00.000Z'],
    ['2026-11-02T07:15:00.5Z', '2026-11-02T07:15:00.500Z'],
    ['2026-11-02T07:15:00.123456789Z', '2026-11-02T07:15:00.123Z'],
    ['2026-11-02T07:15:00.999999999+02:00', '2026-11-02T05:15:00.999Z'],
    ['2026-11-02T07:15:00-04:30', '2026-11-02T11:45:00.000Z'],
    ['2024-02-29T23:59:60Z', '2024-03-01T00:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toEqual(at(instant));
  });

  test.each([
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00.000Z',
    '0001-01-01T00:00:00+05:30',
    '0001-01-01T01:00:00+01:00',
    '0000-12-31T19:00:00-05:00',
  ])('reads %s as no time', (text) => {
    expect(parseInstant(text)).toEqual({ kind: 'zero' });
  });

  test.each([
    '',
    'yesterday',
    '2026-11-02',
    '2026-11-02T07:15:00',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00.1234567890Z',
    '0001-06-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '9999-12-31T23:59:59-01:00',
    '+275760-09-13T00:00:00Z',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toEqual({ kind: 'invalid' });
  });

  test('gives back every instant from 1970 to 9999', () => {
    const instants = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (date) => {
        expect(parseInstant(date.toISOString())).toEqual({ kind: 'instant', ms: date.getTime() });
      }),
    );
  });
});

describe('parseEpoch', () => {
  test.each([1793603700, 1793603700_000, 1793603700_000_000, 1793603700_000_000_000])(
    'reads %d by its magnitude',
    (n) => {
      expect(parseEpoch(n)).toEqual({ kind: 'instant', ms: 1793603700_000 });
    },
  );

  test('reads 0 as no time and refuses what is no time', () => {
    expect(parseEpoch(0)).toEqual({ kind: 'zero' });
    for (const n of [-1, NaN, Infinity, 1e300]) expect(parseEpoch(n)).toEqual({ kind: 'invalid' });
  });
});

test('a time more than ten years from now is not plausible', () => {
  const now = Date.parse('2026-11-02T00:00:00Z');
  expect(isPlausible(Date.parse('2018-01-01T00:00:00Z'), now)).toBe(true);
  expect(isPlausible(Date.parse('2099-01-01T00:00:00Z'), now)).toBe(false);
  expect(isPlausible(0, now)).toBe(false);
});
