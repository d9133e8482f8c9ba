import type { ReceivedOutcome } from '../domain/event.js';
import type { Queryable } from './pool.js';

export interface Delivery {
  readonly id: string;
  readonly integrationId: number;
  readonly receivedAt: number;
  readonly receivedCount: number;
  /** Of its alerts, and the changes that it told. */
  readonly outcomes: Readonly<Partial<Record<ReceivedOutcome | 'changes', number>>>;
}

/** The newest deliveries of each integration, newest first. */
export async function deliveriesOf(
  db: Queryable,
  integrationIds: readonly number[],
  first: number,
): Promise<readonly Delivery[]> {
  const { rows } = await db.query<{
    id: string;
    integration_id: number;
    received_at: number;
    received_count: number;
    outcomes: Delivery['outcomes'];
  }>({
    name: 'deliveries',
    text: `select d.* from unnest($1::bigint[]) as i (wanted), lateral (
             select id, integration_id, received_at, received_count, outcomes from delivery
              where integration_id = i.wanted order by received_at desc limit $2) as d`,
    values: [integrationIds, first],
  });
  return rows.map((row) => ({
    id: row.id,
    integrationId: row.integration_id,
    receivedAt: row.received_at,
    receivedCount: row.received_count,
    outcomes: row.outcomes,
  }));
}

/** The log rows that are summed: at one batch a second, more than half a day. */
const summedRows = 50_000;

/** Alerts by outcome of each integration, over the newest receipts in the log, and the changes that are kept. */
export async function outcomesOf(
  db: Queryable,
  integrationIds: readonly number[],
): Promise<readonly { readonly integrationId: number; readonly outcome: string; readonly count: number }[]> {
  const { rows } = await db.query<{ integration_id: number; outcome: string; count: number }>({
    name: 'integration_outcomes',
    text: `select (c ->> 'integrationId')::bigint as integration_id, c ->> 'outcome' as outcome,
                  sum((c ->> 'count')::bigint)::bigint as count
             from (select data from event where kind = 'alerts.received' order by recorded_at desc limit ${summedRows}) as newest,
                  jsonb_array_elements(data -> 'counts') as c
            where (c ->> 'integrationId')::bigint = any($1::bigint[]) group by 1, 2
           union all
           select integration_id, 'changes', count(*) from change_event where integration_id = any($1::bigint[]) group by 1
           order by 2`,
    values: [integrationIds],
  });
  return rows.map((row) => ({ integrationId: row.integration_id, outcome: row.outcome, count: row.count }));
}
