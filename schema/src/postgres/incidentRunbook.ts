import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import { runbookSteps } from '../domain/markdownSteps.js';
import { runbookReason } from '../domain/runbookMatch.js';
import { incidentFacts } from './incidentFacts.js';
import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { type Edit, missing } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { automaticRunbooks, type Runbook, runbooksById } from './runbook.js';
import { inTransaction } from './transaction.js';

/** A runbook as it was when it was attached. */
export interface IncidentRunbook {
  readonly id: number;
  readonly incidentId: number;
  readonly runbookId: number;
  readonly title: string;
  readonly body: string;
  readonly attachedBy: string;
}

export interface RunbookTick {
  readonly incidentRunbookId: number;
  readonly step: number;
  readonly tickedBy: string;
  /** Epoch milliseconds. */
  readonly tickedAt: number;
}

const columns = `id, incident_id as "incidentId", runbook_id as "runbookId", title, body, attached_by as "attachedBy"`;

export async function runbooksOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly IncidentRunbook[]> {
  const { rows } = await db.query<IncidentRunbook>({
    name: 'incident_runbook_of',
    text: `select ${columns} from incident_runbook where incident_id = any($1::bigint[]) order by incident_id, id`,
    values: [incidentIds],
  });
  return rows;
}

export async function ticksOf(db: Queryable, incidentRunbookIds: readonly number[]): Promise<readonly RunbookTick[]> {
  const { rows } = await db.query<RunbookTick>({
    name: 'runbook_tick_of',
    text: `select incident_runbook_id as "incidentRunbookId", step, ticked_by as "tickedBy", ticked_at as "tickedAt"
             from runbook_tick where incident_runbook_id = any($1::bigint[])`,
    values: [incidentRunbookIds],
  });
  return rows;
}

/** Attaching twice is attaching once. @throws DomainFailure NOT_FOUND */
export function attachRunbook(pool: Pool, incidentId: number, runbookId: number, edit: Edit): Promise<IncidentRunbook> {
  return inTransaction(pool, (db) => attachRunbookIn(db, incidentId, runbookId, edit));
}

/** As {@link attachRunbook}, in the caller's transaction. */
export async function attachRunbookIn(
  db: Queryable,
  incidentId: number,
  runbookId: number,
  edit: Edit,
): Promise<IncidentRunbook> {
  const [runbook] = await runbooksById(db, [runbookId]);
  if (runbook === undefined || runbook.isArchived) throw missing('runbook', runbookId);
  const added = await insert(db, incidentId, runbook, `by ${edit.actor.name}`, edit);
  const found = added ?? (await runbooksOf(db, [incidentId])).find((each) => each.runbookId === runbookId);
  if (found === undefined) throw missing('incident', incidentId);
  return found;
}

const automation: Actor = { kind: 'system', name: 'runbooks' };

/** Attaches what services, types and conditions say belongs to these incidents, as they are now. Idempotent. */
export async function attachMatchingRunbooks(
  db: Queryable,
  incidentIds: readonly number[],
  now: number,
): Promise<void> {
  const runbooks = await automaticRunbooks(db);
  if (runbooks.length === 0) return;
  const facts = await incidentFacts(db, incidentIds);
  const there = new Set((await runbooksOf(db, incidentIds)).map((each) => `${each.incidentId}/${each.runbookId}`));
  for (const [incidentId, each] of [...facts].toSorted(([a], [b]) => a - b)) {
    for (const runbook of runbooks) {
      if (there.has(`${incidentId}/${runbook.id}`)) continue;
      const because = runbookReason(runbook, each, now);
      if (because !== null) await insert(db, incidentId, runbook, because, { actor: automation, now });
    }
  }
}

/** Those of the incidents that have a service with a runbook which they were not given yet. Cheap: alerts join by the thousand. */
export async function incidentsMissingRunbooks(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<readonly number[]> {
  if (incidentIds.length === 0) return [];
  const { rows } = await db.query<{ id: number }>({
    name: 'incident_runbook_missing',
    text: `select i.id from incident i where i.id = any($1::bigint[]) and exists (
             select from runbook r where not r.is_archived
                and r.service_keys && array(select lower(trim(name)) from unnest(i.services) as name)
                and not exists (select from incident_runbook a where a.incident_id = i.id and a.runbook_id = r.id))`,
    values: [incidentIds],
  });
  return rows.map(({ id }) => id);
}

/**
 * Ticks a step off, or takes that back; what is so already is nothing.
 * @throws DomainFailure NOT_FOUND; INVALID_INPUT where the text has no such step
 */
export function tickRunbookStep(
  pool: Pool,
  id: number,
  step: number,
  isTicked: boolean,
  { actor, now }: Edit,
): Promise<IncidentRunbook> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<IncidentRunbook>(
      `select ${columns} from incident_runbook where id = $1 for update`,
      [id],
    );
    const [runbook] = rows;
    if (runbook === undefined) throw missing('attached runbook', id);
    const text = runbookSteps(runbook.body)[step]?.text;
    if (text === undefined) {
      throw new DomainFailure({ code: 'INVALID_INPUT', field: 'step', message: `The runbook has no step ${step}.` });
    }
    const { rowCount } = isTicked
      ? await db.query(
          `insert into runbook_tick (incident_runbook_id, step, ticked_by, ticked_at) values ($1, $2, $3, $4::timestamptz)
           on conflict do nothing`,
          [id, step, actor.name, timeParameter(now)],
        )
      : await db.query('delete from runbook_tick where incident_runbook_id = $1 and step = $2', [id, step]);
    const data = { incidentRunbookId: id, step, text, isTicked };
    if (rowCount) await logWork(db, runbook.incidentId, { kind: 'incident.runbookTicked', data }, actor, now);
    return runbook;
  });
}

async function insert(
  db: Queryable,
  incidentId: number,
  runbook: Runbook,
  because: string,
  { actor, now }: Edit,
): Promise<IncidentRunbook | undefined> {
  const { rows } = await db.query<IncidentRunbook>(
    `insert into incident_runbook (incident_id, runbook_id, runbook_version, title, body, attached_by, attached_at)
     select id, $2, $3, $4, $5, $6, $7::timestamptz from incident where id = $1
     on conflict (incident_id, runbook_id) do nothing returning ${columns}`,
    [incidentId, runbook.id, runbook.version, runbook.title, runbook.body, actor.name, timeParameter(now)],
  );
  const [added] = rows;
  if (added === undefined) return undefined;
  const data = { incidentRunbookId: added.id, title: added.title, because };
  await logWork(db, incidentId, { kind: 'incident.runbookAttached', data }, actor, now);
  return added;
}
