import { describe, expect, it } from 'vitest';
import { emptyAlertList, nextAlertList } from './alertListState.ts';
import { alertRow } from './alertRow.fixture.ts';

const page = (ids: readonly string[], endCursor: string | null = null) => ({
  nodes: ids.map((id) => alertRow({ id })),
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
  totalCount: { value: ids.length, isExact: true },
});
const always = () => true;

describe('the rows of the alert explorer', () => {
  const read = nextAlertList(emptyAlertList, { type: 'read', page: page(['a', 'b'], 'c') });

  it('appends a page without repeating a row', () => {
    expect(nextAlertList(read, { type: 'appended', page: page(['b', 'c']) }).ids).toEqual(['a', 'b', 'c']);
  });

  it('changes a row in place and lets a new one wait', () => {
    const alerts = [alertRow({ id: 'b', receivedCount: 4 }), alertRow({ id: 'n' })];
    const next = nextAlertList(read, { type: 'changed', alerts, matches: always });
    expect(next.ids).toEqual(['a', 'b']);
    expect(next.rows.get('b')?.receivedCount).toBe(4);
    expect([...next.waiting]).toEqual(['n']);
  });

  it('does not let an event overwrite a row that was read after it', () => {
    const late = alertRow({ id: 'a', title: 'old', lastReceivedAt: '2026-03-01T09:00:00.000Z' });
    const next = nextAlertList(read, { type: 'changed', alerts: [late], matches: always });
    expect(next.rows.get('a')?.title).not.toBe('old');
  });

  it('keeps a row that no longer matches, marked', () => {
    const next = nextAlertList(read, { type: 'changed', alerts: [alertRow({ id: 'a' })], matches: () => false });
    expect(next.ids).toEqual(['a', 'b']);
    expect([...next.left]).toEqual(['a']);
  });

  it('hears nothing before the first answer', () => {
    expect(nextAlertList(emptyAlertList, { type: 'changed', alerts: [alertRow()], matches: always })).toBe(
      emptyAlertList,
    );
  });
});
