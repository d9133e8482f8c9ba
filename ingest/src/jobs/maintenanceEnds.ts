import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import type { NewEvent } from '@tocsin/schema/domain/event';
import type { MaintenanceWindow } from '@tocsin/schema/domain/maintenance';
import { scheduleOf } from '@tocsin/schema/domain/maintenanceSchedule';
import { createSuppressor, type Suppression } from '@tocsin/schema/domain/maintenanceSuppressor';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { inTurnWithAlerts } from '@tocsin/schema/postgres/alertTurn';
import { lockConfiguration } from '@tocsin/schema/postgres/configurationVersion';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { appendEvents } from '@tocsin/schema/postgres/log';
import { loadLiveWindows, windowsById } from '@tocsin/schema/postgres/maintenance';
import {
  lockFiringAlerts,
  markSuppressed,
  markSurfaced,
  quietAlertPage,
} from '@tocsin/schema/postgres/maintenanceAlerts';
import { expireWindow } from '@tocsin/schema/postgres/maintenanceCommands';
import { endTimer, lookAgain } from '@tocsin/schema/postgres/maintenanceTimers';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { addTimers, type ClaimedTimer, completeTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const pageSize = 500;
const system = { kind: 'system', name: 'tocsin' } as const;

export interface MaintenanceEndsDeps {
  readonly pool: Pool;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /**
   * Puts alerts that fire and are no longer kept quiet into incidents, 500 at most at a time, and marks them by
   * `markSurfaced` in the same transaction. They have no incident, or one that is over. It may be called again for alerts
   * that it has put somewhere already, and leaves those as they are.
   */
  readonly surface: (alertIds: readonly number[]) => Promise<void>;
}

/**
 * An occurrence has ended, or a person changed or ended the window: what it kept quiet and no longer does surfaces, unless
 * another window keeps it quiet. Looks at what is so now, so it may run any number of times.
 */
export function maintenanceEndsJob(deps: MaintenanceEndsDeps): Job {
  const { pool, now } = deps;
  return async (timer) => {
    const windowId = Number.parseInt(timer.key, 10);
    await releaseQuiet(deps, windowId);
    await inTransaction(pool, async (db) => {
      // Before the timer's row, as whoever edits windows does.
      await lockConfiguration(db, 'maintenance');
      const [window] = await windowsById(db, [windowId]);
      if (!(await completeTimer(db, timer)) || window === undefined || isSecondLook(timer)) return;
      const at = now();
      const next = window.endedAt === null ? endTimer(window, scheduleOf(window), at) : null;
      await addTimers(db, [lookAgain(window, at), ...(next === null ? [] : [next])]);
      if (next === null) await expireWindow(db, windowId, at);
    });
  };
}

function isSecondLook(timer: ClaimedTimer): boolean {
  return timer.key.endsWith(':again');
}

async function releaseQuiet(deps: MaintenanceEndsDeps, windowId: number): Promise<void> {
  const { pool, now } = deps;
  const { windows } = await loadLiveWindows(pool);
  const { suppressorOf } = createSuppressor(windows);
  const integrations = new Map((await loadIntegrations(pool, null)).map((each) => [each.id, each]));
  const keeperOf = (alert: StoredAlert): Suppression | null => {
    const integration = integrations.get(alert.integrationId);
    return integration === undefined ? null : suppressorOf(factsOf(alert, integration, alert.startsAt), now());
  };
  let afterId = 0;
  for (;;) {
    const page = await quietAlertPage(pool, windowId, afterId, pageSize);
    const released = page
      .map((alert) => ({ alert, keeper: keeperOf(alert) }))
      .filter(({ keeper }) => keeper?.windowId !== windowId);
    if (released.length > 0) {
      const homeless = await releasePage(pool, windowId, nameOf(windows, windowId), released, now());
      if (homeless.length > 0) await deps.surface(homeless);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    afterId = last.id;
  }
}

function nameOf(windows: readonly MaintenanceWindow[], windowId: number): string | null {
  return windows.find(({ id }) => id === windowId)?.name ?? null;
}

interface Released {
  readonly alert: StoredAlert;
  /** Who keeps it quiet from now on, or null. */
  readonly keeper: Suppression | null;
}

/** @returns the alerts that nothing keeps quiet and that are in no open incident */
async function releasePage(
  pool: Pool,
  windowId: number,
  knownName: string | null,
  released: readonly Released[],
  now: number,
): Promise<readonly number[]> {
  const name = knownName ?? (await windowsById(pool, [windowId]))[0]?.name ?? '';
  const keepers = new Map(released.map(({ alert, keeper }) => [alert.id, keeper]));
  return inTurnWithAlerts(pool, [...keepers.keys()], async (db) => {
    const locked = await lockFiringAlerts(db, [...keepers.keys()]);
    const still = locked.filter(({ quietBy }) => quietBy === windowId);
    const handedOver = still.flatMap((alert) => {
      const keeper = keepers.get(alert.id);
      return keeper == null ? [] : [{ ...alert, keeper }];
    });
    const free = still.filter(({ id }) => keepers.get(id) == null);
    const atHome = free.filter(({ incidentIsOpen }) => incidentIsOpen);
    await markSuppressed(
      db,
      handedOver.map(({ id }) => id),
      handedOver.map(({ keeper }) => keeper.windowId),
    );
    await markSurfaced(
      db,
      atHome.map(({ id }) => id),
      now,
    );
    const about = { actor: system, occurredAt: now };
    await appendEvents(db, [
      ...handedOver.map(({ id: alertId, incidentId, keeper }): NewEvent => {
        const data = { windowId: keeper.windowId, name: keeper.name, until: keeper.until };
        return { kind: 'alert.suppressed', alertId, incidentId, ...about, data };
      }),
      ...atHome.map(({ id: alertId, incidentId }): NewEvent => {
        return { kind: 'alert.surfaced', alertId, incidentId, ...about, data: { windowId, name } };
      }),
    ]);
    // In the order in which they came, as correlation would have seen them.
    return free.flatMap(({ id, incidentIsOpen }) => (incidentIsOpen ? [] : [id])).toSorted((a, b) => a - b);
  });
}
