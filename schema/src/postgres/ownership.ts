import pg from 'pg';
import { CannotStart } from './cannotStart.js';

/** Any number; the same in every process. */
const lockKey = 7_462_003;

export interface Ownership {
  readonly release: () => Promise<void>;
}

/**
 * Claims an embedded database for this process. The claim is a session's lock: it ends with the process, however that
 * ends, so nothing has to be cleaned up after a crash.
 * @throws CannotStart when another process holds it
 */
export async function claimDatabase(connectionString: string, dataDir: string): Promise<Ownership> {
  const client = new pg.Client({ connectionString, application_name: 'tocsin-owner', keepAlive: true });
  // A restart of Postgres underneath ends the claim; the process that held it goes on and no other has started since.
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ claimed: boolean }>('select pg_try_advisory_lock($1) as claimed', [lockKey]);
  if (rows[0]?.claimed === true) return { release: () => client.end() };
  await client.end();
  throw new CannotStart(
    `The data directory ${dataDir} is in use by another Tocsin: stop that one, or set TOCSIN_DATA_DIR to another folder.`,
  );
}
