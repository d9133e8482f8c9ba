import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import { builtInMatrix, matrixOf, matrixProblem, type PriorityMatrix } from '../domain/priority.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import type { Edit } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export interface StoredMatrix {
  /** 0: the built-in one. */
  readonly version: number;
  readonly cells: PriorityMatrix;
  readonly savedAt: number | null;
  readonly savedBy: string | null;
}

export async function priorityMatrix(db: Queryable): Promise<StoredMatrix> {
  const { rows } = await db.query<StoredMatrix>({
    name: 'priority_matrix',
    text: `select version, cells, saved_at as "savedAt", saved_by as "savedBy" from priority_matrix
            order by version desc limit 1`,
  });
  return rows[0] ?? { version: 0, cells: builtInMatrix, savedAt: null, savedBy: null };
}

/**
 * Saves a new version, which counts for every incident that is written from then on.
 * @throws DomainFailure INVALID_INPUT naming the cell, CONFLICT
 */
export function savePriorityMatrix(
  pool: Pool,
  cells: unknown,
  expectedVersion: number,
  actor: Actor,
  now: number,
): Promise<StoredMatrix> {
  return inTransaction(pool, (db) => savePriorityMatrixIn(db, cells, expectedVersion, { actor, now }));
}

/** As {@link savePriorityMatrix}, in the caller's transaction. */
export async function savePriorityMatrixIn(
  db: Queryable,
  cells: unknown,
  expectedVersion: number,
  { actor, now }: Edit,
): Promise<StoredMatrix> {
  await lockConfiguration(db, 'types');
  const problem = matrixProblem(cells);
  const matrix = matrixOf(cells);
  if (problem !== null || matrix === null) {
    const error = problem ?? { code: 'INVALID_INPUT', message: 'This is no matrix.', field: 'cells' };
    throw new DomainFailure(error);
  }
  const before = await priorityMatrix(db);
  if (before.version !== expectedVersion) {
    const message = `The matrix is at version ${before.version} by now: reload and decide again.`;
    throw new DomainFailure({ code: 'CONFLICT', message, currentVersion: before.version });
  }
  const after = { version: before.version + 1, cells: matrix, savedAt: now, savedBy: actor.name };
  await db.query(
    'insert into priority_matrix (version, cells, saved_at, saved_by) values ($1, $2::jsonb, to_timestamp($3 / 1000.0), $4)',
    [after.version, JSON.stringify(matrix), now, actor.name],
  );
  const change = {
    action: 'changed',
    id: null,
    name: 'Priority matrix',
    before: before.cells,
    after: matrix,
  } as const;
  await recordConfigurationChange(db, actor, { topic: 'priorityMatrix', ...change }, now);
  await moveConfiguration(db, 'types');
  return after;
}
