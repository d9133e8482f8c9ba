import { type DomainError, DomainFailure } from '../domain/errors.js';
import { httpUrl } from '../domain/text.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { type Edit, missing } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export type LinkKind = 'chat' | 'call' | 'ticket' | 'document' | 'other';

export interface IncidentLink {
  readonly id: number;
  readonly incidentId: number;
  readonly kind: LinkKind;
  readonly title: string;
  readonly url: string;
  readonly addedBy: string;
}

type LinkDraft = Pick<IncidentLink, 'kind' | 'title' | 'url'>;

const columns = `id, incident_id as "incidentId", kind, title, url, added_by as "addedBy"`;
const mostLinks = 50;

export async function linksOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly IncidentLink[]> {
  const { rows } = await db.query<IncidentLink>({
    name: 'incident_link_of',
    text: `select ${columns} from incident_link where incident_id = any($1::bigint[]) order by incident_id, id`,
    values: [incidentIds],
  });
  return rows;
}

/** @throws DomainFailure NOT_FOUND, INVALID_INPUT where it is no web address */
export function addLink(pool: Pool, incidentId: number, draft: LinkDraft, edit: Edit): Promise<IncidentLink> {
  return inTransaction(pool, (db) => addLinkIn(db, incidentId, draft, edit));
}

/** As {@link addLink}, in the caller's transaction. The same address again changes what it is called. */
export async function addLinkIn(
  db: Queryable,
  incidentId: number,
  draft: LinkDraft,
  { actor, now }: Edit,
): Promise<IncidentLink> {
  const url = httpUrl(draft.url);
  if (url === null) throw refused('url', 'url must be a web address that begins with http:// or https://.');
  const { title, kind } = draft;
  // The incident's row is locked first, so that two who add at once count the same.
  await logWork(db, incidentId, { kind: 'incident.linkAdded', data: { kind, title, url } }, actor, now);
  const { rows } = await db.query<IncidentLink>(
    `insert into incident_link (incident_id, kind, title, url, added_by, added_at) values ($1, $2, $3, $4, $5, $6::timestamptz)
     on conflict (incident_id, url) do update set kind = excluded.kind, title = excluded.title returning ${columns}`,
    [incidentId, kind, title, url, actor.name, timeParameter(now)],
  );
  const { rows: counted } = await db.query<{ n: number }>(
    'select count(*)::int as n from incident_link where incident_id = $1',
    [incidentId],
  );
  if ((counted[0]?.n ?? 0) > mostLinks) throw refused('url', `An incident has at most ${mostLinks} links.`);
  if (rows[0] === undefined) throw missing('incident', incidentId);
  return rows[0];
}

/** @returns the incident's id. @throws DomainFailure NOT_FOUND */
export function removeLink(pool: Pool, id: number, { actor, now }: Edit): Promise<number> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<IncidentLink>(`delete from incident_link where id = $1 returning ${columns}`, [id]);
    if (rows[0] === undefined) throw missing('link', id);
    const { incidentId, title, url } = rows[0];
    await logWork(db, incidentId, { kind: 'incident.linkRemoved', data: { title, url } }, actor, now);
    return incidentId;
  });
}

function refused(field: string, message: string): DomainFailure {
  return new DomainFailure({ code: 'INVALID_INPUT', field, message } satisfies DomainError);
}
