import { describe, expect, it } from 'vitest';
import { filterOf, parseIncidentSearch, sortOf } from './incidentSearch.ts';

describe('the address of the incident list', () => {
  it('shows open incidents, the worst first, when it says nothing', () => {
    const search = parseIncidentSearch({});
    expect(search).toEqual({});
    expect(filterOf(search).isOpen).toBe(true);
    expect(sortOf(search)).toBe('SEVERITY');
  });

  it('leaves out what it does not understand', () => {
    expect(parseIncidentSearch({ severity: ['CRITICAL', 'LOUD'], sort: 'RANDOM', openedAfter: 'soon' })).toEqual({
      severity: ['CRITICAL'],
    });
  });

  it('keeps the empty assignee, which stands for unassigned', () => {
    expect(parseIncidentSearch({ assignee: [''] })).toEqual({ assignee: [''] });
  });

  it('looks into closed incidents too when a phase is asked for', () => {
    expect(filterOf(parseIncidentSearch({ phase: ['RESOLVED'] })).isOpen).toBeNull();
  });
});
