import { DomainFailure } from '../domain/errors.js';
import {
  approvalReason,
  type Audience,
  type UpdateComponent,
  type UpdateProgress,
} from '../domain/stakeholderUpdate.js';
import { timeParameter } from './incidentRow.js';
import { incidentTypes, typeDefinition } from './incidentType.js';
import { logWork } from './incidentWork.js';
import { type Edit, missing, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { type StakeholderUpdate, updateById, updateColumns } from './stakeholderUpdate.js';
import { loadStatusPage, statusComponents } from './statusPage.js';
import { subscribersOf } from './subscriber.js';
import { addNotifications } from './notificationWrite.js';
import { addTimers } from './timer.js';
import { inTransaction } from './transaction.js';

export interface UpdateDraft {
  readonly id: number | null;
  readonly incidentId: number;
  readonly audience: Audience;
  readonly title: string;
  readonly body: string;
  readonly progress: UpdateProgress;
  readonly components: readonly UpdateComponent[];
  readonly templateId: number | null;
}

/** A draft, new or changed; what was published or waits is changed no more. @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_INPUT */
export function saveUpdate(
  pool: Pool,
  draft: UpdateDraft,
  expectedVersion: number | null,
  edit: Edit,
): Promise<StakeholderUpdate> {
  return inTransaction(pool, (db) => saveUpdateIn(db, draft, expectedVersion, edit));
}

/** As {@link saveUpdate}, in the caller's transaction. */
export async function saveUpdateIn(
  db: Queryable,
  draft: UpdateDraft,
  expectedVersion: number | null,
  { actor, now }: Edit,
): Promise<StakeholderUpdate> {
  await assertComponents(db, draft.components);
  const values = [draft.audience, draft.title, draft.body, draft.progress, JSON.stringify(draft.components)];
  if (draft.id !== null) {
    const before = await lock(db, draft.id, expectedVersion);
    if (before.incidentId !== draft.incidentId) throw missing('update', draft.id);
    assertState(before, ['draft', 'rejected']);
    const { rows } = await db.query<StakeholderUpdate>(
      `update stakeholder_update set audience = $1, title = $2, body = $3, progress = $4, components = $5::jsonb, state = 'draft',
         template_id = $6, editors = array_remove(editors, $8::text) || $8::text, version = version + 1
        where id = $7 returning ${updateColumns}`,
      [...values, draft.templateId, before.id, actor.name],
    );
    return rows[0] ?? before;
  }
  const { rows } = await db.query<StakeholderUpdate>(
    `insert into stakeholder_update (audience, title, body, progress, components, template_id, incident_id, state, author, created_at)
     select $1, $2, $3, $4, $5::jsonb, $6, id, 'draft', $8, $9::timestamptz from incident where id = $7 returning ${updateColumns}`,
    [...values, draft.templateId, draft.incidentId, actor.name, timeParameter(now)],
  );
  const [added] = rows;
  if (added === undefined) throw missing('incident', draft.incidentId);
  const data = { updateId: added.id, audience: added.audience };
  await logWork(db, added.incidentId, { kind: 'incident.updateDrafted', data }, actor, now);
  return added;
}

/** Publishes it, or has it wait for a second person. @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION */
export function submitUpdate(pool: Pool, id: number, expectedVersion: number, edit: Edit): Promise<StakeholderUpdate> {
  return inTransaction(pool, (db) => submitUpdateIn(db, id, expectedVersion, edit));
}

/** As {@link submitUpdate}, in the caller's transaction. */
export async function submitUpdateIn(
  db: Queryable,
  id: number,
  expectedVersion: number,
  edit: Edit,
): Promise<StakeholderUpdate> {
  const before = await lock(db, id, expectedVersion);
  assertState(before, ['draft', 'rejected']);
  if ((await approvalReasonOf(db, before)) === null) return publish(db, before, null, edit);
  const { rows } = await db.query<StakeholderUpdate>(
    `update stakeholder_update set state = 'awaiting_approval', decided_by = null, decided_at = null, decision_comment = null,
       version = version + 1 where id = $1 returning ${updateColumns}`,
    [id],
  );
  return rows[0] ?? before;
}

/**
 * That nobody decides about what they wrote is the permission table's to say.
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION
 */
export function decideUpdate(
  pool: Pool,
  decision: {
    readonly id: number;
    readonly isApproved: boolean;
    readonly comment: string | null;
    readonly expectedVersion: number;
  },
  edit: Edit,
): Promise<StakeholderUpdate> {
  const { id, isApproved, comment } = decision;
  return inTransaction(pool, async (db) => {
    const before = await lock(db, id, decision.expectedVersion);
    assertState(before, ['awaiting_approval']);
    const data = { updateId: id, isApproved, comment };
    await logWork(db, before.incidentId, { kind: 'incident.updateDecided', data }, edit.actor, edit.now);
    if (isApproved) return publish(db, before, comment, edit);
    const { rows } = await db.query<StakeholderUpdate>(
      `update stakeholder_update set state = 'rejected', decided_by = $2, decided_at = $3::timestamptz, decision_comment = $4,
         version = version + 1 where id = $1 returning ${updateColumns}`,
      [id, edit.actor.name, timeParameter(edit.now), comment],
    );
    return rows[0] ?? before;
  });
}

/** What was published stays. @throws DomainFailure NOT_FOUND, INVALID_TRANSITION */
export function discardUpdate(pool: Pool, id: number): Promise<void> {
  return inTransaction(pool, async (db) => {
    const before = await lock(db, id, null);
    assertState(before, ['draft', 'rejected', 'awaiting_approval']);
    await db.query('delete from stakeholder_update where id = $1', [id]);
  });
}

/** Why an update needs a second person; null: it does not. @throws DomainFailure NOT_FOUND */
export async function approvalReasonOf(
  db: Queryable,
  { incidentId, audience }: { readonly incidentId: number; readonly audience: Audience },
): Promise<string | null> {
  const { rows } = await db.query<{ type: string; version: number }>(
    'select type, type_version as version from incident where id = $1',
    [incidentId],
  );
  if (rows[0] === undefined) throw missing('incident', incidentId);
  const { type, version } = rows[0];
  const { updatesNeedApproval } = await typeDefinition(db, type, version);
  const typeTitle = (await incidentTypes(db)).find(({ key }) => key === type)?.title ?? type;
  const { needsApproval } = await loadStatusPage(db);
  return approvalReason(audience, { typeTitle, typeNeedsApproval: updatesNeedApproval }, needsApproval);
}

async function publish(
  db: Queryable,
  before: StakeholderUpdate,
  comment: string | null,
  { actor, now }: Edit,
): Promise<StakeholderUpdate> {
  const isDecided = before.state === 'awaiting_approval';
  const { rows } = await db.query<StakeholderUpdate>(
    `update stakeholder_update set state = 'published', published_at = $2::timestamptz, decided_by = $3,
       decided_at = case when $3::text is null then null else $2::timestamptz end, decision_comment = $4, version = version + 1
      where id = $1 returning ${updateColumns}`,
    [before.id, timeParameter(now), isDecided ? actor.name : null, comment],
  );
  const after = rows[0] ?? before;
  const { id, audience, title, progress, incidentId } = after;
  const data = { updateId: id, audience, title, progress };
  await logWork(db, incidentId, { kind: 'incident.updatePublished', data }, actor, now);
  await tellSubscribers(db, after, now);
  if (audience === 'public') {
    await addTimers(db, [
      { kind: 'statusUpdate.deliver', key: `${id}/0`, dueAt: now, data: { updateId: id, after: 0 } },
    ]);
  }
  return after;
}

/** Who follows the incident is told, whoever else the update is for. */
async function tellSubscribers(db: Queryable, update: StakeholderUpdate, now: number): Promise<void> {
  const people = await subscribersOf(db, [update.incidentId]);
  await addNotifications(
    db,
    people.map(({ personId }) => ({
      key: `update/${update.id}/person/${personId}`,
      topic: 'update',
      to: { kind: 'person', personId },
      incidentId: update.incidentId,
      pageId: null,
      severity: 'info',
      template: 'incident.update',
      values: { sentence: `${update.title} (${update.progress})`, text: update.body },
    })),
    now,
  );
}

async function lock(db: Queryable, id: number, expectedVersion: number | null): Promise<StakeholderUpdate> {
  const update = await updateById(db, id, true);
  if (update === null) throw missing('update', id);
  refuseStale('update', update.version, expectedVersion);
  return update;
}

function assertState({ state }: StakeholderUpdate, allowed: readonly StakeholderUpdate['state'][]): void {
  if (allowed.includes(state)) return;
  const message = `The update is ${state.replace('_', ' ')} already: write a new one.`;
  throw new DomainFailure({ code: 'INVALID_TRANSITION', message, phase: state, command: 'update' });
}

async function assertComponents(db: Queryable, components: readonly UpdateComponent[]): Promise<void> {
  const known = new Set((await statusComponents(db)).map(({ id }) => id));
  const unknown = components.find(({ componentId }) => !known.has(componentId));
  if (unknown === undefined) return;
  const message = `The status page has no component ${unknown.componentId}.`;
  throw new DomainFailure({ code: 'INVALID_INPUT', field: 'input.components', message });
}
