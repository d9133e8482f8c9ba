import { type DomainError, DomainFailure } from '../domain/errors.js';
import type { Actor, NewEvent } from '../domain/event.js';
import { type MaintenanceDefinition, maintenanceLimits, type MaintenanceWindow } from '../domain/maintenance.js';
import { refusalOfDefinition } from '../domain/maintenanceCheck.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import { timeParameter } from './incidentRow.js';
import { appendEvents } from './log.js';
import { maintenanceColumns, type MaintenanceRow, windowOfRow } from './maintenance.js';
import { firstTimers, lookNow } from './maintenanceTimers.js';
import type { Pool, Queryable } from './pool.js';
import { addTimers } from './timer.js';
import { inTransaction } from './transaction.js';

/** Who edits, and when (epoch milliseconds). */
export interface Edit {
  readonly actor: Actor;
  readonly now: number;
}

/** @throws DomainFailure INVALID_INPUT, EXPRESSION_INVALID */
export function createWindow(pool: Pool, definition: MaintenanceDefinition, edit: Edit): Promise<MaintenanceWindow> {
  return inTransaction(pool, (db) => createWindowIn(db, definition, edit));
}

/** As {@link createWindow}, in the caller's transaction. */
export async function createWindowIn(
  db: Queryable,
  definition: MaintenanceDefinition,
  { actor, now }: Edit,
): Promise<MaintenanceWindow> {
  check(refusalOfDefinition(definition, now));
  await lockConfiguration(db, 'maintenance');
  await assertRoom(db);
  const { rows } = await db.query<MaintenanceRow>(
    `insert into maintenance_window (kind, name, comment, match, starts_at, ends_at, rrule, time_zone, duration_seconds,
                                     owner, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning ${maintenanceColumns}`,
    [...valuesOf(definition), actor.name, timeParameter(now)],
  );
  const window = only(rows);
  const data = { windowId: window.id, version: window.version, definition };
  await finish(db, { kind: 'maintenance.created', ...about({ actor, now }), data });
  await addTimers(db, firstTimers(window, now));
  return window;
}

/**
 * Alerts that the changed window no longer matches surface, and those that it matches now are kept quiet.
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_INPUT (also of a window that has ended), EXPRESSION_INVALID
 */
export function updateWindow(
  pool: Pool,
  id: number,
  definition: MaintenanceDefinition,
  expectedVersion: number,
  edit: Edit,
): Promise<MaintenanceWindow> {
  return inTransaction(pool, (db) => updateWindowIn(db, id, definition, expectedVersion, edit));
}

/** As {@link updateWindow}, in the caller's transaction. */
export async function updateWindowIn(
  db: Queryable,
  id: number,
  definition: MaintenanceDefinition,
  expectedVersion: number,
  { actor, now }: Edit,
): Promise<MaintenanceWindow> {
  await lockConfiguration(db, 'maintenance');
  const before = await lockWindow(db, id);
  if (before.version !== expectedVersion) {
    const message = 'Somebody changed the window meanwhile: reload and decide again.';
    throw new DomainFailure({ code: 'CONFLICT', message, currentVersion: before.version });
  }
  if (before.endedAt !== null) {
    throw new DomainFailure({ code: 'INVALID_INPUT', field: 'id', message: 'The window has ended: plan another.' });
  }
  check(refusalOfDefinition(definition, now));
  const { rows } = await db.query<MaintenanceRow>(
    `update maintenance_window
        set kind = $1, name = $2, comment = $3, match = $4, starts_at = $5, ends_at = $6, rrule = $7, time_zone = $8,
            duration_seconds = $9, version = version + 1, updated_at = $11
      where id = $10 returning ${maintenanceColumns}`,
    [...valuesOf(definition), id, timeParameter(now)],
  );
  const window = only(rows);
  const data = { windowId: id, version: window.version, from: definitionOf(before), to: definition };
  await finish(db, { kind: 'maintenance.changed', ...about({ actor, now }), data });
  await addTimers(db, lookNow(window, now));
  return window;
}

