import { describe, expect, it } from 'vitest';
import { auditDiff } from './auditDiff.ts';

const json = (value: unknown) => JSON.stringify(value);

describe('what changed between two documents', () => {
  it('is every place that differs, and no other', () => {
    expect(
      auditDiff(
        json({ name: 'Web', layers: [{ at: '09:00' }, { at: '17:00' }], gone: true }),
        json({ name: 'Web', layers: [{ at: '09:00' }, { at: '18:00' }], fresh: [] }),
      ),
    ).toEqual([
      { path: 'layers[1].at', before: '17:00', after: '18:00' },
      { path: 'fresh', before: null, after: '[]' },
      { path: 'gone', before: 'true', after: null },
    ]);
  });

  it('is everything of what was made or removed', () => {
    expect(auditDiff(null, json({ name: 'Web' }))).toEqual([{ path: 'name', before: null, after: 'Web' }]);
    expect(auditDiff(json({ name: null }), null)).toEqual([{ path: 'name', before: 'null', after: null }]);
  });

  it('is nothing where nothing was given', () => expect(auditDiff(null, null)).toEqual([]));

  it('takes what is no JSON as one text', () =>
    expect(auditDiff('a', 'b')).toEqual([{ path: '', before: 'a', after: 'b' }]));
});
