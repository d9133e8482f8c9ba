import type { KpiDefinition, KpiPoint } from './analyticsQueries.ts';
import { kpiText } from './kpiFormat.ts';
import { numberColumns } from './numberColumns.ts';

interface TrendTableProps {
  readonly points: readonly KpiPoint[];
  readonly definition: KpiDefinition;
  readonly format: Intl.DateTimeFormat;
}

/** The chart in words, newest first; buckets in which nothing happened are left out. */
export function TrendTable({ points, definition: { unit, name }, format }: TrendTableProps) {
  const columns = numberColumns(unit);
  const filled = points.filter(({ n }) => n > 0).toReversed();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard has to reach it
    <div className="trend-table" tabIndex={0} role="region" aria-label={`${name} over time`}>
      <table className="number-table">
        <thead>
          <tr>
            <th scope="col">From</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            {unit !== 'COUNT' && <th scope="col">n</th>}
          </tr>
        </thead>
        <tbody>
          {filled.map((point) => (
            <tr key={point.bucketStart}>
              <th scope="row">{format.format(Date.parse(point.bucketStart))}</th>
              {columns.map(({ key }) => (
                <td key={key}>{kpiText(unit, point[key])}</td>
              ))}
              {unit !== 'COUNT' && <td className="muted">{point.n.toLocaleString('en')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
