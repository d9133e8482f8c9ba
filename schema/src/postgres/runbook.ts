import { DomainFailure } from '../domain/errors.js';
import { compileIncidentCondition } from '../domain/expressionIncident.js';
import { nameKey } from '../domain/service.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { timeParameter } from './incidentRow.js';
import { containing } from './labelMatch.js';
import { type Edit, missing, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export const runbookLimits = { title: 200, body: 100_000, services: 200, types: 50, condition: 10_000 } as const;

export interface Runbook {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  /** Markdown; its task list items are the steps. */
  readonly body: string;
  readonly teamId: number | null;
  /** By nameKey. */
  readonly serviceKeys: readonly string[];
  readonly typeKeys: readonly string[];
  /** Expression over the incident. */
  readonly condition: string | null;
  readonly isArchived: boolean;
  readonly updatedBy: string;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

export interface RunbookDraft {
  readonly id: number | null;
  readonly title: string;
  readonly body: string;
  readonly teamId: number | null;
  readonly services: readonly string[];
  readonly types: readonly string[];
  readonly condition: string | null;
}

const runbookColumns = `id, version, title, body, team_id as "teamId", service_keys as "serviceKeys", type_keys as "typeKeys",
  condition, is_archived as "isArchived", updated_by as "updatedBy", updated_at as "updatedAt"`;

/** By title, archived ones last. @param search part of title or body; null: all */
export async function listRunbooks(db: Queryable, search: string | null, limit = 500): Promise<readonly Runbook[]> {
  const { rows } = await db.query<Runbook>(
    `select ${runbookColumns} from runbook where $1::text is null or title ilike $1 or body ilike $1
      order by is_archived, lower(title), id limit $2`,
    [search === null ? null : containing(search), limit],
  );
  return rows;
}

/** Those that may be attached by themselves. */
export async function automaticRunbooks(db: Queryable): Promise<readonly Runbook[]> {
  const { rows } = await db.query<Runbook>({
    name: 'runbook_automatic',
    text: `select ${runbookColumns} from runbook
            where not is_archived and (service_keys <> '{}' or type_keys <> '{}' or condition is not null) order by id limit 1000`,
  });
  return rows;
}

export async function runbooksById(db: Queryable, ids: readonly number[]): Promise<readonly Runbook[]> {
  const { rows } = await db.query<Runbook>({
    name: 'runbook_by_id',
    text: `select ${runbookColumns} from runbook where id = any($1::bigint[])`,
    values: [ids],
  });
  return rows;
}

/** @throws DomainFailure NOT_FOUND, CONFLICT, EXPRESSION_INVALID */
export function saveRunbook(
  pool: Pool,
  draft: RunbookDraft,
  expectedVersion: number | null,
  edit: Edit,
): Promise<Runbook> {
  return inTransaction(pool, (db) => saveRunbookIn(db, draft, expectedVersion, edit));
}

/** As {@link saveRunbook}, in the caller's transaction. */
export async function saveRunbookIn(
  db: Queryable,
  draft: RunbookDraft,
  expectedVersion: number | null,
  { actor, now }: Edit,
): Promise<Runbook> {
  if (draft.condition !== null) {
    const compiled = compileIncidentCondition(draft.condition, 'input.condition');
    if (!compiled.isValid) throw new DomainFailure(compiled.error);
  }
  const before = draft.id === null ? null : await lockRunbook(db, draft.id);
  if (before !== null) refuseStale('runbook', before.version, expectedVersion);
  const values = [
    draft.title,
    draft.body,
    draft.teamId,
    [...new Set(draft.services.map(nameKey))],
    draft.types,
    draft.condition,
    actor.name,
    timeParameter(now),
  ];
  const { rows } = await db.query<Runbook>(
    before === null
      ? `insert into runbook (title, body, team_id, service_keys, type_keys, condition, updated_by, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz) returning ${runbookColumns}`
      : `update runbook set title = $1, body = $2, team_id = $3, service_keys = $4, type_keys = $5, condition = $6,
           updated_by = $7, updated_at = $8::timestamptz, version = version + 1 where id = $9 returning ${runbookColumns}`,
    before === null ? values : [...values, before.id],
  );
  return record(db, before, rows[0], { actor, now });
}

/** An archived one is attached no more; where it is attached it stays. @throws DomainFailure NOT_FOUND */
export function archiveRunbook(pool: Pool, id: number, isArchived: boolean, edit: Edit): Promise<Runbook> {
  return inTransaction(pool, (db) => archiveRunbookIn(db, id, isArchived, edit));
}

/** As {@link archiveRunbook}, in the caller's transaction. */
export async function archiveRunbookIn(db: Queryable, id: number, isArchived: boolean, edit: Edit): Promise<Runbook> {
  const before = await lockRunbook(db, id);
  if (before.isArchived === isArchived) return before;
  const { rows } = await db.query<Runbook>(
    `update runbook set is_archived = $2, version = version + 1, updated_by = $3, updated_at = $4::timestamptz
      where id = $1 returning ${runbookColumns}`,
    [id, isArchived, edit.actor.name, timeParameter(edit.now)],
  );
  return record(db, before, rows[0], edit);
}

async function record(
  db: Queryable,
  before: Runbook | null,
  after: Runbook | undefined,
  { actor, now }: Edit,
): Promise<Runbook> {
  if (after === undefined) throw missing('runbook', before?.id ?? '');
  const action = before === null ? 'created' : 'changed';
  const change = { topic: 'runbook', action, id: after.id, name: after.title, before, after } as const;
  await recordConfigurationChange(db, actor, change, now);
  return after;
}

async function lockRunbook(db: Queryable, id: number): Promise<Runbook> {
  const { rows } = await db.query<Runbook>(`select ${runbookColumns} from runbook where id = $1 for update`, [id]);
  if (rows[0] === undefined) throw missing('runbook', id);
  return rows[0];
}
