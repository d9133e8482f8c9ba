import type { Actor } from '../domain/event.js';
import type { Incident } from '../domain/incident.js';
import { mentionsOf } from '../domain/mention.js';
import { cut } from '../domain/text.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { addNotifications } from './notificationWrite.js';
import { type Edit, missing, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { subscribe } from './subscriber.js';
import { inTransaction } from './transaction.js';
import { visibleToPerson } from './visibleIncidents.js';

export const longestNote = 20_000;

export interface Note {
  readonly id: number;
  readonly version: number;
  readonly incidentId: number;
  /** A handle. */
  readonly author: string;
  /** Markdown. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
}

const columns = `id, version, incident_id as "incidentId", author, text, created_at as "createdAt", edited_at as "editedAt",
  deleted_at as "deletedAt"`;

/** Oldest first; with those that were withdrawn. */
export async function notesOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly Note[]> {
  const { rows } = await db.query<Note>({
    name: 'note_of',
    text: `select ${columns} from note where incident_id = any($1::bigint[]) order by incident_id, id`,
    values: [incidentIds],
  });
  return rows;
}

export async function notesById(db: Queryable, ids: readonly number[]): Promise<readonly Note[]> {
  const { rows } = await db.query<Note>({
    name: 'note_by_id',
    text: `select ${columns} from note where id = any($1::bigint[])`,
    values: [ids],
  });
  return rows;
}

/**
 * Writes a note; whom it mentions is subscribed and told, once per note.
 * @throws DomainFailure NOT_FOUND
 */
export function addNote(pool: Pool, incidentId: number, text: string, actor: Actor, now: number): Promise<Incident> {
  return inTransaction(pool, (db) => addNoteIn(db, incidentId, text, actor, now));
}

async function addNoteIn(
  db: Queryable,
  incidentId: number,
  text: string,
  actor: Actor,
  now: number,
): Promise<Incident> {
  const { rows } = await db.query<{ id: number }>(
    `insert into note (incident_id, author, text, created_at) select id, $2, $3, $4::timestamptz from incident where id = $1 returning id`,
    [incidentId, actor.name, text, timeParameter(now)],
  );
  const noteId = rows[0]?.id;
  if (noteId === undefined) throw missing('incident', incidentId);
  const mentions = await tell(db, { id: noteId, incidentId, text }, actor, now);
  return logWork(db, incidentId, { kind: 'incident.noteAdded', data: { text, noteId, mentions } }, actor, now);
}

/** @throws DomainFailure NOT_FOUND; CONFLICT where somebody else edited it meanwhile, or withdrew it */
export function editNote(
  pool: Pool,
  { id, text, expectedVersion }: { readonly id: number; readonly text: string; readonly expectedVersion: number },
  { actor, now }: Edit,
): Promise<Note> {
  return inTransaction(pool, async (db) => {
    const before = await lockNote(db, id);
    refuseStale('note', before.version, before.deletedAt === null ? expectedVersion : -1);
    if (before.text === text) return before;
    const { rows } = await db.query<Note>(
      `update note set text = $2, version = version + 1, edited_at = $3::timestamptz where id = $1 returning ${columns}`,
      [id, text, timeParameter(now)],
    );
    await tell(db, { id, incidentId: before.incidentId, text }, actor, now);
    const data = { noteId: id, from: before.text, to: text };
    await logWork(db, before.incidentId, { kind: 'incident.noteEdited', data }, actor, now);
    return rows[0] ?? before;
  });
}

/** The row stays and its text is shown no longer; a pin of it goes. Twice is once. @throws DomainFailure NOT_FOUND */
export function deleteNote(pool: Pool, id: number, { actor, now }: Edit): Promise<Note> {
  return inTransaction(pool, async (db) => {
    const before = await lockNote(db, id);
    if (before.deletedAt !== null) return before;
    const { rows } = await db.query<Note>(
      `update note set deleted_at = $2::timestamptz, version = version + 1 where id = $1 returning ${columns}`,
      [id, timeParameter(now)],
    );
    await db.query('delete from pin where note_id = $1', [id]);
    await logWork(db, before.incidentId, { kind: 'incident.noteDeleted', data: { noteId: id } }, actor, now);
    return rows[0] ?? before;
  });
}

async function lockNote(db: Queryable, id: number): Promise<Note> {
  const { rows } = await db.query<Note>(`select ${columns} from note where id = $1 for update`, [id]);
  if (rows[0] === undefined) throw missing('note', id);
  return rows[0];
}

/** @returns the handles of those mentioned who exist and may see the incident: nobody else hears of it */
async function tell(
  db: Queryable,
  note: { readonly id: number; readonly incidentId: number; readonly text: string },
  actor: Actor,
  now: number,
): Promise<readonly string[]> {
  const handles = mentionsOf(note.text);
  if (handles.length === 0) return [];
  const { rows } = await db.query<{ id: number; handle: string }>(
    `select p.id, p.handle from person p join incident i on i.id = $2
      where p.handle = any($1::text[]) and p.is_active and ${visibleToPerson('i', 'p')} order by p.id`,
    [handles, note.incidentId],
  );
  const others = rows.filter(({ handle }) => handle !== actor.name);
  await subscribe(
    db,
    note.incidentId,
    others.map(({ id }) => id),
    now,
  );
  await addNotifications(
    db,
    others.map(({ id }) => ({
      key: `note/${note.id}/mention/${id}`,
      topic: 'personal',
      to: { kind: 'person', personId: id },
      incidentId: note.incidentId,
      pageId: null,
      severity: 'info',
      template: 'incident.update',
      values: { sentence: `${actor.name} mentioned you`, text: cut(note.text, 2_000) },
    })),
    now,
  );
  return rows.map(({ handle }) => handle);
}
