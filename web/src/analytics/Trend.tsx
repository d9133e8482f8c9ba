import { Button, Skeleton } from '@mantine/core';
import { IconChartLine, IconDownload, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnTicks } from './useRefetchOnTicks.ts';
import { type KpiDefinition, type KpiPoint, seriesQuery } from './analyticsQueries.ts';
import { downloadCsv } from './downloadCsv.ts';
import type { KpiMetric } from './kpiTypes.ts';
import { MetricSelect } from './MetricSelect.tsx';
import { numberColumns, numbersText } from './numberColumns.ts';
import { NoNumbers, NumbersAway } from './numberStates.tsx';
import { bucketFor } from './period.ts';
import { bucketFormat } from './bucketFormat.ts';
import { TrendTable } from './TrendTable.tsx';
import { ensureWellFormedLanguage } from '../ui/wellFormedLanguage.ts';
import type { Analytics } from './useAnalytics.ts';

// The drawing library is a third of this screen: it comes when there is something to draw.
const TrendChart = lazy(async () => {
  ensureWellFormedLanguage();
  const module = await import('./TrendChart.tsx');
  return { default: module.TrendChart };
});

interface TrendProps {
  readonly analytics: Analytics;
  readonly definitions: ReadonlyMap<KpiMetric, KpiDefinition>;
  readonly computedAt: string | null;
}

function exportTrend(points: readonly KpiPoint[], { metric, unit }: KpiDefinition): void {
  const columns = numberColumns(unit);
  const rows = points.map((point) => [point.bucketStart, point.n, ...columns.map(({ key }) => point[key])]);
  downloadCsv(`trend-${metric.toLowerCase()}`, [['start', 'n', ...columns.map(({ csvLabel }) => csvLabel)], ...rows]);
}

interface CourseProps {
  readonly points: readonly KpiPoint[];
  readonly definition: KpiDefinition;
  readonly format: Intl.DateTimeFormat;
}

function Course({ points, definition: { unit, name }, format }: CourseProps) {
  const [hovered, setHovered] = useState<number | null>(null);
  const point = hovered === null ? undefined : points[hovered];
  return (
    <>
      <p className="trend-readout muted" aria-hidden="true">
        {point
          ? `${format.format(Date.parse(point.bucketStart))}: ${numbersText(unit, point)}`
          : unit === 'SECONDS'
            ? 'Median, and dashed the p90'
            : ' '}
      </p>
      <Suspense fallback={<Skeleton height={240} />}>
        <TrendChart
          key={unit}
          points={points}
          unit={unit}
          label={`${name} over time; the same numbers are in the table`}
          onHover={setHovered}
        />
      </Suspense>
    </>
  );
}

/** One number over time, drawn or as a table. */
export function Trend({ analytics, definitions, computedAt }: TrendProps) {
  const { search, query, period, change } = analytics;
  const metric = search.trend ?? 'INCIDENTS_OPENED';
  const bucket = bucketFor(period);
  const { data, error, refetch } = useLiveQuery({ query: seriesQuery, variables: { query, metric, bucket } });
  useRefetchOnTicks(refetch, computedAt);
  const definition = definitions.get(metric);
  const points = data?.kpiSeries.points;
  const isEmpty = points?.every(({ n }) => n === 0) ?? false;
  const format = bucketFormat(bucket);
  return (
    <section className="panel trend" aria-label="Trend">
      <div className="chart-head">
        <h2 className="panel-title">Trend</h2>
        <MetricSelect
          label="Number of the trend"
          value={metric}
          definitions={definitions}
          onChange={(trend) => change({ trend })}
        />
        <span className="muted chart-bucket">by {bucket.toLowerCase()}</span>
        <Button
          variant="subtle"
          size="compact-xs"
          className="chart-first"
          leftSection={search.table ? <IconChartLine size={14} /> : <IconTable size={14} />}
          onClick={() => change({ table: search.table ? undefined : true })}
        >
          {search.table ? 'Show as chart' : 'Read as table'}
        </Button>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconDownload size={14} />}
          disabled={!points || !definition}
          onClick={() => points && definition && exportTrend(points, definition)}
        >
          CSV
        </Button>
      </div>
      <div className="chart-body">
        {!points && error && <NumbersAway error={error} onRetry={refetch} />}
        {(!points || !definition) && !error && <Skeleton height={240} />}
        {points && isEmpty && <NoNumbers name={definition?.name ?? 'this number'} />}
        {points && definition && !isEmpty && !search.table && (
          <Course points={points} definition={definition} format={format} />
        )}
        {points && definition && !isEmpty && search.table && (
          <TrendTable points={points} definition={definition} format={format} />
        )}
      </div>
    </section>
  );
}
