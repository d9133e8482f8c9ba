import type { MaintenanceWindow } from '../domain/maintenance.js';
import { configurationVersion } from './configurationVersion.js';
import type { Queryable } from './pool.js';

/** The columns of {@link MaintenanceRow}, without an alias. */
export const maintenanceColumns = `id, version, kind, name, comment, match, owner, starts_at, ends_at, rrule, time_zone,
  duration_seconds, ended_at, created_at`;

export interface MaintenanceRow {
  readonly id: number;
  readonly version: number;
  readonly kind: MaintenanceWindow['kind'];
  readonly name: string;
  readonly comment: string | null;
  readonly match: string;
  readonly owner: string;
  readonly starts_at: number;
  readonly ends_at: number | null;
  readonly rrule: string | null;
  readonly time_zone: string | null;
  readonly duration_seconds: number | null;
  readonly ended_at: number | null;
  readonly created_at: number;
}

export function windowOfRow(row: MaintenanceRow): MaintenanceWindow {
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    name: row.name,
    comment: row.comment,
    match: row.match,
    owner: row.owner,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    rrule: row.rrule,
    timeZone: row.time_zone,
    durationSeconds: row.duration_seconds,
    endedAt: row.ended_at,
    createdAt: row.created_at,
  };
}

/** The windows that have not ended, at the version that every edit moves. */
export interface LiveWindows {
  readonly version: number;
  readonly windows: readonly MaintenanceWindow[];
}

export async function loadLiveWindows(db: Queryable): Promise<LiveWindows> {
  // In this order: an edit between the two makes the version older than the windows, and the next look loads them again.
  const version = await maintenanceVersion(db);
  const { rows } = await db.query<MaintenanceRow>({
    name: 'maintenance_live',
    text: `select ${maintenanceColumns} from maintenance_window where ended_at is null order by id`,
  });
  return { version, windows: rows.map(windowOfRow) };
}

export function maintenanceVersion(db: Queryable): Promise<number> {
  return configurationVersion(db, 'maintenance');
}

/** Windows that have ended, newest end first. */
export async function loadEndedWindows(db: Queryable, limit: number): Promise<readonly MaintenanceWindow[]> {
  const { rows } = await db.query<MaintenanceRow>({
    name: 'maintenance_ended',
    text: `select ${maintenanceColumns} from maintenance_window where ended_at is not null
            order by ended_at desc, id desc limit $1`,
    values: [limit],
  });
  return rows.map(windowOfRow);
}

/** The windows of these ids that exist, ended or not, in no order. */
export async function windowsById(db: Queryable, ids: readonly number[]): Promise<readonly MaintenanceWindow[]> {
  const { rows } = await db.query<MaintenanceRow>({
    name: 'maintenance_by_id',
    text: `select ${maintenanceColumns} from maintenance_window where id = any($1::bigint[])`,
    values: [ids],
  });
  return rows.map(windowOfRow);
}

/** How many alerts each window kept quiet, those that surfaced at its end included; windows without any are left out. */
export async function suppressedAlertCounts(
  db: Queryable,
  windowIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await db.query<{ id: number; count: number }>({
    name: 'maintenance_suppressed_counts',
    text: `select suppressed_by as id, count(*) as count from alert
            where suppressed_by = any($1::bigint[]) group by suppressed_by`,
    values: [windowIds],
  });
  return new Map(rows.map(({ id, count }) => [id, count]));
}
