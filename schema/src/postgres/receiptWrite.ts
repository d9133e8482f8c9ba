import { arrayParameter } from './arrayParameter.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** One request, as it is shown on the integration's page. */
export interface DeliveryToWrite {
  readonly integrationId: number;
  readonly id: string;
  readonly receivedAt: number;
  /** Outcome → count, and `changes` where it told some. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How often it was received; 0 for the later parts of a request that had to be stored in parts. */
  readonly receipts: number;
}

export async function writeDeliveries(db: Queryable, rows: readonly DeliveryToWrite[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'delivery_write',
    text: `insert into delivery as d (integration_id, id, received_at, last_received_at, received_count, outcomes)
      select integration_id, id, at, at, n, outcomes
        from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::int[], $5::jsonb[]) as u (integration_id, id, at, n, outcomes)
      on conflict (integration_id, id) do update
        set received_count = d.received_count + excluded.received_count, outcomes = excluded.outcomes,
            last_received_at = greatest(d.last_received_at, excluded.last_received_at)`,
    values: [
      arrayParameter(rows.map((row) => row.integrationId)),
      arrayParameter(rows.map((row) => row.id)),
      arrayParameter(rows.map((row) => timeParameter(row.receivedAt))),
      arrayParameter(rows.map((row) => row.receipts)),
      arrayParameter(rows.map((row) => JSON.stringify(row.outcomes))),
    ],
  });
}

/** What could not be understood or stored, with the reason and what was sent. */
export interface DeadLetterToWrite {
  readonly integrationId: number;
  readonly source: string;
  readonly receivedAt: number;
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
  readonly body: Buffer;
  readonly contentType: string | null;
}

export async function writeDeadLetters(db: Queryable, rows: readonly DeadLetterToWrite[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'dead_letter_write',
    text: `insert into dead_letter (integration_id, source, received_at, code, message, path, body, content_type)
      select * from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::text[])`,
    values: [
      rows.map((row) => row.integrationId),
      rows.map((row) => row.source),
      rows.map((row) => timeParameter(row.receivedAt)),
      rows.map((row) => row.code),
      rows.map((row) => row.message),
      rows.map((row) => row.path),
      rows.map((row) => row.body),
      rows.map((row) => row.contentType),
    ],
  });
}
