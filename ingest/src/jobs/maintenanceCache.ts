import type { ExpressionAlert } from '@tocsin/schema/domain/expressionAlert';
import { createSuppressor, type Suppression, type Suppressor } from '@tocsin/schema/domain/maintenanceSuppressor';
import { loadLiveWindows, maintenanceVersion } from '@tocsin/schema/postgres/maintenance';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { createWake } from '@tocsin/schema/runtime/wake';

export interface MaintenanceCacheOptions {
  readonly pool: Pool;
  /** The windows could not be read, or one of them cannot be used. */
  readonly onError: (error: unknown) => void;
  /** How often the version is looked at, for a wake-up that was lost. @default 1000 */
  readonly pollMs?: number;
}

/** The windows of the newest version, compiled once for each version. */
export interface MaintenanceCache {
  /**
   * Who keeps the alert quiet, or null.
   * @param at the time of receipt, epoch milliseconds
   */
  readonly suppressorOf: (alert: ExpressionAlert, at: number) => Suppression | null;
  /** Loads the windows where their version moved. */
  readonly refresh: () => Promise<void>;
  /** To be called for every notification on `tocsin_configuration`. */
  readonly wake: () => void;
  /** Loads the windows for the first time, then follows their version. No alert is to be decided on before. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createMaintenanceCache(options: MaintenanceCacheOptions): MaintenanceCache {
  const { pool, onError, pollMs = 1_000 } = options;
  const wake = createWake();
  let suppressor: Suppressor = createSuppressor([]);
  let version: number | null = null;
  let isStopping = false;
  let loop: Promise<void> = Promise.resolve();

  async function refresh(): Promise<void> {
    if ((await maintenanceVersion(pool)) === version) return;
    const live = await loadLiveWindows(pool);
    suppressor = createSuppressor(live.windows, suppressor);
    version = live.version;
    for (const { windowId, message } of suppressor.faults) {
      onError(new Error(`Maintenance window ${windowId} cannot be used: ${message}`));
    }
  }

  async function follow(): Promise<void> {
    while (!isStopping) {
      await wake.wait(pollMs);
      // After an error the old windows stand: with Postgres away nothing is stored either.
      if (!isStopping) await refresh().catch(onError);
    }
  }

  return {
    suppressorOf: (alert, at) => suppressor.suppressorOf(alert, at),
    refresh,
    wake: wake.wake,
    start: async () => {
      await refresh();
      loop = follow();
    },
    stop: async () => {
      isStopping = true;
      wake.wake();
      await loop;
    },
  };
}
