import pg from 'pg';
import { CannotStart } from './cannotStart.js';
import { sqlState } from './transaction.js';

/** Any number; the same in every process. */
const lockKey = 7_462_003;

export interface Ownership {
  readonly release: () => Promise<void>;
}

/** What a killed process held goes with its session, which Postgres may notice a moment later. */
const patienceMs = 3_000;
const pauseMs = 100;

/**
 * Claims an embedded database for this process. The claim is a session's lock: it ends with the process, however that
 * ends, so nothing has to be cleaned up after a crash. Where Postgres was restarted underneath it is claimed again.
 * @throws CannotStart when another process holds it
 */
export async function claimDatabase(connectionString: string, dataDir: string): Promise<Ownership> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isReleased = false;

  async function claim(): Promise<boolean> {
    const next = new pg.Client({ connectionString, application_name: 'tocsin-owner', keepAlive: true });
    next.on('error', () => undefined);
    await next.connect();
    const { rows } = await next.query<{ claimed: boolean }>('select pg_try_advisory_lock($1) as claimed', [lockKey]);
    if (rows[0]?.claimed !== true || isReleased) {
      await next.end();
      return isReleased;
    }
    client = next;
    next.once('end', () => {
      if (!isReleased) claimAgain();
    });
    return true;
  }

  function claimAgain(): void {
    timer = setTimeout(() => void claim().then((claimed) => claimed || claimAgain(), claimAgain), pauseMs);
  }

  if (!(await eventually(claim))) {
    throw new CannotStart(
      `The data directory ${dataDir} is in use by another Tocsin: stop that one, or set TOCSIN_DATA_DIR to another folder.`,
    );
  }
  return {
    release: async () => {
      isReleased = true;
      if (timer) clearTimeout(timer);
      await client?.end();
    },
  };
}

/** Asks again while the answer is no, or while a server that was left behind is still recovering (57P03). */
async function eventually(ask: () => Promise<boolean>): Promise<boolean> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      if (await ask()) return true;
      if (performance.now() > until) return false;
    } catch (error) {
      if (sqlState(error) !== '57P03') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
