import { type DomainError, DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import type { Queryable } from './pool.js';

/** Who edits, and when (epoch milliseconds). */
export interface Edit {
  readonly actor: Actor;
  readonly now: number;
}

/** @throws DomainFailure where there is a refusal */
export function check(refusal: DomainError | null): void {
  if (refusal !== null) throw new DomainFailure(refusal);
}

export function missing(what: string, id: string | number): DomainFailure {
  return new DomainFailure({ code: 'NOT_FOUND', message: `There is no ${what} ${String(id).slice(0, 60)}.` });
}

/** @param expected null: whoever saves has read no version and overwrites. @throws DomainFailure CONFLICT */
export function refuseStale(what: string, current: number, expected: number | null): void {
  if (expected === null || expected === current) return;
  const message = `Somebody changed the ${what} meanwhile: reload and decide again.`;
  throw new DomainFailure({ code: 'CONFLICT', message, currentVersion: current });
}

/** @throws DomainFailure IN_USE naming who would be left without it */
export function refuseInUse(name: string, usedBy: readonly string[]): void {
  if (usedBy.length === 0) return;
  const more = usedBy.length > 5 ? ` and ${usedBy.length - 5} more` : '';
  const message = `${name} is still used by ${usedBy.slice(0, 5).join(', ')}${more}: change those first.`;
  throw new DomainFailure({ code: 'IN_USE', message, usedBy });
}

/** @throws DomainFailure INVALID_INPUT naming the field where a person does not exist */
export async function assertPersons(db: Queryable, ids: readonly number[], field: string): Promise<void> {
  if (ids.length === 0) return;
  const wanted = [...new Set(ids)];
  const { rows } = await db.query<{ id: number }>('select id from person where id = any($1::bigint[])', [wanted]);
  const known = new Set(rows.map(({ id }) => id));
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown === undefined) return;
  throw new DomainFailure({ code: 'INVALID_INPUT', field, message: `There is no person ${unknown}.` });
}
