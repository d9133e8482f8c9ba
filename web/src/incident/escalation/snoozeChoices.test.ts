import { describe, expect, it } from 'vitest';
import { snoozeInput } from './snoozeChoices.ts';

describe('a choice of how long nobody is called', () => {
  it('is a point in time', () => {
    const now = Date.UTC(2026, 10, 28, 3, 0);
    expect(snoozeInput('240', now)).toEqual({ until: '2026-11-28T07:00:00.000Z', kinds: null });
  });

  it('or something that happens', () => {
    expect(snoozeInput('INCIDENT_ASSIGNED', 0)).toEqual({ until: null, kinds: ['INCIDENT_ASSIGNED'] });
  });
});
