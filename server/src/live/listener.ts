import { logChannel } from '@tocsin/schema/postgres/log';
import { createPool } from '@tocsin/schema/postgres/pool';
import type { Logger } from 'pino';

export interface LogListener {
  readonly isConnected: () => boolean;
  readonly stop: () => Promise<void>;
}

const firstWaitMs = 100;
const longestWaitMs = 5_000;

/**
 * Calls `onWake` at every notification of the log, over one connection of its own that comes back by itself.
 * It only makes live fast: whoever reads the log polls too, so nothing is lost while the connection is away.
 */
export function listenToLog(databaseUrl: string, onWake: () => void, logger: Logger): LogListener {
  const stopping = new AbortController();
  let connected = false;
  const running = run();

  async function run(): Promise<void> {
    for (let waitMs = firstWaitMs; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      try {
        await listenOnce(() => {
          connected = true;
          waitMs = firstWaitMs;
          // What was committed while nobody listened.
          onWake();
        });
      } catch (error) {
        logger.warn({ err: error }, 'the LISTEN connection is away: live falls back to polling');
      }
      connected = false;
      await waitFor(waitMs, stopping.signal);
    }
  }

  /** Returns when the connection has ended. */
  async function listenOnce(onConnected: () => void): Promise<void> {
    const pool = createPool({ connectionString: databaseUrl, applicationName: 'tocsin-live', max: 1 });
    try {
      const client = await pool.connect();
      const ended = new Promise<Error | undefined>((resolve) => {
        client.once('error', resolve);
        client.once('end', () => resolve(undefined));
        stopping.signal.addEventListener('abort', () => resolve(undefined), { once: true });
        // Stopped while it connected.
        if (stopping.signal.aborted) resolve(undefined);
      });
      client.on('notification', onWake);
      await client.query(`listen ${logChannel}`);
      onConnected();
      const error = await ended;
      client.release(true);
      if (error) throw error;
    } finally {
      await pool.end();
    }
  }

  return {
    isConnected: () => connected,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
