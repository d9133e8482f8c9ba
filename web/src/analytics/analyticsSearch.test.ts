import { describe, expect, it } from 'vitest';
import { kpiQueryOf, parseAnalyticsSearch, periodOf } from './analyticsSearch.ts';

const now = Date.parse('2026-03-01T10:02:30.000Z');

describe('the address of the analytics', () => {
  it('leaves out what it does not understand and what is the default', () => {
    expect(parseAnalyticsSearch({ range: '7d', metric: 'MTBF', severity: ['LOUD'], sort: 'value' })).toEqual({});
  });

  it('takes a period of its own only when it has both ends in order', () => {
    const [from, to] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
    expect(parseAnalyticsSearch({ from, to })).toEqual({ from, to });
    expect(parseAnalyticsSearch({ from: to, to: from })).toEqual({});
    expect(parseAnalyticsSearch({ from })).toEqual({});
    expect(parseAnalyticsSearch({ from: 'yesterday', to })).toEqual({});
  });

  it('asks for the last seven days unless told otherwise', () => {
    const { from, to } = periodOf({}, now);
    expect(to - from).toBe(7 * 86_400_000);
  });

  it('asks for all of what is not filtered: an empty list would say something else', () => {
    const search = parseAnalyticsSearch({ service: ['checkout'] });
    const query = kpiQueryOf(search, periodOf(search, now), 'Europe/Berlin');
    expect(query.filter).toEqual({
      services: ['checkout'],
      severities: null,
      teams: null,
      environments: null,
      types: null,
    });
    expect(query.timeZone).toBe('Europe/Berlin');
  });
});
