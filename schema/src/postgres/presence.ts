import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** Who has not said so for that long looks no more. */
const presenceMs = 45_000;

export interface Present {
  readonly incidentId: number;
  readonly personId: number;
  readonly isTyping: boolean;
  /** When they were last heard of, epoch milliseconds. */
  readonly since: number;
}

/** In the order of their ids: who looks does not move about. @param now epoch milliseconds */
export async function presentAt(
  db: Queryable,
  incidentIds: readonly number[],
  now: number,
): Promise<readonly Present[]> {
  const { rows } = await db.query<Present>({
    name: 'presence_at',
    text: `select incident_id as "incidentId", person_id as "personId", is_typing as "isTyping", seen_at as since from presence
            where incident_id = any($1::bigint[]) and seen_at > $2::timestamptz order by incident_id, person_id limit 1000`,
    values: [incidentIds, timeParameter(now - presenceMs)],
  });
  return rows;
}

/** Forgets who went away without anybody coming after them, e.g. with a process that ended. @param now epoch milliseconds */
export async function deleteOldPresence(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query('delete from presence where seen_at < $1', [
    timeParameter(now - 10 * presenceMs),
  ]);
  return rowCount ?? 0;
}

/** Who is gone for long is forgotten on the way. */
export async function showPresence(
  db: Queryable,
  incidentId: number,
  personId: number,
  isTyping: boolean,
  now: number,
): Promise<void> {
  await db.query({
    name: 'presence_show',
    text: `with gone as (delete from presence where incident_id = $1 and person_id <> $2 and seen_at < $5::timestamptz)
      insert into presence (incident_id, person_id, is_typing, seen_at)
      select id, $2, $3, $4::timestamptz from incident where id = $1
      on conflict (incident_id, person_id) do update set is_typing = excluded.is_typing, seen_at = excluded.seen_at`,
    values: [incidentId, personId, isTyping, timeParameter(now), timeParameter(now - 10 * presenceMs)],
  });
}
