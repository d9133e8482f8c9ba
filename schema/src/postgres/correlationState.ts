import type { FingerprintKey } from './fingerprintState.js';
import { lockedColumns, lockedOfRow, type LockedRow } from './incidentLock.js';
import type { IncidentToWrite } from './incidentWrite.js';
import type { Queryable } from './pool.js';

/** An incident that alerts of a batch may touch, with how many of its alerts fire, counted up to a limit. */
export interface StoredIncident extends IncidentToWrite {
  readonly firingCount: number;
  /** There may be more. */
  readonly isCapped: boolean;
}

const columns = `${lockedColumns
  .split(',')
  .map((column) => `i.${column.trim()}`)
  .join(', ')},
  (select count(*)::int from (
     select 1 from alert a where a.incident_id = i.id and a.closed_at is null limit $1) as firing) as firing_count`;

type Row = LockedRow & { readonly firing_count: number };

/**
 * Locks, for each key, the incident that holds it or held it last; where that one was merged, the one it went into.
 * Chains of merges are one step long: merging rewrites them.
 */
export async function lockIncidentsOfKeys(
  db: Queryable,
  keys: readonly string[],
  countLimit: number,
): Promise<ReadonlyMap<string, StoredIncident>> {
  const { rows } = await db.query<Row & { wanted_key: string }>({
    name: 'incident_lock_keys',
    text: `select w.key as wanted_key, ${columns}
      from unnest($2::text[]) as w (key)
      cross join lateral (
        select id, merged_into from incident
         where correlation_key = w.key order by accepts_alerts desc, id desc limit 1) c
      join incident i on i.id = coalesce(c.merged_into, c.id)
      order by i.id for update of i`,
    values: [countLimit, keys],
  });
  return new Map(rows.map((row) => [row.wanted_key, storedOfRow(row, countLimit)]));
}

/**
 * Locks the incidents of the open episodes of these fingerprints. The limit changes no result: it keeps the planner from
 * walking every open alert and looking for each among the fingerprints (75 ms of a batch, at 2,300 open alerts).
 */
export async function lockIncidentsOfFingerprints(
  db: Queryable,
  keys: readonly FingerprintKey[],
  countLimit: number,
): Promise<readonly StoredIncident[]> {
  const { rows } = await db.query<Row>({
    name: 'incident_lock_fingerprints',
    text: `select ${columns} from incident i
      where i.id in (
        select open.incident_id from unnest($2::bigint[], $3::text[]) as k (integration_id, fingerprint)
         cross join lateral (
           select incident_id from alert a
            where a.integration_id = k.integration_id and a.fingerprint = k.fingerprint and a.closed_at is null limit 1) open)
      order by i.id for update of i`,
    values: [countLimit, keys.map((key) => key.integrationId), keys.map((key) => key.fingerprint)],
  });
  return rows.map((row) => storedOfRow(row, countLimit));
}

function storedOfRow(row: Row, countLimit: number): StoredIncident {
  return { ...lockedOfRow(row), firingCount: row.firing_count, isCapped: row.firing_count === countLimit };
}
