import { setTimeout as sleep } from 'node:timers/promises';
import { kpiReader } from '@tocsin/schema/postgres/kpiSource';
import { withLogReader } from '@tocsin/schema/postgres/logReader';
import type { Pool, PoolClient } from '@tocsin/schema/postgres/pool';

/** Runs `work` in the relay's place as soon as it is between two ranges; null when that took too long or `work` gave null. */
export async function holdingKpiReader<T>(
  pool: Pool,
  patienceMs: number,
  work: (client: PoolClient) => Promise<T | null>,
): Promise<T | null> {
  for (let waited = 0; waited <= patienceMs; waited += 50) {
    const held = await withLogReader(pool, kpiReader, async (client) => ({ result: await work(client) }));
    if (held !== null) return held.result;
    await sleep(50);
  }
  return null;
}
