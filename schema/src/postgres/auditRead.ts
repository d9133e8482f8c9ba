import type { LogCursor, LogEvent } from '../domain/event.js';
import { timeParameter } from './incidentRow.js';
import { containing } from './labelMatch.js';
import { eventColumns, eventOfRow, type EventRow } from './log.js';
import type { Queryable } from './pool.js';

export interface AuditFilter {
  /** Of `configuration.changed`. */
  readonly topics: readonly string[] | null;
  readonly kinds: readonly string[] | null;
  /** Handles, or names of the system's parts. */
  readonly actors: readonly string[] | null;
  /** Epoch milliseconds. */
  readonly from: number | null;
  readonly to: number | null;
  /** In what was changed. */
  readonly text: string | null;
}

/** As the partial index has it. */
const isAudit = `(kind like 'configuration.%' or kind like 'access.%' or kind like 'maintenance.%')`;

/**
 * The audit trail, newest first: of the log, and where its months are gone of the archive.
 * @param before exclusive; null: from the newest on
 */
export async function readAudit(
  db: Queryable,
  filter: AuditFilter,
  before: LogCursor | null,
  limit: number,
): Promise<readonly LogEvent[]> {
  const conditions = `${isAudit}
    and ($1::xid8 is null or (xid, position) < ($1::xid8, $2::bigint))
    and ($3::text[] is null or data ->> 'topic' = any($3)) and ($4::text[] is null or kind = any($4))
    and ($5::text[] is null or actor = any($5))
    and ($6::timestamptz is null or recorded_at >= $6) and ($7::timestamptz is null or recorded_at < $7)
    and ($8::text is null or data::text ilike $8 or actor ilike $8)`;
  // By the columns and not by what is selected as `xid`: that is text, and 99999 would come after 100000.
  const part = (table: string): string =>
    `(select ${eventColumns}, xid as x, position as p from ${table} where ${conditions}
        order by ${table}.xid desc, ${table}.position desc limit $9)`;
  const { rows } = await db.query<EventRow>(
    `select * from (${part('event')} union all ${part('event_archive')}) as e order by x desc, p desc limit $9`,
    [
      before?.xid ?? null,
      before?.position ?? null,
      filter.topics,
      filter.kinds,
      filter.actors,
      filter.from === null ? null : timeParameter(filter.from),
      filter.to === null ? null : timeParameter(filter.to),
      filter.text === null ? null : containing(filter.text),
      limit,
    ],
  );
  return rows.map(eventOfRow);
}
