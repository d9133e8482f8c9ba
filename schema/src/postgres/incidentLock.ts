import type { NotifyMode } from '../domain/rule.js';
import { incidentColumns, incidentOfRow, type IncidentRow } from './incidentRow.js';
import type { IncidentToWrite } from './incidentWrite.js';
import type { Queryable } from './pool.js';

/** The columns of an incident with its activity, without an alias. */
export const lockedColumns = `${incidentColumns}, source, rule_id, rule_version, accepts_alerts, first_starts_at, last_activity_at,
  notify, is_touched, sole_condition, episode_count`;

export interface LockedRow extends IncidentRow {
  readonly source: string | null;
  readonly rule_id: string | null;
  readonly rule_version: number | null;
  readonly accepts_alerts: boolean;
  readonly first_starts_at: number | null;
  readonly last_activity_at: number | null;
  readonly notify: NotifyMode;
  readonly is_touched: boolean;
  readonly sole_condition: string | null;
  readonly episode_count: number;
}

export function lockedOfRow(row: LockedRow): IncidentToWrite {
  return {
    incident: incidentOfRow(row),
    activity: {
      source: row.source,
      ruleId: row.rule_id,
      ruleVersion: row.rule_version,
      acceptsAlerts: row.accepts_alerts,
      firstStartsAt: row.first_starts_at,
      lastActivityAt: row.last_activity_at,
      notify: row.notify,
      isTouched: row.is_touched,
      soleCondition: row.sole_condition,
      episodeCount: row.episode_count,
    },
  };
}

/** Reads incidents for a change, in the order of their ids, so that two writers never wait for each other. */
export async function lockIncidents(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, IncidentToWrite>> {
  const { rows } = await db.query<LockedRow>({
    name: 'incident_lock',
    text: `select ${lockedColumns} from incident where id = any($1::bigint[]) order by id for update`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, lockedOfRow(row)]));
}
