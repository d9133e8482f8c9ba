import { dropClickHouseTables, migrateClickHouse } from '@tocsin/schema/clickhouse/migrate';
import { projectNextRange } from '@tocsin/schema/clickhouse/project';
import { countProjectedRows } from '@tocsin/schema/clickhouse/projectedCounts';
import { kpiReader, kpiSource } from '@tocsin/schema/postgres/kpiSource';
import { resetLogReader } from '@tocsin/schema/postgres/logReader';
import { holdingKpiReader } from './holdingKpiReader.js';
import type { KpiStores } from './verifyKpis.js';

export type RebuildReport =
  | { readonly outcome: 'rebuilt'; readonly events: number; readonly rows: Readonly<Record<string, number>> }
  /** Another process held the relay all the time: nothing was touched. */
  | { readonly outcome: 'busy' };

/**
 * Drops every table of ours in ClickHouse and writes them again from the start of the log to its head, in the relay's
 * place. Cut short, it is completed by the relay: the cursor goes back first, and new tables mean the whole log.
 * @throws when a store is away.
 */
export async function rebuildProjection(stores: KpiStores, patienceMs = 30_000): Promise<RebuildReport> {
  const report = await holdingKpiReader(stores.pool, patienceMs, async (relay) => {
    const deployment = { cluster: stores.cluster ?? null };
    await resetLogReader(relay, kpiReader);
    await dropClickHouseTables(stores.clickhouse, deployment);
    await migrateClickHouse(stores.clickhouse, deployment);
    let events = 0;
    for (let written = 1; written > 0; events += written) {
      written = await projectNextRange(stores.clickhouse, kpiSource(relay));
    }
    return { outcome: 'rebuilt', events, rows: await countProjectedRows(stores.clickhouse) } as const;
  });
  return report ?? { outcome: 'busy' };
}
