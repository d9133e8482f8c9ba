import { describe, expect, it } from 'vitest';
import type { MaintenanceWindow } from './maintenance.js';
import { maintenanceStatus, scheduleOf } from './maintenanceSchedule.js';

const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;

const once = {
  startsAt: at('2026-12-01T02:00:00Z'),
  endsAt: at('2026-12-01T04:00:00Z'),
  rrule: null,
  timeZone: null,
  durationSeconds: null,
  endedAt: null,
} satisfies Partial<MaintenanceWindow>;

const nightly = {
  ...once,
  startsAt: at('2026-03-27T01:00:00Z'), // 02:00 in Berlin
  endsAt: null,
  rrule: 'FREQ=DAILY',
  timeZone: 'Europe/Berlin',
  durationSeconds: 7_200,
};

describe('the schedule of a window', () => {
  it('that happens once covers its start and not its end', () => {
    const { activeAt, next } = scheduleOf(once);
    expect([once.startsAt - 1, once.endsAt].map(activeAt)).toEqual([null, null]);
    const only = { startsAt: once.startsAt, endsAt: once.endsAt };
    expect([once.startsAt, once.endsAt - 1].map(activeAt)).toEqual([only, only]);
    expect(next(once.startsAt - 1, 5)).toEqual([only]);
    expect(next(once.startsAt, 5)).toEqual([]);
  });

  it('that recurs lasts as long on the days when the clocks change', () => {
    const { next } = scheduleOf(nightly);
    const nights = next(at('2026-03-28T12:00:00Z'), 2);
    expect(nights).toEqual([
      { startsAt: at('2026-03-29T01:00:00Z'), endsAt: at('2026-03-29T03:00:00Z') },
      { startsAt: at('2026-03-30T00:00:00Z'), endsAt: at('2026-03-30T02:00:00Z') },
    ]);
  });

  it('answers the same whether it is asked in order, backwards or at random', () => {
    const instants = Array.from({ length: 400 }, (_, n) => nightly.startsAt + n * 0.37 * hour);
    const ordered = scheduleOf(nightly);
    const inOrder = instants.map((instant) => ordered.activeAt(instant));
    const backwards = scheduleOf(nightly);
    const reversed = instants.toReversed().map((instant) => backwards.activeAt(instant));
    expect(reversed.toReversed()).toEqual(inOrder);
    expect(instants.map((instant) => scheduleOf(nightly).activeAt(instant))).toEqual(inOrder);
    const covered = inOrder.filter((each) => each !== null).length;
    expect(covered).toBeGreaterThan(25);
    expect(covered).toBeLessThan(45);
  });

  it('is cut by the end of the recurrence, and by a person', () => {
    const cut = at('2026-03-28T01:30:00Z');
    for (const timing of [
      { ...nightly, endsAt: cut },
      { ...nightly, endedAt: cut },
    ]) {
      const { activeAt, next } = scheduleOf(timing);
      expect(activeAt(cut - 1)?.endsAt).toBe(cut);
      expect(activeAt(cut)).toBeNull();
      expect(next(cut - hour, 5)).toEqual([{ startsAt: at('2026-03-28T01:00:00Z'), endsAt: cut }]);
    }
  });

  it('of occurrences that overlap gives the one that ends last', () => {
    const { activeAt } = scheduleOf({ ...nightly, durationSeconds: 25 * 3_600 });
    expect(activeAt(at('2026-03-28T01:30:00Z'))?.startsAt).toBe(at('2026-03-28T01:00:00Z'));
    expect(activeAt(at('2026-03-28T00:59:00Z'))?.startsAt).toBe(at('2026-03-27T01:00:00Z'));
  });

  it('tells its state', () => {
    const stateAt = (timing: typeof once | typeof nightly, now: string) => maintenanceStatus(timing, at(now)).state;
    expect(stateAt(once, '2026-12-01T00:00:00Z')).toBe('upcoming');
    expect(stateAt(once, '2026-12-01T02:00:00Z')).toBe('active');
    expect(stateAt(once, '2026-12-01T04:00:00Z')).toBe('ended');
    expect(stateAt(nightly, '2036-01-01T12:00:00Z')).toBe('upcoming');
    expect(maintenanceStatus({ ...once, endedAt: 1 }, at('2026-12-01T02:00:00Z')).state).toBe('ended');
    expect(maintenanceStatus({ ...nightly, rrule: 'FREQ=DAILY;COUNT=2' }, at('2026-03-29T12:00:00Z')).state).toBe(
      'ended',
    );
  });
});
