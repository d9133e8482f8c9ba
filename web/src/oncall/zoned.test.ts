import { describe, expect, it } from 'vitest';
import { clockBeside, clocksAgree, placeOf } from './zoned.ts';

const handOver = '2026-11-30T13:00:00Z';

describe('one instant by the clocks of two zones', () => {
  it('is the time alone where both have the same day', () => {
    expect(clockBeside('America/New_York', 'Europe/Berlin', handOver)).toBe('08:00');
  });

  it('names the day where the other zone has another one', () => {
    expect(clockBeside('America/Los_Angeles', 'Asia/Tokyo', '2026-11-30T18:00:00Z')).toBe('Mon, 10:00');
  });

  it('agrees where the clocks show the same, whatever the zones are called', () => {
    expect(clocksAgree('Europe/Berlin', 'Europe/Paris', handOver)).toBe(true);
    expect(clocksAgree('Europe/London', 'UTC', '2026-07-01T12:00:00Z')).toBe(false);
  });

  it('is said with the place as people call it', () => {
    expect(placeOf('America/New_York')).toBe('New York');
    expect(placeOf('UTC')).toBe('UTC');
  });
});
