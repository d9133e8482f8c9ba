import { describe, expect, it } from 'vitest';
import { humanDuration, relativeTo, shortDuration } from './duration.ts';

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [42, '42 s'],
    [840, '14 min'],
    [12_000, '3 h 20 min'],
    [10_800, '3 h'],
    [187_200, '2 d 4 h'],
  ])('says %i seconds as %s', (seconds, words) => expect(humanDuration(seconds)).toBe(words));

  it('keeps one unit where there is little room', () => expect(shortDuration(12_000)).toBe('3 h'));
});

describe('relative times', () => {
  it('says just now within five seconds', () => expect(relativeTo(10_000, 12_000)).toBe('just now'));
  it('says how long ago', () => expect(relativeTo(0, 840_000)).toBe('14 min ago'));
  it('says how far ahead', () => expect(relativeTo(180_000, 0)).toBe('in 3 min'));
});
