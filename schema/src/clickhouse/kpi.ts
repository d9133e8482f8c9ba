import {
  assertKpiQuery,
  type KpiBreakdownRow,
  type KpiDimension,
  type KpiMetric,
  type KpiNumbers,
  type KpiPoint,
  type KpiQuery,
  type KpiValue,
  type NoiseFunnel,
} from '../domain/kpi.js';
import { kpiDefinition } from '../domain/kpiDefinitions.js';
import { bucketStarts, type TimeBucket } from '../domain/timeBucket.js';
import { selectRows, type ClickHouse } from './client.js';
import { emptyCell, kpiCells, type KpiCell } from './kpiCells.js';
import { filterConditions, incidentServices, kpiParameters } from './kpiSql.js';

/** The tiles: each metric over the period and over the equally long one before, in the order asked for. */
export async function kpiValues(
  clickhouse: ClickHouse,
  query: KpiQuery,
  metrics: readonly KpiMetric[],
): Promise<readonly KpiValue[]> {
  assertKpiQuery(query);
  const range = { from: query.from - (query.to - query.from), to: query.to, filter: query.filter };
  const cells = await kpiCells(clickhouse, range, metrics, { kind: 'period', boundary: query.from });
  return metrics.map((metric) => {
    const { excluded, ...numbers } = withZero(metric, cells.get('current')?.get(metric));
    return { metric, ...numbers, excluded, previous: numbersOf(withZero(metric, cells.get('previous')?.get(metric))) };
  });
}

/** One metric by buckets of time, empty ones included. @throws DomainFailure beyond 2000 points. */
export async function kpiSeries(
  clickhouse: ClickHouse,
  query: KpiQuery,
  metric: KpiMetric,
  bucket: TimeBucket,
): Promise<readonly KpiPoint[]> {
  assertKpiQuery(query);
  const starts = bucketStarts(query.from, query.to, bucket, query.timeZone);
  const cells = await kpiCells(clickhouse, query, [metric], { kind: 'bucket', starts });
  return starts.map((bucketStart) => ({
    bucketStart,
    ...numbersOf(withZero(metric, cells.get(String(bucketStart))?.get(metric))),
  }));
}

/**
 * One metric by the values of a dimension, the ones with the most behind them first.
 * @param limit those with the least behind them are left out beyond it. Default: 1000
 */
export async function kpiBreakdown(
  clickhouse: ClickHouse,
  query: KpiQuery,
  metric: KpiMetric,
  by: KpiDimension,
  limit = 1_000,
): Promise<readonly KpiBreakdownRow[]> {
  assertKpiQuery(query);
  const cells = await kpiCells(clickhouse, query, [metric], { kind: 'dimension', dimension: by });
  const rows = [...cells].map(([key, ofKey]) => ({
    key: key === '' ? null : key,
    ...numbersOf(withZero(metric, ofKey.get(metric))),
  }));
  return rows
    .filter((row) => row.n > 0)
    .toSorted((a, b) => b.n - a.n || (a.key ?? '').localeCompare(b.key ?? ''))
    .slice(0, limit);
}

/** received → alerts → incidents → acknowledged. With a filter on team or type, which alerts lack, the first two are 0. */
export async function noiseFunnel(clickhouse: ClickHouse, query: KpiQuery): Promise<NoiseFunnel> {
  assertKpiQuery(query);
  const grouping = { kind: 'overall' } as const;
  const metrics: readonly KpiMetric[] = [
    'ALERTS_RECEIVED',
    'ALERTS_OPENED',
    'INCIDENTS_OPENED',
    'DEDUP_RATIO',
    'COMPRESSION',
  ];
  const [cells, [acknowledged]] = await Promise.all([
    kpiCells(clickhouse, query, metrics, grouping),
    selectRows<{ n: number }>(
      clickhouse,
      `select count() as n from incident_fact final
        where opened_at >= fromUnixTimestamp64Milli({from: Int64}, 'UTC')
          and opened_at < fromUnixTimestamp64Milli({to: Int64}, 'UTC')
          and phase != 'merged' and acknowledged_at is not null${filterConditions(query.filter, incidentServices)}`,
      kpiParameters(query.filter, grouping, query.from, query.to),
    ),
  ]);
  const cell = (metric: KpiMetric): KpiCell => cells.get('')?.get(metric) ?? emptyCell;
  return {
    received: cell('ALERTS_RECEIVED').n,
    alerts: cell('ALERTS_OPENED').n,
    incidents: cell('INCIDENTS_OPENED').n,
    acknowledged: Number(acknowledged?.n ?? 0),
    dedupRatio: cell('DEDUP_RATIO').value,
    compression: cell('COMPRESSION').value,
  };
}

/** Nothing counted is the number 0; nothing measured is no number. */
function withZero(metric: KpiMetric, cell: KpiCell | undefined): KpiCell {
  return cell ?? { ...emptyCell, value: kpiDefinition(metric).unit === 'COUNT' ? 0 : null };
}

function numbersOf({ n, value, mean, median, p90 }: KpiCell): KpiNumbers {
  return { n, value, mean, median, p90 };
}
