import { describe, expect, it } from 'vitest';
import { incidentRow } from './incidentRow.fixture.ts';
import type { IncidentPage } from './incidentsQueries.ts';
import { emptyList, isOutOfDate, nextList } from './listState.ts';

const page = (ids: readonly string[], endCursor: string | null = null): IncidentPage => ({
  nodes: ids.map((id) => incidentRow({ id })),
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
  totalCount: { value: ids.length, isExact: true },
});
const always = () => true;
const never = () => false;

describe('the rows of the incident list', () => {
  const read = nextList(emptyList, { type: 'read', page: page(['a', 'b'], 'c') });

  it('appends a page without repeating a row that moved between two reads', () => {
    const more = nextList(read, { type: 'appended', page: page(['b', 'c']) });
    expect(more.ids).toEqual(['a', 'b', 'c']);
    expect(more.hasNextPage).toBe(false);
  });

  it('changes a row in place', () => {
    const row = incidentRow({ id: 'b', title: 'Other' });
    const next = nextList(read, { type: 'changed', incidents: [row], matches: always });
    expect(next.ids).toEqual(['a', 'b']);
    expect(next.rows.get('b')?.title).toBe('Other');
    expect(isOutOfDate(next)).toBe(false);
  });

  it('lets a new incident wait instead of pushing rows down', () => {
    const next = nextList(read, { type: 'changed', incidents: [incidentRow({ id: 'n' })], matches: always });
    expect(next.ids).toEqual(['a', 'b']);
    expect([...next.waiting]).toEqual(['n']);
  });

  it('keeps a row that no longer matches, marked, until the list is read again', () => {
    const next = nextList(read, { type: 'changed', incidents: [incidentRow({ id: 'a' })], matches: never });
    expect(next.ids).toEqual(['a', 'b']);
    expect([...next.left]).toEqual(['a']);
    expect(isOutOfDate(nextList(next, { type: 'read', page: page(['b']) }))).toBe(false);
  });
});
