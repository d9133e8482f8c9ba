import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { type BreakdownRow, breakdownQuery, type KpiDefinition } from './analyticsQueries.ts';
import { BreakdownTable } from './BreakdownTable.tsx';
import { rowName } from './breakdownRows.ts';
import { downloadCsv } from './downloadCsv.ts';
import { dimensions, dimensionWords, type KpiDimension, type KpiMetric } from './kpiTypes.ts';
import { MetricSelect } from './MetricSelect.tsx';
import { numberColumns } from './numberColumns.ts';
import { NoNumbers, NumbersAway } from './numberStates.tsx';
import type { Analytics } from './useAnalytics.ts';
import { useRefetchOnTicks } from './useRefetchOnTicks.ts';

function exportRows(rows: readonly BreakdownRow[], { metric, unit }: KpiDefinition, by: KpiDimension): void {
  const columns = numberColumns(unit);
  const head = [by.toLowerCase(), 'n', ...columns.map(({ csvLabel }) => csvLabel)];
  const lines = rows.map((row) => [rowName(by, row.key), row.n, ...columns.map(({ key }) => row[key])]);
  downloadCsv(`${metric.toLowerCase()}-by-${by.toLowerCase()}`, [head, ...lines]);
}

interface BreakdownProps {
  readonly analytics: Analytics;
  readonly definitions: ReadonlyMap<KpiMetric, KpiDefinition>;
  readonly computedAt: string | null;
}

/** One number, split. */
export function Breakdown({ analytics, definitions, computedAt }: BreakdownProps) {
  const { search, query, change } = analytics;
  const metric = search.metric ?? 'INCIDENTS_OPENED';
  const by = search.by ?? 'SERVICE';
  const { data, error, refetch } = useLiveQuery({ query: breakdownQuery, variables: { query, metric, by } });
  useRefetchOnTicks(refetch, computedAt);
  const definition = definitions.get(metric);
  const rows = data?.kpiBreakdown.rows;
  return (
    <section className="panel breakdown" aria-label="Breakdown">
      <div className="chart-head">
        <h2 className="panel-title">Breakdown</h2>
        <MetricSelect
          label="Number of the breakdown"
          value={metric}
          definitions={definitions}
          onChange={(next) => change({ metric: next })}
        />
        <NativeSelect
          size="xs"
          aria-label="Split by"
          value={by}
          onChange={(event) => change({ by: event.currentTarget.value })}
          data={dimensions.map((value) => ({ value, label: `by ${dimensionWords[value].toLowerCase()}` }))}
        />
        <Button
          variant="subtle"
          size="compact-xs"
          className="chart-first"
          leftSection={<IconDownload size={14} />}
          disabled={!rows || !definition}
          onClick={() => rows && definition && exportRows(rows, definition, by)}
        >
          CSV
        </Button>
      </div>
      <div className="chart-body">
        {!rows && error && <NumbersAway error={error} onRetry={refetch} />}
        {(!rows || !definition) && !error && <Skeleton height={200} />}
        {rows?.length === 0 && <NoNumbers name={definition?.name ?? 'this number'} />}
        {rows && rows.length > 0 && definition && (
          <BreakdownTable rows={rows} definition={definition} by={by} analytics={analytics} />
        )}
      </div>
    </section>
  );
}
