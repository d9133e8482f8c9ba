import { DomainFailure } from '../domain/errors.js';
import { nameKey } from '../domain/service.js';
import { type ComponentState, componentStatesOf } from '../domain/stakeholderUpdate.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { type Edit, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { type PublishedUpdate, publicUpdates } from './stakeholderUpdate.js';
import { inTransaction } from './transaction.js';

export const statusPageLimits = { title: 100, description: 1_000, components: 100 } as const;

export interface StatusComponent {
  readonly id: number;
  readonly title: string;
  readonly group: string | null;
  readonly serviceKey: string;
}

export interface StatusPage {
  readonly isPublic: boolean;
  readonly title: string;
  readonly description: string | null;
  readonly needsApproval: boolean;
  readonly version: number;
}

export interface StatusPageDraft extends Omit<StatusPage, 'version'> {
  readonly components: readonly {
    readonly id: number | null;
    readonly service: string;
    readonly title: string;
    readonly group: string | null;
  }[];
}

const pageColumns = `is_public as "isPublic", title, description, needs_approval as "needsApproval", version`;

export async function loadStatusPage(db: Queryable, lock = false): Promise<StatusPage> {
  const { rows } = await db.query<StatusPage>(`select ${pageColumns} from status_page ${lock ? 'for update' : ''}`);
  if (rows[0] === undefined) throw new Error('The status page has no row: the migrations did not run.');
  return rows[0];
}

export async function statusComponents(db: Queryable): Promise<readonly StatusComponent[]> {
  const { rows } = await db.query<StatusComponent>({
    name: 'status_components',
    text: `select id, title, group_title as "group", service_key as "serviceKey" from status_component order by ordinal`,
  });
  return rows;
}

/** What moves whenever the page would look otherwise: cheap enough to be asked at every request. */
export async function statusPageTag(db: Queryable): Promise<{ readonly isPublic: boolean; readonly tag: string }> {
  const { rows } = await db.query<{ isPublic: boolean; tag: string }>({
    name: 'status_page_tag',
    text: `select is_public as "isPublic", version || '-' || (select count(*) || '-' || coalesce(max(id), 0)
             from stakeholder_update where state = 'published' and audience = 'public') as tag from status_page`,
  });
  return rows[0] ?? { isPublic: false, tag: '' };
}

export interface StatusPageView {
  readonly page: StatusPage;
  readonly components: readonly StatusComponent[];
  readonly states: ReadonlyMap<number, ComponentState>;
  /** Newest first. */
  readonly updates: readonly PublishedUpdate[];
}

export async function loadStatusPageView(db: Queryable): Promise<StatusPageView> {
  const page = await loadStatusPage(db);
  const [components, updates] = [await statusComponents(db), await publicUpdates(db)];
  return { page, components, states: componentStatesOf(updates), updates };
}

/** @throws DomainFailure CONFLICT; INVALID_INPUT where a service is named twice */
export function saveStatusPage(
  pool: Pool,
  draft: StatusPageDraft,
  expectedVersion: number,
  edit: Edit,
): Promise<StatusPage> {
  return inTransaction(pool, (db) => saveStatusPageIn(db, draft, expectedVersion, edit));
}

/** As {@link saveStatusPage}, in the caller's transaction. */
export async function saveStatusPageIn(
  db: Queryable,
  draft: StatusPageDraft,
  expectedVersion: number,
  { actor, now }: Edit,
): Promise<StatusPage> {
  const keys = draft.components.map(({ service }) => nameKey(service));
  const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (twice >= 0) {
    const field = `input.components[${twice}].service`;
    throw new DomainFailure({ code: 'INVALID_INPUT', field, message: 'A service stands on the page only once.' });
  }
  const before = await loadStatusPage(db, true);
  refuseStale('status page', before.version, expectedVersion);
  const componentsBefore = await statusComponents(db);
  const { rows } = await db.query<StatusPage>(
    `update status_page set is_public = $1, title = $2, description = $3, needs_approval = $4, version = version + 1,
       updated_at = now() returning ${pageColumns}`,
    [draft.isPublic, draft.title, draft.description, draft.needsApproval],
  );
  await replaceComponents(db, draft.components, componentsBefore);
  const after = rows[0] ?? before;
  await recordConfigurationChange(
    db,
    actor,
    {
      topic: 'statusPage',
      action: 'changed',
      id: null,
      name: after.title,
      before: { ...before, components: componentsBefore },
      after: { ...after, components: await statusComponents(db) },
    },
    now,
  );
  return after;
}

/** Those that stay keep their ids: published updates name them. */
async function replaceComponents(
  db: Queryable,
  wanted: StatusPageDraft['components'],
  before: readonly StatusComponent[],
): Promise<void> {
  const known = new Set(before.map(({ id }) => id));
  const kept = wanted.flatMap(({ id }) => (id !== null && known.has(id) ? [id] : []));
  await db.query('delete from status_component where id <> all($1::bigint[])', [kept]);
  for (const [ordinal, { id, service, title, group }] of wanted.entries()) {
    const values = [ordinal, nameKey(service), title, group];
    if (id !== null && known.has(id)) {
      await db.query(
        'update status_component set ordinal = $1, service_key = $2, title = $3, group_title = $4 where id = $5',
        [...values, id],
      );
    } else {
      await db.query(
        'insert into status_component (ordinal, service_key, title, group_title) values ($1, $2, $3, $4)',
        values,
      );
    }
  }
}
