import { describe, expect, it } from 'vitest';
import { historyDays, historyOf } from './history.js';

const dayMs = 86_400_000;
/** Noon of a day so many days ago. */
const now = 20_000 * dayMs + dayMs / 2;
const ago = (days: number) => now - days * dayMs;

const said = (incidentId: number, days: number, state: 'degraded' | 'major_outage' | 'operational', isEnd = false) => ({
  incidentId,
  progress: isEnd ? ('resolved' as const) : ('identified' as const),
  publishedAt: ago(days),
  components: [{ componentId: 1, state }],
});
/** How the last days were, newest first. */
const lastDays = (updates: Parameters<typeof historyOf>[0], count: number) =>
  historyOf(updates, now).get(1)?.toReversed().slice(0, count);

describe('the history of a component', () => {
  it('is what an update says from its day to the day of the next', () => {
    expect(lastDays([said(7, 1, 'operational', true), said(7, 3, 'degraded')], 5)).toEqual([
      'operational',
      'degraded',
      'degraded',
      'degraded',
      'operational',
    ]);
  });

  it('goes on until today while the incident is open, and the worst of a day counts', () => {
    expect(lastDays([said(8, 1, 'major_outage'), said(7, 2, 'degraded')], 4)).toEqual([
      'major_outage',
      'major_outage',
      'degraded',
      'operational',
    ]);
  });

  it('has ninety days, and begins within what is older', () => {
    const days = historyOf([said(7, 88, 'operational', true), said(7, 200, 'degraded')], now).get(1);
    expect(days).toHaveLength(historyDays);
    expect(days?.slice(0, 3)).toEqual(['degraded', 'degraded', 'operational']);
  });

  it('is not there for what nothing was said of', () => {
    expect(historyOf([said(7, 1, 'degraded')], now).has(2)).toBe(false);
  });
});
