import type { Queryable } from './pool.js';

/** Any number; the same in every process. */
const lockSpace = 7_462_004;

/**
 * Takes turns, until the transaction ends, with everyone who decides about alerts of these environments: what no
 * unique index can express is decided by one at a time. Keys are taken in one order, so two never wait for each other.
 */
export async function lockEnvironments(db: Queryable, environments: readonly (string | null)[]): Promise<void> {
  const keys = [...new Set(environments.map((environment) => hash(environment ?? '')))].toSorted((a, b) => a - b);
  await db.query({
    name: 'environment_lock',
    text: `select pg_advisory_xact_lock(${lockSpace}, key) from unnest($1::int[]) as key`,
    values: [keys],
  });
}

/** FNV-1a, 32 bit; two environments with one hash only wait for each other. */
function hash(text: string): number {
  let h = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h | 0;
}
