import { describe, expect, it } from 'vitest';
import { filterOf, isFiltered, parseAlertSearch, sortOf } from './alertSearch.ts';

describe('the address of the alert explorer', () => {
  it('leaves out what it does not understand', () => {
    expect(
      parseAlertSearch({ status: ['FIRING', 'BURNING'], labels: ['nonsense'], sort: 'UP', startedAfter: 'x' }),
    ).toEqual({
      status: ['FIRING'],
    });
  });

  it('keeps each label matcher once, in one spelling', () => {
    expect(parseAlertSearch({ labels: ['env=prod', 'env="prod"'] }).labels).toEqual(['env="prod"']);
  });

  it('asks for everything where nothing is filtered: an empty list would match nothing', () => {
    const filter = filterOf(parseAlertSearch({ status: [] }));
    expect(Object.values(filter).every((value) => value === null)).toBe(true);
  });

  it('hands label matchers to the API', () => {
    const search = parseAlertSearch({ labels: ['service=~"check.*"'] });
    expect(filterOf(search).matchers).toEqual([{ name: 'service', op: 'REGEX', value: 'check.*' }]);
  });

  it('reads an id that the address shows as a number', () => {
    expect(parseAlertSearch({ alert: 12 }).alert).toBe('12');
  });

  it('shows the newest first unless told otherwise, and does not take that for a filter', () => {
    expect(sortOf({})).toBe('NEWEST');
    expect(isFiltered({ sort: 'SEVERITY', alert: '1' })).toBe(false);
    expect(isFiltered({ stale: true })).toBe(true);
  });
});
