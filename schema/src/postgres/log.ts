import { startOfLog, type LogCursor, type LogEvent, type NewEvent } from '../domain/event.js';
import { arrayParameter } from './arrayParameter.js';
import { logFloor } from './eventPartitions.js';
import type { Queryable } from './pool.js';

/** The channel that wakes readers; its payload is empty, the log is the message. */
export const logChannel = 'tocsin_log';

/**
 * Appends events in the caller's transaction and wakes the readers at its commit.
 * One statement for any number of rows; positions follow the order given.
 * @param incidentIdOf the number of an incident that had none yet when its events were made
 */
export async function appendEvents(
  db: Queryable,
  events: readonly NewEvent[],
  incidentIdOf: (id: number | null) => number | null = asItIs,
): Promise<void> {
  if (events.length === 0) return;
  await db.query({
    name: 'event_append',
    text: `with added as (
        insert into event (kind, incident_id, alert_id, actor_kind, actor, occurred_at, data, token_id, address)
        select kind, incident_id, alert_id, actor_kind, actor, to_timestamp(occurred_ms / 1000.0), data::jsonb, token_id, address
          from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::float8[], $7::text[], $8::bigint[], $9::text[])
            with ordinality as e (kind, incident_id, alert_id, actor_kind, actor, occurred_ms, data, token_id, address, n)
         order by n)
      select pg_notify('${logChannel}', '')`,
    values: [
      arrayParameter(events.map((e) => e.kind)),
      arrayParameter(events.map((e) => incidentIdOf(e.incidentId))),
      arrayParameter(events.map((e) => e.alertId)),
      arrayParameter(events.map((e) => e.actor.kind)),
      arrayParameter(events.map((e) => e.actor.name)),
      arrayParameter(events.map((e) => e.occurredAt)),
      arrayParameter(events.map((e) => JSON.stringify(e.data))),
      arrayParameter(events.map((e) => (e.actor.kind === 'person' ? (e.actor.tokenId ?? null) : null))),
      arrayParameter(events.map((e) => (e.actor.kind === 'person' ? (e.actor.address ?? null) : null))),
    ],
  });
}

function asItIs(id: number | null): number | null {
  return id;
}

// The text forms of xid and position take their names, so an order by them must name the table: '995' sorts after '1180'.
export const eventColumns = `position::text, xid::text, kind, incident_id, alert_id, actor_kind, actor, occurred_at, recorded_at, data, token_id, address`;

/**
 * The next events after a cursor, oldest first, of transactions that no running one can still precede.
 * Identity values are handed out before commit, so "position > n" alone skips rows of late commits; and ordering by
 * position below the horizon still missed 12 of 24,001, since xid and position can be assigned in opposite order.
 */
export async function readLog(db: Queryable, after: LogCursor, limit: number): Promise<readonly LogEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'event_read',
    text: `select ${eventColumns} from event
            where (xid, position) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by event.xid, event.position limit $3`,
    values: [after.xid, after.position, limit],
  });
  return rows.map(eventOfRow);
}

/** The same range again, for a projection that was interrupted between fixing its range and writing it. */
export async function readLogRange(db: Queryable, after: LogCursor, until: LogCursor): Promise<readonly LogEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'event_read_range',
    text: `select ${eventColumns} from event
            where (xid, position) > ($1::xid8, $2::bigint) and (xid, position) <= ($3::xid8, $4::bigint)
            order by event.xid, event.position`,
    values: [after.xid, after.position, until.xid, until.position],
  });
  return rows.map(eventOfRow);
}

/** The last position a reader may have seen: everything later is still to come. */
export async function logHead(db: Queryable): Promise<LogCursor> {
  const { rows } = await db.query<{ xid: string; position: string }>({
    name: 'event_head',
    text: `select xid::text, position::text from event
            where xid < pg_snapshot_xmin(pg_current_snapshot()) order by event.xid desc, event.position desc limit 1`,
    values: [],
  });
  // Where retention took everything, the head stands where the last event stood.
  return rows[0] ?? (await logFloor(db))?.cursor ?? startOfLog;
}

/** One incident's events after a cursor, oldest first. */
export async function readIncidentLog(
  db: Queryable,
  incidentId: number,
  after: LogCursor,
  limit: number,
): Promise<readonly LogEvent[]> {
  const { rows } = await db.query<EventRow>({
    name: 'event_of_incident',
    text: `select ${eventColumns} from event
            where incident_id = $1 and (xid, position) > ($2::xid8, $3::bigint)
              and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by event.xid, event.position limit $4`,
    values: [incidentId, after.xid, after.position, limit],
  });
  return rows.map(eventOfRow);
}

/** Age of the oldest running write transaction of the cluster, seconds: how far live is held back. */
export async function horizonLagSeconds(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ lag: number }>(
    `select coalesce(extract(epoch from max(clock_timestamp() - xact_start)), 0)::float8 as lag
       from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()`,
  );
  return Math.max(0, rows[0]?.lag ?? 0);
}

export interface EventRow {
  readonly position: string;
  readonly xid: string;
  readonly kind: LogEvent['kind'];
  readonly incident_id: number | null;
  readonly alert_id: number | null;
  readonly actor_kind: LogEvent['actor']['kind'];
  readonly actor: string;
  readonly occurred_at: number;
  readonly recorded_at: number;
  readonly data: unknown;
  readonly token_id?: number | null;
  readonly address?: string | null;
}

/** The one place where a stored kind and its data become a typed event: the column's writer was {@link appendEvents}. */
export function eventOfRow(row: EventRow): LogEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kind and data were written as one typed event
  return {
    kind: row.kind,
    incidentId: row.incident_id,
    alertId: row.alert_id,
    actor: {
      kind: row.actor_kind,
      name: row.actor,
      ...(row.token_id != null && { tokenId: row.token_id }),
      ...(row.address != null && { address: row.address }),
    },
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    data: row.data,
    cursor: { xid: row.xid, position: row.position },
  } as LogEvent;
}
