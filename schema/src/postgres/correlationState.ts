import type { FingerprintKey } from './fingerprintState.js';
import { lockedColumns, lockedOfRow, type LockedRow } from './incidentLock.js';
import type { IncidentToWrite } from './incidentWrite.js';
import type { Queryable } from './pool.js';

/** An incident that alerts of a batch may touch, with how many of its alerts fire. */
export interface StoredIncident extends IncidentToWrite {
  readonly firingCount: number;
}

const columns = `${lockedColumns
  .split(',')
  .map((column) => `i.${column.trim()}`)
  .join(', ')},
  (select count(*)::int from alert a where a.incident_id = i.id and a.closed_at is null) as firing_count`;

type Row = LockedRow & { readonly firing_count: number };

/**
 * Locks, for each key, the incident that holds it or held it last; where that one was merged, the one it went into.
 * Chains of merges are one step long: merging rewrites them.
 */
export async function lockIncidentsOfKeys(
  db: Queryable,
  keys: readonly string[],
): Promise<ReadonlyMap<string, StoredIncident>> {
  const { rows } = await db.query<Row & { wanted_key: string }>({
    name: 'incident_lock_keys',
    text: `select w.key as wanted_key, ${columns}
      from unnest($1::text[]) as w (key)
      cross join lateral (
        select id, merged_into from incident
         where correlation_key = w.key order by accepts_alerts desc, id desc limit 1) c
      join incident i on i.id = coalesce(c.merged_into, c.id)
      order by i.id for update of i`,
    values: [keys],
  });
  return new Map(rows.map((row) => [row.wanted_key, storedOfRow(row)]));
}

/** Locks the incidents of the open episodes of these fingerprints. */
export async function lockIncidentsOfFingerprints(
  db: Queryable,
  keys: readonly FingerprintKey[],
): Promise<readonly StoredIncident[]> {
  const { rows } = await db.query<Row>({
    name: 'incident_lock_fingerprints',
    text: `select ${columns} from incident i
      where i.id in (
        select a.incident_id from unnest($1::bigint[], $2::text[]) as k (integration_id, fingerprint)
          join alert a on a.integration_id = k.integration_id and a.fingerprint = k.fingerprint and a.closed_at is null)
      order by i.id for update of i`,
    values: [keys.map((key) => key.integrationId), keys.map((key) => key.fingerprint)],
  });
  return rows.map(storedOfRow);
}

function storedOfRow(row: Row): StoredIncident {
  return { ...lockedOfRow(row), firingCount: row.firing_count };
}
