import { describe, expect, it } from 'vitest';
import { rowName, sortedRows } from './breakdownRows.ts';

const row = (key: string | null, median: number | null, n = 1) => ({
  key,
  n,
  value: null,
  mean: null,
  median,
  p90: null,
});
const of = { unit: 'SECONDS', by: 'SERVICE' } as const;

describe('the rows of a breakdown', () => {
  const rows = [row('b', 10, 9), row(null, null), row('a', 30, 2)];

  it('stand largest first, and those without a number last', () => {
    expect(sortedRows(rows, 'value', of).map(({ key }) => key)).toEqual(['a', 'b', null]);
    expect(sortedRows(rows, 'n', of).map(({ key }) => key)).toEqual(['b', 'a', null]);
  });

  it('stand by name when asked', () => {
    expect(sortedRows(rows, 'name', of).map(({ key }) => key)).toEqual(['a', 'b', null]);
  });

  it('have words for what is missing and for the domain’s own values', () => {
    expect(rowName('TEAM', null)).toBe('No team');
    expect(rowName('SEVERITY', 'critical')).toBe('Critical');
    expect(rowName('SOURCE', 'signoz')).toBe('SigNoz');
  });
});
