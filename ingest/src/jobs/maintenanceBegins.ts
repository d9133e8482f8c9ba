import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import type { NewEvent } from '@tocsin/schema/domain/event';
import type { MaintenanceWindow, Occurrence } from '@tocsin/schema/domain/maintenance';
import { scheduleOf } from '@tocsin/schema/domain/maintenanceSchedule';
import { compileMatch } from '@tocsin/schema/domain/maintenanceSuppressor';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { inTurnWithAlerts } from '@tocsin/schema/postgres/alertTurn';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { appendEvents } from '@tocsin/schema/postgres/log';
import { windowsById } from '@tocsin/schema/postgres/maintenance';
import {
  type FiringCursor,
  firingAlertPage,
  lockFiringAlerts,
  markSuppressed,
} from '@tocsin/schema/postgres/maintenanceAlerts';
import { holdWindow } from '@tocsin/schema/postgres/maintenanceCommands';
import { beginTimer } from '@tocsin/schema/postgres/maintenanceTimers';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { addTimers, completeTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const pageSize = 1_000;

/**
 * A window begins while alerts fire: those that match are marked as quiet from now on. They stay in the incidents they are
 * in, which stay open: what people work on is not taken away from them.
 */
export function maintenanceBeginsJob(pool: Pool, now: () => number): Job {
  return async (timer) => {
    const [window] = await windowsById(pool, [Number(timer.key)]);
    const at = now();
    const schedule = window === undefined || window.endedAt !== null ? null : scheduleOf(window);
    const occurrence = schedule?.activeAt(at) ?? null;
    if (window !== undefined && occurrence !== null) await keepQuiet(pool, window, occurrence, now);
    await inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer)) || window === undefined || schedule === null) return;
      const next = beginTimer(window, schedule, at);
      if (next !== null) await addTimers(db, [next]);
    });
  };
}

async function keepQuiet(
  pool: Pool,
  window: MaintenanceWindow,
  occurrence: Occurrence,
  now: () => number,
): Promise<void> {
  const matcher = compileMatch(window.match);
  if (!matcher.isValid) throw new Error(`The expression of window ${window.id} is invalid: ${matcher.error.message}`);
  const integrations = new Map((await loadIntegrations(pool, null)).map((each) => [each.id, each]));
  const isMeant = (alert: StoredAlert): boolean => {
    const integration = integrations.get(alert.integrationId);
    return integration !== undefined && matcher.matches(factsOf(alert, integration, alert.startsAt));
  };
  let after: FiringCursor | null = null;
  for (;;) {
    const page: readonly StoredAlert[] = await firingAlertPage(pool, after, pageSize);
    const meant = page.filter(isMeant);
    if (meant.length > 0 && !(await markPage(pool, window, occurrence, meant, now()))) return;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = { integrationId: last.integrationId, fingerprint: last.fingerprint };
  }
}

/** False where the window was changed meanwhile: then another look at everything is on its way. */
function markPage(
  pool: Pool,
  window: MaintenanceWindow,
  { endsAt: until }: Occurrence,
  alerts: readonly StoredAlert[],
  now: number,
): Promise<boolean> {
  const ids = alerts.map((alert) => alert.id);
  return inTurnWithAlerts(pool, ids, async (db) => {
    if (!(await holdWindow(db, window))) return false;
    const loud = (await lockFiringAlerts(db, ids)).filter(({ quietBy }) => quietBy === null);
    await markSuppressed(
      db,
      loud.map(({ id }) => id),
      loud.map(() => window.id),
    );
    const data = { windowId: window.id, name: window.name, until };
    await appendEvents(
      db,
      loud.map(({ id: alertId, incidentId }): NewEvent => ({
        kind: 'alert.suppressed',
        alertId,
        incidentId,
        actor: { kind: 'system', name: 'tocsin' },
        occurredAt: now,
        data,
      })),
    );
    return true;
  });
}
