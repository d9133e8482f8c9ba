import { scheduleOf } from '../domain/maintenanceSchedule.js';
import type { Suppression } from '../domain/maintenanceSuppressor.js';
import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from './alertRow.js';
import { timeParameter } from './incidentRow.js';
import { windowsById } from './maintenance.js';
import type { Queryable } from './pool.js';

/** Kept quiet: by a window, and not surfaced since. */
export const isQuietSql = 'suppressed_by is not null and surfaced_at is null';

/** Where a page of firing alerts ended; they are read along the index of open episodes. */
export interface FiringCursor {
  readonly integrationId: number;
  readonly fingerprint: string;
}

/** Firing alerts after a cursor (null: from the first), in the order of their fingerprints. */
export async function firingAlertPage(
  db: Queryable,
  after: FiringCursor | null,
  limit: number,
): Promise<readonly StoredAlert[]> {
  const { rows } = await db.query<AlertRow>({
    name: 'maintenance_firing_page',
    text: `select ${alertColumns} from alert
            where closed_at is null and (integration_id, fingerprint) > ($1::bigint, $2::text)
            order by integration_id, fingerprint limit $3`,
    values: [after?.integrationId ?? 0, after?.fingerprint ?? '', limit],
  });
  return rows.map(alertOfRow);
}

/** Where a page of recent alerts ended. `at` is Postgres's own text of the time, which keeps its microseconds. */
export interface RecentCursor {
  readonly at: string;
  readonly id: number;
}

/** Alerts that started since then, newest first, after a cursor (null: from the newest). */
export async function recentAlertPage(
  db: Queryable,
  since: number,
  after: RecentCursor | null,
  limit: number,
): Promise<{ readonly alerts: readonly StoredAlert[]; readonly last: RecentCursor | null }> {
  const { rows } = await db.query<AlertRow & { readonly at: string }>({
    name: 'maintenance_recent_page',
    text: `select ${alertColumns}, starts_at::text as at from alert
            where starts_at >= $1::timestamptz and (starts_at, id) < ($2::timestamptz, $3::bigint)
            order by starts_at desc, id desc limit $4`,
    values: [timeParameter(since), after?.at ?? 'infinity', after?.id ?? 0, limit],
  });
  const end = rows.at(-1);
  return { alerts: rows.map(alertOfRow), last: end === undefined ? null : { at: end.at, id: end.id } };
}

/** Alerts above an id that fire and are kept quiet by the window, in the order of their ids. */
export async function quietAlertPage(
  db: Queryable,
  windowId: number,
  afterId: number,
  limit: number,
): Promise<readonly StoredAlert[]> {
  const { rows } = await db.query<AlertRow>({
    name: 'maintenance_quiet_page',
    text: `select ${alertColumns} from alert
            where suppressed_by = $1 and ${isQuietSql} and closed_at is null and id > $2 order by id limit $3`,
    values: [windowId, afterId, limit],
  });
  return rows.map(alertOfRow);
}

/** An alert that is locked until the transaction ends. */
export interface LockedAlert {
  readonly id: number;
  readonly incidentId: number | null;
  readonly incidentIsOpen: boolean;
  /** The window that keeps it quiet now, or null. */
  readonly quietBy: number | null;
}

/**
 * Those of these alerts that still fire, locked. In the order in which a batch takes them, so that the two do not wait for
 * each other.
 */
export async function lockFiringAlerts(db: Queryable, ids: readonly number[]): Promise<readonly LockedAlert[]> {
  const { rows } = await db.query<{
    id: number;
    incident_id: number | null;
    is_open: boolean;
    quiet_by: number | null;
  }>({
    name: 'maintenance_lock_alerts',
    text: `select a.id, a.incident_id, coalesce(i.phase in ('detected', 'triaged', 'acknowledged', 'mitigated'), false) as is_open,
                  case when a.surfaced_at is null then a.suppressed_by end as quiet_by
             from alert a left join incident i on i.id = a.incident_id
            where a.id = any($1::bigint[]) and a.closed_at is null
            order by a.integration_id, a.fingerprint for update of a`,
    values: [ids],
  });
  return rows.map((row) => ({
    id: row.id,
    incidentId: row.incident_id,
    incidentIsOpen: row.is_open,
    quietBy: row.quiet_by,
  }));
}

/** From now on the window keeps them quiet, whichever did before. `windowIds` stand beside `ids`. */
export async function markSuppressed(
  db: Queryable,
  ids: readonly number[],
  windowIds: readonly number[],
): Promise<void> {
  await db.query({
    name: 'maintenance_mark_suppressed',
    text: `update alert a set suppressed_by = m.window_id, surfaced_at = null
             from unnest($1::bigint[], $2::bigint[]) as m (id, window_id) where a.id = m.id`,
    values: [ids, windowIds],
  });
}

/** Nothing keeps them quiet any more; which window did stays known. Epoch milliseconds. */
export async function markSurfaced(
  db: Queryable,
  ids: readonly number[],
  now: number,
): Promise<readonly { readonly alertId: number; readonly windowId: number; readonly name: string }[]> {
  const { rows } = await db.query<{ id: number; window_id: number; name: string }>({
    name: 'maintenance_mark_surfaced',
    text: `update alert a set surfaced_at = $2 from maintenance_window w
            where w.id = a.suppressed_by and a.id = any($1::bigint[]) and ${isQuietSql}
           returning a.id, w.id as window_id, w.name`,
    values: [ids, timeParameter(now)],
  });
  return rows.map((row) => ({ alertId: row.id, windowId: row.window_id, name: row.name }));
}

/** Who keeps an alert quiet; `until` is null in the moment between the end and the alert's surfacing. */
export type StoredSuppression = Omit<Suppression, 'until'> & { readonly until: number | null };

/** Who keeps each of these alerts quiet; those that nobody does are left out. */
export async function suppressionsOf(
  db: Queryable,
  alertIds: readonly number[],
  now: number,
): Promise<ReadonlyMap<number, StoredSuppression>> {
  const { rows } = await db.query<{ id: number; window_id: number }>({
    name: 'maintenance_of_alerts',
    text: `select id, suppressed_by as window_id from alert where id = any($1::bigint[]) and ${isQuietSql}`,
    values: [alertIds],
  });
  if (rows.length === 0) return new Map();
  const windows = await windowsById(db, [...new Set(rows.map((row) => row.window_id))]);
  const known = new Map(
    windows.map((window) => {
      const { id: windowId, name, kind } = window;
      return [windowId, { windowId, name, kind, until: scheduleOf(window).activeAt(now)?.endsAt ?? null }];
    }),
  );
  return new Map(
    rows.flatMap((row) => {
      const suppression = known.get(row.window_id);
      return suppression === undefined ? [] : [[row.id, suppression]];
    }),
  );
}
