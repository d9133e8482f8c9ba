import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from './alertRow.js';
import type { Queryable } from './pool.js';

/** An alert that a rule holds back, in the group `key`. */
export interface PendingAlert {
  readonly alert: StoredAlert;
  readonly key: string;
}

/** More of one group are not let go at once. */
const limit = 1_000;

/** The alerts that are held back in these groups, the newest of each. Ended ones count: they came, and their group may open. */
export async function readPending(db: Queryable, keys: readonly string[]): Promise<readonly PendingAlert[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<AlertRow & { pending_key: string }>({
    name: 'alert_pending',
    text: `select p.* from unnest($1::text[]) as k (key)
      cross join lateral (
        select ${alertColumns}, pending_key from alert
         where pending_key = k.key order by starts_at desc limit ${limit}) p`,
    values: [keys],
  });
  return rows.map((row) => ({ alert: alertOfRow(row), key: row.pending_key }));
}

const homeless = `select ${alertColumns} from alert a
  where a.id = any($1::bigint[]) and a.closed_at is null
    and not exists (
      select 1 from incident i where i.id = a.incident_id
         and i.phase in ('detected', 'triaged', 'acknowledged', 'mitigated'))
  order by a.integration_id, a.fingerprint`;

/** Alerts that fire and are in no open incident. */
export async function readHomeless(db: Queryable, ids: readonly number[]): Promise<readonly StoredAlert[]> {
  const { rows } = await db.query<AlertRow>({ name: 'alert_homeless', text: homeless, values: [ids] });
  return rows.map(alertOfRow);
}

/** The same, locked in the order in which a batch takes them. */
export async function lockHomeless(db: Queryable, ids: readonly number[]): Promise<readonly StoredAlert[]> {
  const text = `${homeless} for update of a`;
  const { rows } = await db.query<AlertRow>({ name: 'alert_lock_homeless', text, values: [ids] });
  return rows.map(alertOfRow);
}
