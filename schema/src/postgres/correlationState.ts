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

const around = `select unnest($1::bigint[]) as id
        union
        select h.id from unnest($2::text[]) as k (key)
         cross join lateral (select id from incident where correlation_key = k.key and accepts_alerts limit 1) h`;

/**
 * Locks the incidents that a batch may touch, in the order of their ids, so that two writers never wait for each other:
 * those that were found, and those that hold a key which the batch may need.
 * What fires is counted by a statement of its own, once the rows are ours: the one that waited for a row sees the row as it
 * became meanwhile, but the alerts as they were before, and two who each end one of the last two would both leave one.
 */
export async function lockIncidentsAround(
  db: Queryable,
  ids: readonly number[],
  keys: readonly string[],
  countLimit: number,
): Promise<readonly StoredIncident[]> {
  if (ids.length === 0 && keys.length === 0) return [];
  const values = [arrayParameter(ids), arrayParameter(keys)];
  const [locked, counted] = await Promise.all([
    db.query<LockedRow>({
      name: 'incident_lock_around',
      text: `select ${columns} from incident i where i.id in (${around}) order by i.id for update of i`,
      values,
    }),
    db.query<{ id: number; firing_count: number }>({
      name: 'incident_count_around',
      text: `select i.id, f.firing_count from (${around}) i
        cross join lateral (
          select count(*)::int as firing_count from (
            select 1 from alert a where a.incident_id = i.id and a.closed_at is null limit $3) as firing) f`,
      values: [...values, countLimit],
    }),
  ]);
  const counts = new Map(counted.rows.map((row) => [row.id, row.firing_count]));
  return locked.rows.map((row) => {
    const incident = lockedOfRow(row);
    const firingCount = counts.get(incident.incident.id) ?? 0;
    return { ...incident, firingCount, isCapped: firingCount === countLimit };
  });
}
