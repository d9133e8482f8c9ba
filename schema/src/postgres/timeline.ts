import type { LogCursor, LogEvent } from '../domain/event.js';
import { eventOfRow, type EventRow } from './log.js';
import type { Queryable } from './pool.js';

const columns = `position::text, xid::text, kind, incident_id, alert_id, actor_kind, actor, occurred_at, recorded_at, data`;

/** The first page after a cursor of each incident's events, oldest first; one more than `first`, to see whether there are more. */
export async function timelinePagesOf(
  db: Queryable,
  incidentIds: readonly number[],
  first: number,
  after: LogCursor,
): Promise<readonly LogEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'timeline_pages',
    text: `select e.* from unnest($1::bigint[]) as i (wanted), lateral (
             select ${columns} from event
              where incident_id = i.wanted and (xid, position) > ($3::xid8, $4::bigint)
                and xid < pg_snapshot_xmin(pg_current_snapshot())
              order by event.xid, event.position limit $2) as e`,
    values: [incidentIds, first + 1, after.xid, after.position],
  });
  return rows.map(eventOfRow);
}

/** The newest events of any incident, newest first. */
export async function recentIncidentEvents(db: Queryable, first: number): Promise<readonly LogEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'timeline_recent',
    text: `select ${columns} from event
            where incident_id is not null and kind like 'incident.%' and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by event.xid desc, event.position desc limit $1`,
    values: [first],
  });
  return rows.map(eventOfRow);
}
