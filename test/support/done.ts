import type { Ask } from './apiServer.js';
import type { TestDatabase } from './testDatabase.js';

/** What a refusal says, its code and its place first. */
export interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly field?: string;
  readonly currentVersion?: number;
}

/**
 * The field that was asked for as `done`, or else what the refusal says. `T` is whatever the file asks for: what was not asked
 * for is missing, null may come as well, and the assertion that reads it fails.
 */
export async function done<T extends object>(
  ask: Ask,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T & Refusal> {
  const { data, errors } = await ask(query, variables);
  const [error] = errors;
  const answered = error === undefined ? data?.['done'] : { ...error.extensions, message: error.message };
  return answered as T & Refusal;
}

/** The id of who has this handle, as the API takes it. */
export async function personIdOf({ pool }: TestDatabase, handle: string): Promise<string> {
  const { rows } = await pool.query<{ id: number }>('select id from person where handle = $1', [handle]);
  return String(rows[0]?.id);
}
