import { setTimeout as sleep } from 'node:timers/promises';
import { migrateClickHouse, type MigrateOptions } from '@tocsin/schema/clickhouse/migrate';
import { projectNextRange } from '@tocsin/schema/clickhouse/project';
import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import { kpiRangeLimit, kpiReader, kpiSource } from '@tocsin/schema/postgres/kpiSource';
import { logReaderLagSeconds, resetLogReader, withLogReader } from '@tocsin/schema/postgres/logReader';
import type { Pool, PoolClient } from '@tocsin/schema/postgres/pool';

export interface KpiRelayOptions extends MigrateOptions {
  readonly pool: Pool;
  readonly clickhouse: ClickHouse;
  readonly logger: RelayLogger;
  /** Resolves when the log has grown, or after the timeout. Default: the timeout alone. */
  readonly waitForWake?: (timeoutMs: number) => Promise<void>;
  /** Seconds that ClickHouse is behind the log, after every pass. */
  readonly onLag?: (lagSeconds: number) => void;
  /** Events in one range. @default 5000 */
  readonly rangeLimit?: number;
}

export interface RelayLogger {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
}

export interface KpiRelay {
  readonly start: () => void;
  /** Resolves when the range at hand is written or has failed. */
  readonly stop: () => Promise<void>;
  /**
   * Migrates ClickHouse if that is still to be done, and writes one range.
   * @returns the number of events written: 0 at the head, and when another process is writing.
   * @throws when a store is away; the loop of `start` never does.
   */
  readonly runOnce: () => Promise<number>;
  /** As of the last pass, and growing since while passes fail. */
  readonly lagSeconds: () => number;
}

/** Under steady load a range is written this often at most, so that ClickHouse gets few parts with many rows. */
const restMs = 500;
const pollMs = 1_000;

/** Carries the log into ClickHouse. Any number may run: one writes, the others find its lock and rest. */
export function createKpiRelay(options: KpiRelayOptions): KpiRelay {
  const { pool, clickhouse, logger, rangeLimit = kpiRangeLimit } = options;
  const stopping = new AbortController();
  const lag = createLagGauge(options);
  const waitForWake = options.waitForWake ?? ((timeoutMs) => rest(timeoutMs, stopping.signal));
  let isMigrated = false;
  let loop: Promise<void> = Promise.resolve();

  const pass = async (client: PoolClient): Promise<number> => {
    if (!isMigrated) {
      const { applied, wasEmpty } = await migrateClickHouse(clickhouse, options);
      // A new or emptied ClickHouse gets the whole log, wherever the reader stood.
      if (wasEmpty) await resetLogReader(client, kpiReader);
      if (applied.length > 0) logger.info({ applied }, 'ClickHouse migrated');
      isMigrated = true;
    }
    return projectNextRange(clickhouse, kpiSource(client, client, rangeLimit));
  };
  const runOnce = async (): Promise<number> => {
    const written = (await withLogReader(pool, kpiReader, pass)) ?? 0;
    await lag.measure();
    return written;
  };

  const runUntilStopped = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        const written = await runOnce();
        if (failures > 0) logger.info({ lagSeconds: lag.seconds() }, 'KPI relay writes again');
        failures = 0;
        if (written === rangeLimit) continue;
        await rest(written > 0 ? restMs : 0, stopping.signal);
        await interruptible(stopping.signal, waitForWake(pollMs));
      } catch (error) {
        // Tables may have gone with the server: look again.
        isMigrated = false;
        failures++;
        await lag.measure().catch(() => undefined);
        const retryInMs = retryDelayMs(failures);
        logger.warn({ err: error, failures, retryInMs, lagSeconds: lag.seconds() }, 'KPI relay could not write');
        await rest(retryInMs, stopping.signal);
      }
    }
  };

  return {
    start: () => {
      loop = runUntilStopped();
    },
    stop: async () => {
      stopping.abort();
      await loop;
    },
    runOnce,
    lagSeconds: lag.seconds,
  };
}

interface LagGauge {
  readonly measure: () => Promise<void>;
  readonly seconds: () => number;
}

/** Remembers since when something is missing, so that the lag goes on growing while nothing can be measured. */
function createLagGauge({ pool, onLag }: Pick<KpiRelayOptions, 'pool' | 'onLag'>): LagGauge {
  let missingSince: number | null = null;
  const seconds = (): number => (missingSince === null ? 0 : Math.max(0, (performance.now() - missingSince) / 1000));
  return {
    seconds,
    measure: async () => {
      const measured = await logReaderLagSeconds(pool, kpiReader);
      missingSince = measured === 0 ? null : performance.now() - measured * 1000;
      onLag?.(measured);
    },
  };
}

/** 0.5 s, doubling up to 10 s: a ClickHouse that was away for an hour is written to seconds after it is back. */
function retryDelayMs(failures: number): number {
  return Math.min(500 * 2 ** (failures - 1), 10_000);
}

/** Resolves with the wait, or at once when the signal comes. */
async function interruptible(signal: AbortSignal, wait: Promise<void>): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve, reject) => {
    const interrupt = (): void => resolve();
    signal.addEventListener('abort', interrupt);
    // The listener goes with the wait: a relay waits hundreds of thousands of times on one signal.
    wait.then(resolve, reject).finally(() => signal.removeEventListener('abort', interrupt));
  });
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