/** Ends it now; of one that has ended already, nothing changes. What it kept quiet and still fires surfaces. @throws DomainFailure NOT_FOUND */
export function endWindow(pool: Pool, id: number, edit: Edit): Promise<MaintenanceWindow> {
  return inTransaction(pool, (db) => endWindowIn(db, id, edit));
}

/** As {@link endWindow}, in the caller's transaction. */
export async function endWindowIn(db: Queryable, id: number, edit: Edit): Promise<MaintenanceWindow> {
  await lockConfiguration(db, 'maintenance');
  const before = await lockWindow(db, id);
  if (before.endedAt !== null) return before;
  const window = await writeEnd(db, id, edit);
  await addTimers(db, lookNow(window, edit.now));
  return window;
}

/** Its last occurrence is over, and was looked after: it no longer counts as live. Nothing changes where it has ended already. */
export async function expireWindow(db: Queryable, id: number, now: number): Promise<void> {
  await lockConfiguration(db, 'maintenance');
  const { endedAt } = await lockWindow(db, id);
  if (endedAt === null) await writeEnd(db, id, { actor: { kind: 'system', name: 'tocsin' }, now });
}

async function writeEnd(db: Queryable, id: number, edit: Edit): Promise<MaintenanceWindow> {
  const { rows } = await db.query<MaintenanceRow>(
    `update maintenance_window set ended_at = $2, version = version + 1, updated_at = $2
      where id = $1 returning ${maintenanceColumns}`,
    [id, timeParameter(edit.now)],
  );
  const window = only(rows);
  const data = { windowId: id, version: window.version, name: window.name };
  await finish(db, { kind: 'maintenance.ended', ...about(edit), data });
  return window;
}

/** True while the window is as it was read; nobody changes it then until the transaction ends. */
export async function holdWindow(db: Queryable, { id, version }: MaintenanceWindow): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from maintenance_window where id = $1 and version = $2 for share', [
    id,
    version,
  ]);
  return rowCount === 1;
}

async function assertRoom(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*) as count from maintenance_window where ended_at is null',
  );
  if ((rows[0]?.count ?? 0) < maintenanceLimits.live) return;
  const message = `There are ${maintenanceLimits.live} windows and silences that have not ended: end some first.`;
  throw new DomainFailure({ code: 'INVALID_INPUT', field: 'name', message });
}

async function lockWindow(db: Queryable, id: number): Promise<MaintenanceWindow> {
  const { rows } = await db.query<MaintenanceRow>(
    `select ${maintenanceColumns} from maintenance_window where id = $1 for update`,
    [id],
  );
  if (rows.length > 0) return only(rows);
  throw new DomainFailure({ code: 'NOT_FOUND', message: `There is no maintenance window ${id}.` });
}

async function finish(db: Queryable, event: NewEvent): Promise<void> {
  await moveConfiguration(db, 'maintenance');
  await appendEvents(db, [event]);
}

function about({ actor, now }: Edit) {
  return { incidentId: null, alertId: null, actor, occurredAt: now } as const;
}

function check(refusal: DomainError | null): void {
  if (refusal !== null) throw new DomainFailure(refusal);
}

function only(rows: readonly MaintenanceRow[]): MaintenanceWindow {
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres returned no row for a maintenance window.');
  return windowOfRow(row);
}

/** What a person stated of a window, without what we know of it. */
export function definitionOf(window: MaintenanceWindow): MaintenanceDefinition {
  const { kind, name, comment, match, startsAt, endsAt, rrule, timeZone, durationSeconds } = window;
  return { kind, name, comment, match, startsAt, endsAt, rrule, timeZone, durationSeconds };
}

function valuesOf(definition: MaintenanceDefinition): readonly unknown[] {
  const { kind, name, comment, match, startsAt, endsAt, rrule, timeZone, durationSeconds } = definition;
  return [kind, name, comment, match, timeParameter(startsAt), timeParameter(endsAt), rrule, timeZone, durationSeconds];
}
