import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import { emptyCell, kpiCells, type KpiCells } from '@tocsin/schema/clickhouse/kpiCells';
import type { Grouping } from '@tocsin/schema/clickhouse/kpiSql';
import { kpiDimensions, kpiMetrics, type KpiMetric } from '@tocsin/schema/domain/kpi';
import { bucketStarts, maxBuckets } from '@tocsin/schema/domain/timeBucket';
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

interface Period {
  readonly from: number;
  readonly to: number;
}

const dayMs = 86_400_000;
const fields = ['n', 'value', 'mean', 'median', 'p90', 'excluded'] as const;

/**
 * Every metric overall, by every dimension and by UTC day: from the queries that the API answers with, and from
 * Postgres's own tables. `extent` is the first and last instant that Postgres dates anything by.
 * @param metrics those that Postgres still has everything for
 */
export async function compareKpis(
  postgres: Queryable,
  clickhouse: ClickHouse,
  extent: { readonly first: number; readonly last: number },
  metrics: readonly KpiMetric[] = kpiMetrics,
): Promise<Comparison> {
  // Wider than what Postgres has: what ClickHouse has beyond it is a difference too.
  const everything = { from: Math.min(0, extent.first), to: Math.max(Date.UTC(2100, 0), extent.last + 1) };
  const results: Comparison[] = [];
  for (const grouping of ['OVERALL', 'DAY', ...kpiDimensions] satisfies KpiGrouping[]) {
    const expected = cellsOf(await recomputeKpis(postgres, grouping));
    const found =
      grouping === 'DAY'
        ? await cellsByDay(clickhouse, expected)
        : await cells(clickhouse, everything, groupingOf(grouping));
    results.push(compareCells(grouping, metrics, expected, found));
  }
  return total(results);
}

export function total(results: readonly Comparison[]): Comparison {
  return {
    compared: results.reduce((sum, each) => sum + each.compared, 0),
    differences: results.flatMap((each) => each.differences),
  };
}

function groupingOf(grouping: Exclude<KpiGrouping, 'DAY'>): Grouping {
  return grouping === 'OVERALL' ? { kind: 'overall' } : { kind: 'dimension', dimension: grouping };
}

async function cells(clickhouse: ClickHouse, period: Period, grouping: Grouping): Promise<KpiCells> {
  return kpiCells(clickhouse, { ...period, filter: {} }, kpiMetrics, grouping);
}

/** In stretches as long as a series may be, over the days on which Postgres has anything. */
async function cellsByDay(clickhouse: ClickHouse, expected: KpiCells): Promise<KpiCells> {
  const days = [...expected.keys()].map(Number).toSorted((a, b) => a - b);
  let found: KpiCells = new Map();
  for (let from = days[0]; from !== undefined;) {
    const to = from + maxBuckets * dayMs;
    const starts = bucketStarts(from, to, 'DAY', 'UTC');
    found = new Map([...found, ...(await cells(clickhouse, { from, to }, { kind: 'bucket', starts }))]);
    from = days.find((day) => day >= to);
  }
  return found;
}

function cellsOf(rows: Awaited<ReturnType<typeof recomputeKpis>>): KpiCells {
  const found = new Map<string, Map<KpiMetric, (typeof rows)[number]>>();
  for (const row of rows) {
    const ofKey = found.get(row.key) ?? new Map<KpiMetric, (typeof rows)[number]>();
    found.set(row.key, ofKey.set(row.metric, row));
  }
  return found;
}

/** A key with nothing behind it is as good as none: the one store leaves it out, the other counts 0. */
function compareCells(
  grouping: KpiGrouping,
  metrics: readonly KpiMetric[],
  expected: KpiCells,
  found: KpiCells,
): Comparison {
  const differences: KpiDifference[] = [];
  const keys = new Set([...expected.keys(), ...found.keys()]);
  for (const key of keys) {
    for (const metric of metrics) {
      const inPostgres = expected.get(key)?.get(metric) ?? emptyCell;
      const inClickHouse = found.get(key)?.get(metric) ?? emptyCell;
      for (const field of fields) {
        const [postgres, clickhouse] = [inPostgres[field], inClickHouse[field]];
        if (isSame(postgres, clickhouse)) continue;
        differences.push({ metric, grouping, key: keyText(grouping, key), field, postgres, clickhouse });
      }
    }
  }
  return { compared: keys.size * metrics.length * fields.length, differences };
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
