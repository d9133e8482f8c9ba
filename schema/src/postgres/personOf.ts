import type { Queryable } from './pool.js';

export interface ActivePerson {
  readonly id: number;
  readonly handle: string;
}

/** Somebody who is active, by handle or by id; null where there is nobody. */
export async function activePerson(
  db: Queryable,
  who: { readonly handle: string } | { readonly id: number },
): Promise<ActivePerson | null> {
  const { rows } = await db.query<ActivePerson>({
    name: 'person_active',
    text: 'select id, handle from person where is_active and (handle = $1 or id = $2::bigint)',
    values: 'handle' in who ? [who.handle, null] : [null, who.id],
  });
  return rows[0] ?? null;
}
