import { describe, expect, it } from 'vitest';
import { bucketFor, rollingPeriod } from './period.ts';

const day = 86_400_000;

describe('the period of a range', () => {
  const now = Date.parse('2026-03-01T10:02:30.000Z');

  it('ends ahead of now, so that what happens next still counts', () => {
    expect(new Date(rollingPeriod('24h', now).to).toISOString()).toBe('2026-03-01T10:05:00.000Z');
    expect(new Date(rollingPeriod('30d', now).to).toISOString()).toBe('2026-03-01T11:00:00.000Z');
    expect(rollingPeriod('24h', Date.parse('2026-03-01T10:05:00.000Z')).to).toBeGreaterThan(now + 150_000);
  });

  it('stays the same within its step', () => {
    expect(rollingPeriod('7d', now)).toEqual(rollingPeriod('7d', now + 60_000));
  });

  it('is as long as it says', () => {
    const { from, to } = rollingPeriod('90d', now);
    expect(to - from).toBe(90 * day);
  });

  it('chooses buckets that make a readable number of points', () => {
    expect(bucketFor({ from: 0, to: 3_600_000 })).toBe('MINUTE');
    expect(bucketFor({ from: 0, to: day })).toBe('HOUR');
    expect(bucketFor({ from: 0, to: 90 * day })).toBe('DAY');
    expect(bucketFor({ from: 0, to: 365 * day })).toBe('WEEK');
    expect(bucketFor({ from: 0, to: 3_650 * day })).toBe('MONTH');
  });
});
