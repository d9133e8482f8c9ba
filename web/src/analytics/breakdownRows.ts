import { severities, severityWords } from '../ui/words.ts';
import type { BreakdownRow } from './analyticsQueries.ts';
import type { BreakdownSort } from './analyticsSearch.ts';
import { dimensionWords, type KpiDimension, type KpiUnit } from './kpiTypes.ts';
import { headline } from './kpiFormat.ts';

const sourceWords: Readonly<Record<string, string>> = {
  ALERTMANAGER: 'Alertmanager',
  PROMETHEUS: 'Prometheus',
  SIGNOZ: 'SigNoz',
  GENERIC: 'Generic JSON',
};

export function rowName(by: KpiDimension, key: string | null): string {
  if (key === null || key === '') return `No ${dimensionWords[by].toLowerCase()}`;
  const severity = severities.find((each) => each === key.toUpperCase());
  if (by === 'SEVERITY' && severity) return severityWords[severity];
  return by === 'SOURCE' ? (sourceWords[key.toUpperCase()] ?? key) : key;
}

/** The largest first, or by name; rows without a number stand last. */
export function sortedRows(
  rows: readonly BreakdownRow[],
  sort: BreakdownSort,
  { unit, by }: { readonly unit: KpiUnit; readonly by: KpiDimension },
): readonly BreakdownRow[] {
  const byName = (a: BreakdownRow, b: BreakdownRow) => rowName(by, a.key).localeCompare(rowName(by, b.key));
  const numberOf = (row: BreakdownRow) => (sort === 'n' ? row.n : (headline(unit, row) ?? Number.NEGATIVE_INFINITY));
  return rows.toSorted((a, b) => {
    if (sort === 'name') return byName(a, b);
    const [left, right] = [numberOf(a), numberOf(b)];
    return left === right ? byName(a, b) : right - left;
  });
}
