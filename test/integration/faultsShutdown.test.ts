import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { freePort } from '../support/monitoring.js';
import { startProcess, type StartedProcess } from '../support/process.js';
import { addSender } from '../support/product.js';
import { fromRoot } from '../support/root.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

describe('SIGTERM', () => {
  let database: TestDatabase;
  let ingest: StartedProcess;
  let url: string;
  let secret: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ secret } = await addSender(database.pool));
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    ingest = startProcess(process.execPath, [fromRoot('ingest/dist/main.js')], {
      env: {
        DATABASE_URL: database.url,
        CLICKHOUSE_URL: 'http://127.0.0.1:9',
        TOCSIN_INGEST_HOST: '127.0.0.1',
        TOCSIN_INGEST_PORT: port,
        TOCSIN_LOG_LEVEL: 'info',
      },
    });
    await eventually(async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200);
  });
  afterAll(async () => {
    await ingest.end('SIGKILL');
    await database.drop();
  });

  const post = (service: string): Promise<Response> =>
    fetch(`${url}/webhooks/alertmanager/${secret}`, {
      method: 'POST',
      body: JSON.stringify(
        alertmanagerBody({ labels: { alertname: 'Down', service }, startsAt: new Date().toISOString() }),
      ),
    });

  it('lets the requests that are in have their 2xx and stores them; later ones are answered 503', async () => {
    const lock = await database.pool.connect();
    await lock.query('begin');
    await lock.query('lock table alert in share mode');
    const inFlight = Array.from({ length: 5 }, (_, n) => post(`in-flight-${n}`));
    await eventually(async () => {
      const { rows } = await database.pool.query('select 1 from pg_stat_activity where wait_event_type = $1', ['Lock']);
      return rows.length > 0;
    });
    const ended = ingest.end('SIGTERM');
    await ingest.waitFor(/shutting down/);
    const late = await post('late');
    expect(late.status).toBe(503);
    expect(late.headers.get('retry-after')).not.toBeNull();
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    await lock.query('rollback');
    lock.release();
    const statuses = (await Promise.all(inFlight)).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(await ended).toBe(0);
    const { rows } = await database.pool.query<{ service: string }>('select service from alert order by service');
    expect(rows.map(({ service }) => service)).toEqual(Array.from({ length: 5 }, (_, n) => `in-flight-${n}`));
  });
});
