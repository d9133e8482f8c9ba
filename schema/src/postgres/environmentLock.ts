import { environmentKey } from '../domain/deriveEnvironment.js';
import type { Queryable } from './pool.js';

/** Any number; the same in every process. */
const lockSpace = 7_462_004;
/** Held together by everyone who decides about some environment, alone by who decides about all of them. */
const everywhere = 0;

/**
 * Takes turns, until the transaction ends, with everyone who decides about alerts of these environments: what no
 * unique index can express is decided by one at a time. What names no environment may belong to any of them, so null
 * takes turns with everybody. Keys are taken in one order, so two never wait for each other.
 */
export async function lockEnvironments(db: Queryable, environments: readonly (string | null)[]): Promise<void> {
  const names = new Set(environments.map(environmentKey));
  if (names.has(null)) {
    await db.query({
      name: 'environment_lock_all',
      text: `select pg_advisory_xact_lock(${lockSpace}, ${everywhere})`,
      values: [],
    });
    return;
  }
  const keys = [...names].map((name) => hash(name ?? '')).toSorted((a, b) => a - b);
  await db.query({
    name: 'environment_lock',
    // Rows of unnest come in their order, and the shared lock stands before them.
    text: `select case when n = 1 then pg_advisory_xact_lock_shared(${lockSpace}, ${everywhere}) end,
             pg_advisory_xact_lock(${lockSpace}, key)
      from unnest($1::int[]) with ordinality as k (key, n)`,
    values: [[...new Set(keys)]],
  });
}

/** FNV-1a, 32 bit; two environments with one hash only wait for each other. */
function hash(text: string): number {
  let h = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h === everywhere ? 1 : h | 0;
}
