import type { Pool } from '@tocsin/schema/postgres/pool';
import { eventually } from './tocsin.js';

/** Waits until readers may see every event: a transaction in another test's database holds the cluster's horizon too. */
export async function settled(pool: Pool): Promise<void> {
  await eventually(async () => {
    const { rows } = await pool.query<{ ok: boolean }>(
      'select not exists (select from event where xid >= pg_snapshot_xmin(pg_current_snapshot())) as ok',
    );
    return rows[0]?.ok;
  });
}
