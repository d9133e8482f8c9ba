import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { inTransaction, isUnavailable } from '@tocsin/schema/postgres/transaction';
import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Posted, type Product } from '../support/product.js';
import { collect, type Collected } from '../support/subscription.js';
import { eventually } from '../support/tocsin.js';

const events = `subscription ($after: Cursor) { incidentEvents(after: $after) { cursor event { kind } incident { title } } }`;

describe('Postgres that stops underneath a running product', () => {
  let dataDir: string;
  let postgres: EmbeddedPostgres;
  let product: Product;
  let secret: string;
  let pool: Pool;
  let client: Client;
  let port: number;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tocsin-faults-'));
    await chmod(dataDir, 0o755);
    postgres = await startEmbeddedPostgres({ dataDir });
    port = Number(new URL(postgres.connectionString).port);
    pool = createPool({ connectionString: postgres.connectionString, applicationName: 'test' });
    await migratePostgres(pool);
    ({ secret } = await addSender(pool));
    product = await startProduct(postgres.connectionString);
    client = createClient({
      url: product.webSocketUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { token: product.token },
    });
  });
  afterAll(async () => {
    await client.dispose();
    await product.stop();
    await pool.end();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const fire = (name: string): Promise<Posted> =>
    product.post(
      '/webhooks/alertmanager',
      alertmanagerBody({ labels: { alertname: name, service: name }, startsAt: new Date().toISOString() }),
      secret,
    );
  const titles = (answers: readonly Collected[]): unknown[] =>
    answers.flatMap((each) => (each.at('event', 'kind') === 'INCIDENT_OPENED' ? [each.at('incident', 'title')] : []));

  it('answers 503 with Retry-After meanwhile, lives on, and recovers without a restart or a gap in live', async () => {
    const live = collect(client, events, {});
    await live.started();
    expect((await fire('before')).status).toBe(200);
    const [first] = await live.take(1);

    await postgres.stop();
    for (const name of ['during', 'during', 'during too']) {
      const answer = await fire(name);
      expect(answer).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE' } } });
      expect(Number(answer.retryAfter)).toBeGreaterThan(0);
    }
    expect((await product.get('/readyz')).status).toBe(503);
    expect((await product.get('/healthz')).status).toBe(200);
    expect((await product.graphql('{ incidents { nodes { id } } }')).errors?.[0]?.extensions['code']).toBe(
      'UNAVAILABLE',
    );

    postgres = await startEmbeddedPostgres({ dataDir, port });
    await eventually(async () => (await fire('during')).status === 200);
    expect((await fire('after')).status).toBe(200);
    expect((await product.get('/readyz')).status).toBe(200);

    // The subscription that was there all the time, and one that comes back with its last cursor, get the same.
    await eventually(async () => titles(await live.take(1)).length === 3);
    expect(titles(await live.take(1))).toEqual(['before', 'during', 'after']);
    const resumed = collect(client, events, { after: first?.cursor });
    const expected = (await live.take(1)).slice(1);
    const again = await resumed.take(expected.length);
    expect(again.map((each) => each.cursor)).toEqual(expected.map((each) => each.cursor));
    live.stop();
    resumed.stop();
  });

  it('answers 503 instead of hanging when Postgres hangs, and goes on when it does', async () => {
    // Its sessions are processes of their own: all of them freeze.
    const { rows } = await pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where pid <> pg_backend_pid()`,
    );
    const frozen = [postgres.pid(), ...rows.map(({ pid }) => pid)];
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    try {
      const answers = await Promise.all([fire('frozen'), fire('frozen'), fire('frozen too')]);
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE' } } });
        expect(answer.retryAfter).not.toBeNull();
      }
      expect((await product.get('/healthz')).status).toBe(200);
    } finally {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    }
    await eventually(async () => (await fire('frozen')).status === 200);
    const { rows: stored } = await pool.query(`select 1 from alert where service = 'frozen'`);
    expect(stored).toHaveLength(1);
  });

  it('fails everything on a pipelined connection that dies, and never uses it again', async () => {
    const piped = createPool({
      connectionString: postgres.connectionString,
      applicationName: 'test-pipe',
      max: 1,
      pipeline: true,
    });
    const pids: number[] = [];
    const failed: unknown[] = [];
    const dying = inTransaction(piped, async (db, defer) => {
      const { rows } = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
      pids.push(rows[0]?.pid ?? 0);
      for (let n = 0; n < 5; n++) {
        const sent = db.query('select pg_sleep(60)');
        sent.catch((error: unknown) => failed.push(error));
        defer(sent);
      }
      await pool.query('select pg_terminate_backend($1)', [pids[0]]);
    });
    const error: unknown = await dying.catch((reason: unknown) => reason);
    expect(isUnavailable(error)).toBe(true);
    expect(failed).toHaveLength(5);
    expect(failed.every((each) => isUnavailable(each))).toBe(true);
    await inTransaction(piped, async (db) => {
      const { rows } = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
      pids.push(rows[0]?.pid ?? 0);
    });
    expect(pids[1]).not.toBe(pids[0]);
    expect(piped.totalCount).toBe(1);
    await piped.end();
  });
});
