import type { Queryable } from './pool.js';

export interface StoredDeadLetter {
  readonly id: number;
  readonly integrationId: number;
  readonly source: string;
  readonly code: string;
  readonly body: Buffer;
  readonly contentType: string | null;
}

export async function readDeadLetter(db: Queryable, id: number): Promise<StoredDeadLetter | null> {
  const { rows } = await db.query<{
    id: number;
    integration_id: number;
    source: string;
    code: string;
    body: Buffer;
    content_type: string | null;
  }>('select id, integration_id, source, code, body, content_type from dead_letter where id = $1', [id]);
  const row = rows[0];
  if (row === undefined) return null;
  const { integration_id: integrationId, content_type: contentType, ...rest } = row;
  return { ...rest, integrationId, contentType };
}

/** @param error null when the replay was stored */
export async function recordReplay(db: Queryable, id: number, error: string | null): Promise<void> {
  await db.query('update dead_letter set replayed_at = now(), replay_error = $2 where id = $1', [id, error]);
}
