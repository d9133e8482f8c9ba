import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from './alertRow.js';
import type { Queryable } from './pool.js';

export interface AlertCounts {
  readonly incidentId: number;
  readonly alerts: number;
  readonly firing: number;
}

/** Alerts and firing alerts of each incident; incidents without any are left out. */
export async function alertCountsOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly AlertCounts[]> {
  const { rows } = await db.query<{ incident_id: number; alerts: number; firing: number }>({
    name: 'incident_alert_counts',
    text: `select incident_id, count(*) as alerts, count(*) filter (where closed_at is null) as firing
             from alert where incident_id = any($1::bigint[]) group by incident_id`,
    values: [incidentIds],
  });
  return rows.map((row) => ({ incidentId: row.incident_id, alerts: row.alerts, firing: row.firing }));
}

export interface SharedLabel {
  readonly incidentId: number;
  readonly name: string;
  readonly value: string;
}

/** The labels that every alert of the incident has, with the same value. */
export async function sharedLabelsOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly SharedLabel[]> {
  const { rows } = await db.query<{ incident_id: number; name: string; value: string }>({
    name: 'incident_shared_labels',
    text: `with counted as (
             select incident_id, count(*) as n from alert where incident_id = any($1::bigint[]) group by incident_id)
           select a.incident_id, l.key as name, l.value
             from alert a join counted c using (incident_id), jsonb_each_text(a.labels) as l
            group by a.incident_id, l.key, l.value, c.n having count(*) = c.n order by l.key`,
    values: [incidentIds],
  });
  return rows.map((row) => ({ incidentId: row.incident_id, name: row.name, value: row.value }));
}

/** The first page, newest first, of each incident's alerts below `beforeId`; one more than `first`, to see whether there are more. */
export async function alertPagesOf(
  db: Queryable,
  incidentIds: readonly number[],
  first: number,
  beforeId: number | null,
): Promise<readonly StoredAlert[]> {
  const { rows } = await db.query<AlertRow>({
    name: 'incident_alert_pages',
    text: `select a.* from unnest($1::bigint[]) as i (wanted), lateral (
             select ${alertColumns} from alert
              where incident_id = i.wanted and ($3::bigint is null or id < $3::bigint) order by id desc limit $2) as a`,
    values: [incidentIds, first + 1, beforeId],
  });
  return rows.map(alertOfRow);
}

/** When each incident resolves by itself, epoch milliseconds; incidents that do not are left out. */
export async function autoResolveTimesOf(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await db.query<{ key: string; due_at: number }>({
    name: 'incident_auto_resolve_times',
    text: `select key, due_at from timer where kind = 'incident.autoResolve' and key = any($1::text[])`,
    values: [incidentIds.map(String)],
  });
  return new Map(rows.map((row) => [Number(row.key), row.due_at]));
}

/** Which incidents were merged into each of these. */
export async function mergedIdsOf(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<readonly { readonly id: number; readonly into: number }[]> {
  const { rows } = await db.query<{ id: number; into: number }>({
    name: 'incident_merged_ids',
    text: 'select id, merged_into as into from incident where merged_into = any($1::bigint[]) order by id',
    values: [incidentIds],
  });
  return rows;
}
