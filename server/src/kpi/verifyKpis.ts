import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import { migrateClickHouse } from '@tocsin/schema/clickhouse/migrate';
import { projectNextRange } from '@tocsin/schema/clickhouse/project';
import { countProjected } from '@tocsin/schema/clickhouse/projectedCounts';
import { logFloor } from '@tocsin/schema/postgres/eventPartitions';
import { kpiMetrics } from '@tocsin/schema/domain/kpi';
import { countStored, kpiExtent } from '@tocsin/schema/postgres/kpi';
import { kpiReader, kpiSource } from '@tocsin/schema/postgres/kpiSource';
import {
  logReaderCursor,
  logReaderLagSeconds,
  resetLogReader,
  seesNothingBeyond,
} from '@tocsin/schema/postgres/logReader';
import type { Pool, PoolClient } from '@tocsin/schema/postgres/pool';
import { compareKpis, total, type Comparison, type KpiDifference } from './compareKpis.js';
import { holdingKpiReader } from './holdingKpiReader.js';

export interface KpiStores {
  readonly pool: Pool;
  readonly clickhouse: ClickHouse;
  /** @default one server */
  readonly cluster?: string | null;
}

export interface VerifyOptions {
  /** How long to wait for a moment at which nothing of the log is held back. @default 30000 */
  readonly patienceMs?: number;
}

export type VerifyReport =
  | { readonly outcome: 'compared'; readonly compared: number; readonly differences: readonly KpiDifference[] }
  /** The log moved all the time, or another process holds the relay: nothing was compared. */
  | { readonly outcome: 'behind'; readonly lagSeconds: number };

/**
 * Recomputes every KPI from Postgres and compares it with what the API answers from ClickHouse, while both stand still:
 * the relay's lock is held, one snapshot of Postgres is read, and ClickHouse is first brought up to exactly that.
 * Senders and people go on meanwhile.
 * @throws when a store is away.
 */
export async function verifyKpis(stores: KpiStores, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { patienceMs = 30_000 } = options;
  const report = await holdingKpiReader(stores.pool, patienceMs, async (relay) => {
    const { wasEmpty } = await migrateClickHouse(stores.clickhouse, { cluster: stores.cluster ?? null });
    if (wasEmpty) await resetLogReader(relay, kpiReader);
    return inSettledSnapshot(stores, relay, patienceMs);
  });
  if (report !== null) return { outcome: 'compared', ...report };
  return { outcome: 'behind', lagSeconds: await logReaderLagSeconds(stores.pool, kpiReader) };
}

/**
 * A snapshot may show rows that the log's horizon still hides, because an earlier transaction was running when it was
 * taken. Such a one is thrown away and another is taken: transactions are short.
 */
async function inSettledSnapshot(stores: KpiStores, relay: PoolClient, patienceMs: number): Promise<Comparison | null> {
  const snapshot = await stores.pool.connect();
  let broken: Error | undefined;
  try {
    for (let waited = 0; waited <= patienceMs; waited += 20) {
      await snapshot.query('begin isolation level repeatable read read only');
      // Over a million incidents the recomputation takes longer than a request may.
      await snapshot.query('set local statement_timeout = 0');
      // Events and facts come from the snapshot: ClickHouse never gets ahead of what it is compared with.
      const source = kpiSource(relay, snapshot);
      while ((await projectNextRange(stores.clickhouse, source)) > 0);
      if (await seesNothingBeyond(snapshot, await logReaderCursor(relay, kpiReader))) {
        return await compareStores(snapshot, stores.clickhouse);
      }
      await snapshot.query('rollback');
      await sleep(20);
    }
    return null;
  } finally {
    await snapshot.query('rollback').catch((failure: Error) => (broken = failure));
    snapshot.release(broken);
  }
}

async function compareStores(postgres: PoolClient, clickhouse: ClickHouse): Promise<Comparison> {
  const [stored, projected] = [await countStored(postgres), await countProjected(clickhouse)];
  const extent = await kpiExtent(postgres);
  // Where retention took the beginning of the log, only what Postgres keeps beside the log can be compared.
  const isWhole = (await logFloor(postgres)) === null;
  const names = isWhole ? [...new Set([...stored.keys(), ...projected.keys()])] : countsBesideTheLog;
  const metrics = isWhole ? kpiMetrics : kpiMetrics.filter((metric) => !metricsOfTheLog.has(metric));
  return total([
    compareCounts(names, stored, projected),
    await compareKpis(postgres, clickhouse, extent ?? { first: 0, last: 0 }, metrics),
  ]);
}

const countsBesideTheLog = ['alerts in incidents', 'incidents stored'];
const metricsOfTheLog: ReadonlySet<string> = new Set([
  'ALERTS_RECEIVED',
  'ALERTS_OPENED',
  'DEDUP_RATIO',
  'COMPRESSION',
]);

function compareCounts(
  names: readonly string[],
  stored: ReadonlyMap<string, number>,
  projected: ReadonlyMap<string, number>,
): Comparison {
  const differences = names.flatMap((metric) => {
    const [postgres, clickhouse] = [stored.get(metric) ?? 0, projected.get(metric) ?? 0];
    return postgres === clickhouse ? [] : [{ metric, grouping: 'ROWS', key: '', field: 'n', postgres, clickhouse }];
  });
  return { compared: names.length, differences };
}
