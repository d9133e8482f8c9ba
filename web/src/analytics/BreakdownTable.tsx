import { IconArrowDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BreakdownRow, KpiDefinition } from './analyticsQueries.ts';
import type { BreakdownSort } from './analyticsSearch.ts';
import { rowName, sortedRows } from './breakdownRows.ts';
import { drillDown, scopeOfRow } from './drillDown.ts';
import { headline, kpiText } from './kpiFormat.ts';
import { dimensionWords, type KpiDimension } from './kpiTypes.ts';
import { numberColumns } from './numberColumns.ts';
import type { Analytics } from './useAnalytics.ts';

interface TableProps {
  readonly rows: readonly BreakdownRow[];
  readonly definition: KpiDefinition;
  readonly by: KpiDimension;
  readonly analytics: Analytics;
}

interface SortHeadProps {
  readonly sort: BreakdownSort;
  readonly analytics: Analytics;
  readonly children: ReactNode;
}

function SortHead({ sort, analytics: { search, change }, children }: SortHeadProps) {
  const isSorted = (search.sort ?? 'value') === sort;
  return (
    <th scope="col" aria-sort={isSorted ? (sort === 'name' ? 'ascending' : 'descending') : 'none'}>
      <button type="button" className="sort-button" onClick={() => change({ sort })}>
        {children}
        {isSorted && <IconArrowDown size={12} stroke={2} aria-hidden="true" />}
      </button>
    </th>
  );
}

function Row({
  row,
  definition: { metric, unit },
  by,
  analytics,
  most,
}: Omit<TableProps, 'rows'> & {
  readonly row: BreakdownRow;
  readonly most: number;
}) {
  const main = headline(unit, row);
  const scope = scopeOfRow(analytics.search, by, row.key);
  const name = rowName(by, row.key);
  return (
    <tr>
      <th scope="row">{scope ? <Link {...drillDown(metric, scope, analytics.period)}>{name}</Link> : name}</th>
      <td className="bar-cell" aria-hidden="true">
        <span className="bar" style={{ width: `${most > 0 && main !== null ? (main / most) * 100 : 0}%` }} />
      </td>
      {numberColumns(unit).map(({ key }) => (
        <td key={key} data-column={key}>
          {kpiText(unit, row[key])}
        </td>
      ))}
      {unit !== 'COUNT' && <td className="muted">{row.n.toLocaleString('en')}</td>}
    </tr>
  );
}

export function BreakdownTable({ rows, definition, by, analytics }: TableProps) {
  const { unit } = definition;
  const sorted = sortedRows(rows, analytics.search.sort ?? 'value', { unit, by });
  const most = Math.max(0, ...rows.map((row) => headline(unit, row) ?? 0));
  const [first, ...others] = numberColumns(unit);
  return (
    <table className="number-table breakdown-table">
      <thead>
        <tr>
          <SortHead sort="name" analytics={analytics}>
            {dimensionWords[by]}
          </SortHead>
          <td aria-hidden="true" />
          <SortHead sort="value" analytics={analytics}>
            {first?.label}
          </SortHead>
          {others.map(({ key, label }) => (
            <th key={key} scope="col" data-column={key}>
              {label}
            </th>
          ))}
          {unit !== 'COUNT' && (
            <SortHead sort="n" analytics={analytics}>
              n
            </SortHead>
          )}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <Row
            key={row.key ?? ''}
            row={row}
            definition={definition}
            by={by}
            analytics={analytics}
            most={unit === 'RATIO' ? 1 : most}
          />
        ))}
      </tbody>
    </table>
  );
}
