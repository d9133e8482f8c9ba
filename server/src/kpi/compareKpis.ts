import { kpiBreakdown, kpiSeries, kpiValues } from '@tocsin/schema/clickhouse/kpi';
import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import {
  kpiDimensions,
  kpiMetrics,
  noNumbers,
  type KpiDimension,
  type KpiMetric,
  type KpiNumbers,
  type KpiQuery,
} from '@tocsin/schema/domain/kpi';
import { maxBuckets } from '@tocsin/schema/domain/timeBucket';
import { recomputeKpis } from '@tocsin/schema/postgres/kpi';
import type { KpiGrouping } from '@tocsin/schema/postgres/kpiSql';
import type { Queryable } from '@tocsin/schema/postgres/pool';

/** One number that the two stores do not agree on. `key` is a value of a dimension or a day; empty overall and for none. */
export interface KpiDifference {
  readonly metric: string;
  readonly grouping: string;
  readonly key: string;
  readonly field: string;
  readonly postgres: number | null;
  readonly clickhouse: number | null;
}

export interface Comparison {
  readonly compared: number;
  readonly differences: readonly KpiDifference[];
}

type Numbers = KpiNumbers & { readonly excluded?: number };
/** metric → key → numbers */
type Found = ReadonlyMap<KpiMetric, ReadonlyMap<string, Numbers>>;

const dayMs = 86_400_000;

/** Every metric overall, by every dimension and by day, as the API would answer it and as Postgres's own tables have it. */
export async function compareKpis(
  postgres: Queryable,
  clickhouse: ClickHouse,
  extent: { readonly first: number; readonly last: number },
): Promise<Comparison> {
  // Wider than what Postgres has: what ClickHouse has beyond it is a difference too.
  const [from, to] = [Math.min(0, extent.first), Math.max(Date.UTC(2100, 0), extent.last + 1)];
  const query: KpiQuery = { from, to, filter: {}, timeZone: 'UTC' };
  const results: Comparison[] = [];
  for (const grouping of ['OVERALL', 'DAY', ...kpiDimensions] satisfies KpiGrouping[]) {
    const expected = byMetric(await recomputeKpis(postgres, grouping));
    const found = await answered(clickhouse, query, grouping, expected);
    for (const metric of kpiMetrics) {
      results.push(compareKeys(metric, grouping, expected.get(metric) ?? new Map(), found.get(metric) ?? new Map()));
    }
  }
  return total(results);
}

export function total(results: readonly Comparison[]): Comparison {
  return {
    compared: results.reduce((sum, each) => sum + each.compared, 0),
    differences: results.flatMap((each) => each.differences),
  };
}

function byMetric(rows: readonly (Numbers & { readonly metric: KpiMetric; readonly key: string })[]): Found {
  const found = new Map<KpiMetric, Map<string, Numbers>>();
  for (const row of rows) found.set(row.metric, (found.get(row.metric) ?? new Map()).set(row.key, row));
  return found;
}

async function answered(
  clickhouse: ClickHouse,
  query: KpiQuery,
  grouping: KpiGrouping,
  expected: Found,
): Promise<Found> {
  if (grouping === 'OVERALL') {
    const values = await kpiValues(clickhouse, query, kpiMetrics);
    return new Map(values.map((value) => [value.metric, new Map([['', value]])]));
  }
  const found = new Map<KpiMetric, ReadonlyMap<string, Numbers>>();
  for (const metric of kpiMetrics) {
    found.set(
      metric,
      grouping === 'DAY'
        ? await byDay(clickhouse, metric, query, expected)
        : await byKey(clickhouse, metric, query, grouping),
    );
  }
  return found;
}

async function byKey(
  clickhouse: ClickHouse,
  metric: KpiMetric,
  query: KpiQuery,
  by: KpiDimension,
): Promise<ReadonlyMap<string, Numbers>> {
  const rows = await kpiBreakdown(clickhouse, query, metric, by, Number.POSITIVE_INFINITY);
  return new Map(rows.map((row) => [row.key ?? '', row]));
}

/** In stretches that a series may have, over the days on which Postgres has anything. */
async function byDay(
  clickhouse: ClickHouse,
  metric: KpiMetric,
  query: KpiQuery,
  expected: Found,
): Promise<ReadonlyMap<string, Numbers>> {
  const days = [...new Set([...expected.values()].flatMap((keys) => [...keys.keys()].map(Number)))].toSorted(
    (a, b) => a - b,
  );
  const points = new Map<string, Numbers>();
  for (let from = days[0]; from !== undefined;) {
    const to = from + maxBuckets * dayMs;
    for (const point of await kpiSeries(clickhouse, { ...query, from, to }, metric, 'DAY')) {
      if (point.n > 0) points.set(String(point.bucketStart), point);
    }
    from = days.find((day) => day >= to);
  }
  return points;
}

function compareKeys(
  metric: KpiMetric,
  grouping: KpiGrouping,
  expected: ReadonlyMap<string, Numbers>,
  found: ReadonlyMap<string, Numbers>,
): Comparison {
  const fields = [
    'n',
    'value',
    'mean',
    'median',
    'p90',
    ...(grouping === 'OVERALL' ? (['excluded'] as const) : []),
  ] as const;
  const differences: KpiDifference[] = [];
  // A key with nothing behind it is as good as none: the one store leaves it out, the other counts 0.
  const keys = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (key) => grouping === 'OVERALL' || (expected.get(key)?.n ?? 0) > 0 || (found.get(key)?.n ?? 0) > 0,
  );
  for (const key of keys) {
    const inPostgres: Numbers = expected.get(key) ?? noNumbers;
    const inClickHouse: Numbers = found.get(key) ?? noNumbers;
    for (const field of fields) {
      const [postgres, clickhouse] = [inPostgres[field] ?? null, inClickHouse[field] ?? null];
      if (!isSame(postgres, clickhouse))
        differences.push({ metric, grouping, key: keyText(grouping, key), field, postgres, clickhouse });
    }
  }
  return { compared: keys.length * fields.length, differences };
}

function keyText(grouping: KpiGrouping, key: string): string {
  return grouping === 'DAY' ? new Date(Number(key)).toISOString().slice(0, 10) : key;
}

/**
 * Sums of floating point numbers differ in their last digits with the order of adding; nothing else may differ.
 * No number is as good as 0: the `n` beside it says which it is.
 */
function isSame(a: number | null, b: number | null): boolean {
  const [left, right] = [a ?? 0, b ?? 0];
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}
