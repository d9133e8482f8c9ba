import { describe, expect, it } from 'vitest';
import { incidentRow } from './incidentRow.fixture.ts';
import { matchesFilter } from './matchesFilter.ts';

describe('matching a live incident with the filter on screen', () => {
  it('takes everything when nothing is filtered', () => expect(matchesFilter(incidentRow(), {})).toBe(true));

  it('leaves resolved incidents out of the open ones', () => {
    expect(matchesFilter(incidentRow({ isOpen: false, phase: 'RESOLVED' }), { isOpen: true })).toBe(false);
  });

  it('takes an incident of several services when one of them is wanted', () => {
    const row = incidentRow({ services: ['checkout', 'payments'] });
    expect(matchesFilter(row, { services: ['payments'] })).toBe(true);
    expect(matchesFilter(row, { services: ['search'] })).toBe(false);
  });

  it('finds unassigned incidents by the empty string', () => {
    expect(matchesFilter(incidentRow(), { assignees: [''] })).toBe(true);
    expect(matchesFilter(incidentRow({ assignee: 'Mia' }), { assignees: [''] })).toBe(false);
  });

  it('finds by words of the title in any order, or by the reference', () => {
    expect(matchesFilter(incidentRow(), { text: 'checkout error' })).toBe(true);
    expect(matchesFilter(incidentRow(), { text: 'inc-1' })).toBe(true);
    expect(matchesFilter(incidentRow(), { text: 'checkout latency' })).toBe(false);
  });

  it('leaves unresolved incidents out of a period of resolution', () => {
    expect(matchesFilter(incidentRow(), { resolvedAfter: '2026-01-01T00:00:00Z' })).toBe(false);
  });
});
