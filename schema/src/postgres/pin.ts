import type { LogCursor, LogEvent } from '../domain/event.js';
import { summarise } from '../domain/summary.js';
import { cut } from '../domain/text.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { eventColumns, eventOfRow, type EventRow } from './log.js';
import { type Edit, missing } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export type PinKind = 'event' | 'note' | 'attachment' | 'trace' | 'log' | 'chart' | 'suspect';

export interface Pin {
  readonly id: number;
  readonly incidentId: number;
  readonly kind: PinKind;
  readonly noteId: number | null;
  readonly attachmentId: number | null;
  /** Of the event that is pinned. */
  readonly xid: string | null;
  readonly position: string | null;
  /** What it keeps; `title` always. */
  readonly copy: Readonly<Record<string, unknown>>;
  readonly pinnedBy: string;
  /** Epoch milliseconds. */
  readonly pinnedAt: number;
}

export type PinTarget =
  | { readonly kind: 'note'; readonly noteId: number }
  | { readonly kind: 'attachment'; readonly attachmentId: number }
  | { readonly kind: 'event'; readonly cursor: LogCursor };

const columns = `id, incident_id as "incidentId", kind, note_id as "noteId", attachment_id as "attachmentId",
  event_xid::text as xid, event_position::text as position, copy, pinned_by as "pinnedBy", pinned_at as "pinnedAt"`;

/** In the order in which they were pinned. */
export async function pinsOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly Pin[]> {
  const { rows } = await db.query<Pin>({
    name: 'pin_of',
    text: `select ${columns} from pin where incident_id = any($1::bigint[]) order by incident_id, id`,
    values: [incidentIds],
  });
  return rows;
}

export async function eventAt(db: Queryable, incidentId: number, cursor: LogCursor): Promise<LogEvent | null> {
  const { rows } = await db.query<EventRow>({
    name: 'event_at',
    text: `select ${eventColumns} from event where incident_id = $1 and xid = $2::xid8 and position = $3::bigint`,
    values: [incidentId, cursor.xid, cursor.position],
  });
  return rows[0] === undefined ? null : eventOfRow(rows[0]);
}

/** Pinning twice is pinning once. @throws DomainFailure NOT_FOUND, also where it belongs to another incident */
export function addPin(pool: Pool, incidentId: number, target: PinTarget, { actor, now }: Edit): Promise<Pin> {
  return inTransaction(pool, async (db) => {
    const copy = await copyOf(db, incidentId, target);
    const { rows } = await db.query<Pin>(
      `insert into pin (incident_id, kind, note_id, attachment_id, event_xid, event_position, copy, pinned_by, pinned_at)
       values ($1, $2, $3, $4, $5::xid8, $6::bigint, $7::jsonb, $8, $9::timestamptz) on conflict do nothing returning ${columns}`,
      [
        incidentId,
        target.kind,
        target.kind === 'note' ? target.noteId : null,
        target.kind === 'attachment' ? target.attachmentId : null,
        target.kind === 'event' ? target.cursor.xid : null,
        target.kind === 'event' ? target.cursor.position : null,
        JSON.stringify(copy),
        actor.name,
        timeParameter(now),
      ],
    );
    const [added] = rows;
    if (added === undefined) {
      const there = (await pinsOf(db, [incidentId])).find((pin) => isPinOf(pin, target));
      if (there === undefined) throw missing('pin', incidentId);
      return there;
    }
    const data = { pinId: added.id, kind: target.kind, title: copy.title };
    await logWork(db, incidentId, { kind: 'incident.pinned', data }, actor, now);
    return added;
  });
}

/** @returns the incident's id. @throws DomainFailure NOT_FOUND */
export function removePin(pool: Pool, id: number, { actor, now }: Edit): Promise<number> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ incidentId: number }>(
      'delete from pin where id = $1 returning incident_id as "incidentId"',
      [id],
    );
    if (rows[0] === undefined) throw missing('pin', id);
    await logWork(db, rows[0].incidentId, { kind: 'incident.unpinned', data: { pinId: id } }, actor, now);
    return rows[0].incidentId;
  });
}

function isPinOf(pin: Pin, target: PinTarget): boolean {
  if (target.kind === 'note') return pin.noteId === target.noteId;
  if (target.kind === 'attachment') return pin.attachmentId === target.attachmentId;
  return pin.xid === target.cursor.xid && pin.position === target.cursor.position;
}

interface Copy {
  readonly title: string;
  /** Of an event. */
  readonly kind?: string;
  readonly occurredAt?: number;
  readonly actor?: string;
}

/** What outlives the thing that it was taken from. */
async function copyOf(db: Queryable, incidentId: number, target: PinTarget): Promise<Copy> {
  if (target.kind === 'event') {
    const event = await eventAt(db, incidentId, target.cursor);
    if (event === null) throw missing('event', `${target.cursor.xid}_${target.cursor.position}`);
    const title = cut(summarise(event, { alert: null }), 200);
    const { kind, occurredAt, actor } = event;
    return { title, kind, occurredAt, actor: actor.name };
  }
  const isNote = target.kind === 'note';
  const { rows } = await db.query<{ title: string }>(
    isNote
      ? 'select left(text, 200) as title from note where id = $1 and incident_id = $2 and deleted_at is null'
      : 'select name as title from attachment where id = $1 and incident_id = $2 and deleted_at is null',
    [isNote ? target.noteId : target.attachmentId, incidentId],
  );
  if (rows[0] === undefined) throw missing(target.kind, isNote ? target.noteId : target.attachmentId);
  const [firstLine = ''] = rows[0].title.split('\n');
  // The marks of markdown say nothing where it is not rendered.
  return { title: isNote ? firstLine.replace(/[*`#>]+/g, '').trim() || 'note' : firstLine };
}
