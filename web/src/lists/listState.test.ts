import { describe, expect, it } from 'vitest';
import { emptyList, isOutOfDate, type ListPage, type ListState, nextList } from './listState.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

const row = (id: string, patch: Partial<Row> = {}): Row => ({ id, title: id, version: 1, ...patch });
const page = (ids: readonly string[], endCursor: string | null = null): ListPage<Row> => ({
  nodes: ids.map((id) => row(id)),
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
  totalCount: { value: ids.length, isExact: true },
});
const changed = (state: ListState<Row>, rows: readonly Row[], isMatch = true) =>
  nextList(state, { type: 'changed', rows, matches: () => isMatch, ageOf: ({ version }) => version });

describe('the rows of a list', () => {
  const read = nextList<Row>(emptyList, { type: 'read', page: page(['a', 'b'], 'c') });

  it('appends a page without repeating a row that moved between two reads', () => {
    const more = nextList(read, { type: 'appended', page: page(['b', 'c']) });
    expect(more.ids).toEqual(['a', 'b', 'c']);
    expect(more.hasNextPage).toBe(false);
  });

  it('keeps the count where a later page brings none', () => {
    const { totalCount: _none, ...uncounted } = page(['c']);
    expect(nextList(read, { type: 'appended', page: uncounted }).total?.value).toBe(2);
  });

  it('changes a row in place', () => {
    const next = changed(read, [row('b', { title: 'Other' })]);
    expect(next.ids).toEqual(['a', 'b']);
    expect(next.rows.get('b')?.title).toBe('Other');
    expect(isOutOfDate(next)).toBe(false);
  });

  it('lets a new row wait instead of pushing rows down, until a page brings it', () => {
    const next = changed(read, [row('n')]);
    expect(next.ids).toEqual(['a', 'b']);
    expect([...next.waiting]).toEqual(['n']);
    expect([...nextList(next, { type: 'appended', page: page(['n']) }).waiting]).toEqual([]);
  });

  it('lets go of a waiting row that no longer matches', () => {
    expect(isOutOfDate(changed(changed(read, [row('n')]), [row('n')], false))).toBe(false);
  });

  it('does not let an event overwrite a row that was read after it', () => {
    const current = changed(read, [row('a', { version: 3 })]);
    expect(changed(current, [row('a', { title: 'old', version: 2 })]).rows.get('a')?.title).toBe('a');
  });

  it('keeps a row that no longer matches, marked, until the list is read again', () => {
    const next = changed(read, [row('a')], false);
    expect(next.ids).toEqual(['a', 'b']);
    expect([...next.left]).toEqual(['a']);
    expect(isOutOfDate(nextList(next, { type: 'read', page: page(['b']) }))).toBe(false);
  });

  it('hears nothing before the first answer', () => {
    expect(changed(emptyList, [row('a')])).toBe(emptyList);
  });
});
