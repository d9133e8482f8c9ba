import type { LogCursor, LogEvent } from '../domain/event.js';
import { eventColumns, eventOfRow, type EventRow } from './log.js';
import { logReaderLagSeconds } from './logReader.js';
import type { Queryable } from './pool.js';

/** The reader of the log that acts for people. */
const reader = 'respond';

/** A handler that failed on an event so often waits for somebody to look. */
export const mostTries = 6;

/** Whether there is anything to read: asked without a lock, so that who has nothing to do writes nothing. */
export async function respondHasMore(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ more: boolean }>({
    name: 'respond_has_more',
    text: `select exists (select from event e, log_reader r
                           where r.name = $1 and (e.xid, e.position) > (r.after_xid, r.after_position)
                             and e.xid < pg_snapshot_xmin(pg_current_snapshot())) as more`,
    values: [reader],
  });
  return rows[0]?.more === true;
}

/** Takes the reader for this transaction; null: another process has it. */
export async function lockRespondCursor(db: Queryable): Promise<LogCursor | null> {
  const { rows } = await db.query<LogCursor>({
    name: 'respond_lock',
    text: `select after_xid::text as xid, after_position::text as position from log_reader
            where name = $1 for update skip locked`,
    values: [reader],
  });
  return rows[0] ?? null;
}

/** In the transaction that holds it: what was read is decided exactly when this is committed. */
export async function moveRespondCursor(db: Queryable, { xid, position }: LogCursor): Promise<void> {
  await db.query({
    name: 'respond_move',
    text: `update log_reader set after_xid = $2::xid8, after_position = $3::bigint, updated_at = now() where name = $1`,
    values: [reader, xid, position],
  });
}

/** One row of the log; null once retention took it. */
export async function readLogEvent(db: Queryable, { xid, position }: LogCursor): Promise<LogEvent | null> {
  const { rows } = await db.query<EventRow>({
    name: 'event_read_one',
    text: `select ${eventColumns} from event where event.xid = $1::xid8 and event.position = $2::bigint`,
    values: [xid, position],
  });
  return rows[0] === undefined ? null : eventOfRow(rows[0]);
}

export interface RespondState {
  readonly lagSeconds: number;
  /** Events that a handler gave up on. */
  readonly failedHandlers: number;
}

export async function respondState(db: Queryable): Promise<RespondState> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from timer where kind = 'respond.retry' and attempts >= $1`,
    [mostTries],
  );
  return { lagSeconds: await logReaderLagSeconds(db, reader), failedHandlers: rows[0]?.n ?? 0 };
}
