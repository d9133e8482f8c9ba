import type { Queryable } from './pool.js';

export interface DeadLetterSummary {
  readonly id: number;
  readonly integrationId: number;
  readonly receivedAt: number;
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
  /** As text; bytes that are not UTF-8 are shown as U+FFFD. */
  readonly body: string;
  readonly replayedAt: number | null;
  readonly replayError: string | null;
}

/** What is shown of a body; the whole stays stored and is what a replay sends. */
const shownBytes = 64 * 1024;

interface DeadLetterRow {
  readonly id: number;
  readonly integration_id: number;
  readonly received_at: number;
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
  readonly body: Buffer;
  readonly replayed_at: number | null;
  readonly replay_error: string | null;
}

/** One page, newest first, and one more where there are more. */
export async function listDeadLetters(
  db: Queryable,
  integrationId: number,
  first: number,
  beforeId: number | null,
): Promise<readonly DeadLetterSummary[]> {
  const { rows } = await db.query<DeadLetterRow>({
    name: 'dead_letters',
    text: `select id, integration_id, received_at, code, message, path, substring(body for ${shownBytes}) as body,
                  replayed_at, replay_error
             from dead_letter where integration_id = $1 and ($3::bigint is null or id < $3::bigint)
            order by id desc limit $2`,
    values: [integrationId, first + 1, beforeId],
  });
  return rows.map((row) => ({
    id: row.id,
    integrationId: row.integration_id,
    receivedAt: row.received_at,
    code: row.code,
    message: row.message,
    path: row.path,
    body: new TextDecoder().decode(row.body),
    replayedAt: row.replayed_at,
    replayError: row.replay_error,
  }));
}

/** How many there are of each integration, counted up to `limit` + 1. */
export async function countDeadLetters(db: Queryable, integrationId: number, limit: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*) as count from (select 1 from dead_letter where integration_id = $1 limit $2) as counted',
    [integrationId, limit + 1],
  );
  return rows[0]?.count ?? 0;
}

export async function deadLetterExists(db: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from dead_letter where id = $1', [id]);
  return rowCount === 1;
}

/**
 * The dead letters of an integration that a replay may still help, oldest first: all but those that a replay stored, or of
 * `ids` those that are its own.
 */
export async function replayableDeadLetters(
  db: Queryable,
  integrationId: number,
  ids: readonly number[] | null,
  limit: number,
): Promise<readonly number[]> {
  const { rows } = await db.query<{ id: number }>({
    name: 'dead_letters_replayable',
    text: `select id from dead_letter
            where integration_id = $1 and id = any(coalesce($2::bigint[], array[id]))
              and ($2::bigint[] is not null or replayed_at is null or replay_error is not null)
            order by id limit $3`,
    values: [integrationId, ids, limit],
  });
  return rows.map(({ id }) => id);
}
