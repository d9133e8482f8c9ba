import type { Integration } from '../domain/source.js';
import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from './alertRow.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';
import { timerChannel } from './timer.js';

/** An alert that a rule holds back, in the group `key`. */
export interface PendingAlert {
  readonly alert: StoredAlert;
  readonly key: string;
  /** Its sender, by which rules may tell it apart. */
  readonly integration: PendingIntegration;
}

export type PendingIntegration = Pick<Integration, 'id' | 'source' | 'team' | 'environment' | 'labelAliases'>;

interface PendingRow extends AlertRow {
  readonly pending_key: string;
  readonly integration_source: Integration['source'];
  readonly integration_team: string | null;
  readonly integration_environment: string | null;
  readonly integration_aliases: Integration['labelAliases'];
}

/** More of one group are not let go at once. */
const limit = 1_000;

/** The alerts that are held back in these groups, the newest of each. Ended ones count: they came, and their group may open. */
export async function readPending(db: Queryable, keys: readonly string[]): Promise<readonly PendingAlert[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<PendingRow>({
    name: 'alert_pending',
    text: `select p.*, i.source as integration_source, i.team as integration_team,
             i.environment as integration_environment, i.label_aliases as integration_aliases
      from unnest($1::text[]) as k (key)
      cross join lateral (
        select ${alertColumns}, pending_key from alert
         where pending_key = k.key order by starts_at desc limit ${limit}) p
      join integration i on i.id = p.integration_id`,
    values: [keys],
  });
  return rows.map((row) => ({ alert: alertOfRow(row), key: row.pending_key, integration: integrationOf(row) }));
}

function integrationOf(row: PendingRow): PendingIntegration {
  return {
    id: row.integration_id,
    source: row.integration_source,
    team: row.integration_team,
    environment: row.integration_environment,
    labelAliases: row.integration_aliases,
  };
}

/**
 * Has every alert that fires and is held back decided on again at `at` (epoch ms): the rule that held it back may be gone,
 * and a sender's repeats decide nothing. Those that a timer waits for already keep theirs.
 */
export async function lookAgainAtPending(db: Queryable, at: number): Promise<void> {
  await db.query(
    `with added as (
       insert into timer (kind, key, due_at, data)
       select 'alert.hold', id::text, $1, '{}' from alert where pending_key is not null and closed_at is null
       on conflict (kind, key) do nothing)
     select pg_notify('${timerChannel}', '')`,
    [timeParameter(at)],
  );
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
