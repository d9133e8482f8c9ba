import { describe, expect, it } from 'vitest';
import { alertRow } from './alertRow.fixture.ts';
import { alertTest } from './matchesAlert.ts';

const row = alertRow();

describe('matching a live alert with the filter on screen', () => {
  it('takes everything when nothing is filtered', () => expect(alertTest({})(row)).toBe(true));

  it('leaves resolved alerts out of the firing ones', () => {
    expect(alertTest({ statuses: ['FIRING'] })(alertRow({ status: 'RESOLVED' }))).toBe(false);
  });

  it('matches an expression against the whole value', () => {
    const test = (value: string) => alertTest({ matchers: [{ name: 'instance', op: 'REGEX', value }] })(row);
    expect(test('pod-.*')).toBe(true);
    expect(test('pod')).toBe(false);
  });

  it('counts a missing label as empty', () => {
    expect(alertTest({ matchers: [{ name: 'zone', op: 'EQ', value: '' }] })(row)).toBe(true);
    expect(alertTest({ matchers: [{ name: 'zone', op: 'NOT_EQ', value: 'a' }] })(row)).toBe(true);
  });

  it('finds words in title, summary and service', () => {
    expect(alertTest({ text: 'RATE checkout' })(row)).toBe(true);
    expect(alertTest({ text: 'latency' })(row)).toBe(false);
  });

  it('takes the start of a period in and its end out', () => {
    expect(alertTest({ startedAfter: row.startsAt })(row)).toBe(true);
    expect(alertTest({ startedBefore: row.startsAt })(row)).toBe(false);
  });
});
