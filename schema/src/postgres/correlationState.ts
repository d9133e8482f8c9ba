import { arrayParameter } from './arrayParameter.js';
import { lockedColumns, lockedOfRow, type LockedRow } from './incidentLock.js';
import type { IncidentToWrite } from './incidentWrite.js';
import type { Queryable } from './pool.js';

/** An incident that alerts of a batch may touch, with how many of its alerts fire, counted up to a limit. */
export interface StoredIncident extends IncidentToWrite {
  readonly firingCount: number;
  /** There may be more. */
  readonly isCapped: boolean;
}

const columns = lockedColumns
  .split(',')
  .map((column) => `i.${column.trim()}`)
  .join(', ');

type Row = LockedRow & { readonly firing_count: number };

/**
 * Locks the incidents that a batch may touch, in the order of their ids, so that two writers never wait for each other:
 * those that were found, and those that hold a key which the batch may need.
 */
export async function lockIncidentsAround(
  db: Queryable,
  ids: readonly number[],
  keys: readonly string[],
  countLimit: number,
): Promise<readonly StoredIncident[]> {
  if (ids.length === 0 && keys.length === 0) return [];
  const { rows } = await db.query<Row>({
    name: 'incident_lock_around',
    text: `select ${columns},
        (select count(*)::int from (
           select 1 from alert a where a.incident_id = i.id and a.closed_at is null limit $1) as firing) as firing_count
      from incident i
     where i.id in (
        select unnest($2::bigint[])
        union
        select h.id from unnest($3::text[]) as k (key)
         cross join lateral (select id from incident where correlation_key = k.key and accepts_alerts limit 1) h)
     order by i.id for update of i`,
    values: [countLimit, arrayParameter(ids), arrayParameter(keys)],
  });
  return rows.map((row) => ({
    ...lockedOfRow(row),
    firingCount: row.firing_count,
    isCapped: row.firing_count === countLimit,
  }));
}
