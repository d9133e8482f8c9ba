import { DomainFailure } from '../domain/errors.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { type Edit, missing } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export const attachmentLimits = { bytes: 10 * 1024 * 1024, count: 50 } as const;

export interface Attachment {
  readonly id: number;
  readonly incidentId: number;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly uploadedBy: string;
  /** Epoch milliseconds. */
  readonly uploadedAt: number;
}

interface AttachmentDraft {
  readonly name: string;
  /** As recognised. */
  readonly mediaType: string;
  readonly content: Uint8Array;
  /** SHA-256 of the content. */
  readonly hash: Uint8Array;
}

const columns = `id, incident_id as "incidentId", name, media_type as "mediaType", bytes, uploaded_by as "uploadedBy",
  uploaded_at as "uploadedAt"`;

export async function attachmentsOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly Attachment[]> {
  const { rows } = await db.query<Attachment>({
    name: 'attachment_of',
    text: `select ${columns} from attachment where incident_id = any($1::bigint[]) and deleted_at is null order by incident_id, id`,
    values: [incidentIds],
  });
  return rows;
}

/** @throws DomainFailure NOT_FOUND, INVALID_INPUT where there are fifty already */
export function addAttachment(
  pool: Pool,
  incidentId: number,
  { name, mediaType, content, hash }: AttachmentDraft,
  { actor, now }: Edit,
): Promise<Attachment> {
  return inTransaction(pool, async (db) => {
    const { rows: found } = await db.query<{ n: number }>(
      `select (select count(*)::int from attachment where incident_id = i.id and deleted_at is null) as n
         from incident i where i.id = $1 for update`,
      [incidentId],
    );
    if (found[0] === undefined) throw missing('incident', incidentId);
    if (found[0].n >= attachmentLimits.count) {
      const message = `An incident has at most ${attachmentLimits.count} attachments: delete one first.`;
      throw new DomainFailure({ code: 'INVALID_INPUT', field: 'incident', message });
    }
    const { rows } = await db.query<Attachment>(
      `insert into attachment (incident_id, name, media_type, bytes, hash, uploaded_by, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7::timestamptz) returning ${columns}`,
      [incidentId, name, mediaType, content.byteLength, Buffer.from(hash), actor.name, timeParameter(now)],
    );
    const [added] = rows;
    if (added === undefined) throw missing('incident', incidentId);
    await db.query('insert into attachment_content (attachment_id, content) values ($1, $2)', [
      added.id,
      Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    ]);
    const data = { attachmentId: added.id, name, bytes: added.bytes };
    await logWork(db, incidentId, { kind: 'incident.attached', data }, actor, now);
    return added;
  });
}

export async function readAttachment(
  db: Queryable,
  id: number,
): Promise<{ readonly attachment: Attachment; readonly content: Buffer } | null> {
  const { rows } = await db.query<Attachment & { content: Buffer }>(
    `select ${columns}, content from attachment join attachment_content c on c.attachment_id = id where id = $1 and deleted_at is null`,
    [id],
  );
  if (rows[0] === undefined) return null;
  const { content, ...attachment } = rows[0];
  return { attachment, content };
}

/** The content goes at once; that there was one stays. @returns the incident's id. @throws DomainFailure NOT_FOUND */
export function deleteAttachment(pool: Pool, id: number, { actor, now }: Edit): Promise<number> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<Attachment>(
      `update attachment set deleted_at = $2::timestamptz where id = $1 and deleted_at is null returning ${columns}`,
      [id, timeParameter(now)],
    );
    if (rows[0] === undefined) throw missing('attachment', id);
    const { incidentId, name } = rows[0];
    await db.query('delete from attachment_content where attachment_id = $1', [id]);
    await db.query('delete from pin where attachment_id = $1', [id]);
    const data = { attachmentId: id, name };
    await logWork(db, incidentId, { kind: 'incident.attachmentDeleted', data }, actor, now);
    return incidentId;
  });
}
