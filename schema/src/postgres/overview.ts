import { severityOfRank } from '../domain/severity.js';
import { isOpenSql } from './incidentListFilter.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

export interface OverviewCounts {
  readonly openIncidents: number;
  readonly unacknowledgedIncidents: number;
  readonly firingAlerts: number;
  readonly bySeverity: readonly { readonly value: string; readonly count: number }[];
  readonly openedLastHour: number;
  readonly resolvedLastHour: number;
  readonly receivedLastHour: number;
}

/** What burns now, and what changed in the hour before `now` (epoch milliseconds), in one statement. */
export async function overviewCounts(db: Queryable, now: number): Promise<OverviewCounts> {
  const { rows } = await db.query<{
    open: Readonly<Record<string, { readonly count: number; readonly waiting: number }>> | null;
    firing: number;
    opened: number;
    resolved: number;
    received: number;
  }>({
    name: 'overview',
    text: `select
        (select jsonb_object_agg(severity, jsonb_build_object('count', count, 'waiting', waiting)) from (
           select severity, count(*) as count, count(*) filter (where phase in ('detected', 'triaged')) as waiting
             from incident where ${isOpenSql} group by severity) as open) as open,
        (select count(*) from alert where closed_at is null) as firing,
        (select count(*) from incident where opened_at >= $1::timestamptz) as opened,
        (select count(*) from incident where resolved_at >= $1::timestamptz) as resolved,
        (select coalesce(sum((c ->> 'count')::bigint), 0)::bigint
           from event, jsonb_array_elements(data -> 'counts') as c
          where kind = 'alerts.received' and recorded_at >= $1::timestamptz) as received`,
    values: [timeParameter(now - 3_600_000)],
  });
  const row = rows[0];
  const open = Object.entries(row?.open ?? {});
  return {
    openIncidents: open.reduce((sum, [, { count }]) => sum + count, 0),
    unacknowledgedIncidents: open.reduce((sum, [, { waiting }]) => sum + waiting, 0),
    firingAlerts: row?.firing ?? 0,
    bySeverity: open.map(([rank, { count }]) => ({ value: severityOfRank(Number(rank)), count })),
    openedLastHour: row?.opened ?? 0,
    resolvedLastHour: row?.resolved ?? 0,
    receivedLastHour: row?.received ?? 0,
  };
}

export async function systemState(
  db: Queryable,
): Promise<{ readonly isEmpty: boolean; readonly demoIsRunning: boolean }> {
  const { rows } = await db.query<{ has_rows: boolean; demo: boolean }>({
    name: 'system_state',
    text: `select exists (select 1 from alert) or exists (select 1 from incident) as has_rows,
                  exists (select 1 from timer
                           where kind = 'demo.start' or kind = 'delivery.submit' and key like 'demo:%') as demo`,
  });
  return { isEmpty: rows[0]?.has_rows !== true, demoIsRunning: rows[0]?.demo === true };
}

/** Services that incidents or recent alerts name, in alphabetical order. */
export async function knownServices(db: Queryable, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ service: string }>({
    name: 'known_services',
    text: `select service from (select service from alert where service is not null order by id desc limit 5000) as recent
           union select unnest(services) from (select services from incident order by id desc limit 5000) as recent
           order by 1 limit $1`,
    values: [limit],
  });
  return rows.map((row) => row.service);
}
