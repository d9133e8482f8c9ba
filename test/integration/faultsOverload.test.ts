import { Overloaded } from '@tocsin/ingest/answers';
import { createBatcher } from '@tocsin/ingest/batch';
import { Hints } from '@tocsin/ingest/hints';
import { createPipeline } from '@tocsin/ingest/pipeline';
import { receiveRoutes } from '@tocsin/ingest/receive';
import { createVerifier } from '@tocsin/ingest/verifier';
import { createPool, type Pool, type PoolClient } from '@tocsin/schema/postgres/pool';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInConfiguration } from '../support/builtInConfiguration.js';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { addSender } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const startsAt = '2026-11-02T07:15:00Z';
const alertsOf = (service: string, count: number, first = 0): SentAlert[] =>
  Array.from({ length: count }, (_, n) => ({ labels: { alertname: `${service} ${first + n}`, service }, startsAt }));

describe('more than can be stored', () => {
  let database: TestDatabase;
  let batchPool: Pool;
  let app: FastifyInstance;
  let url: string;
  let secret: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ secret } = await addSender(database.pool));
    batchPool = createPool({
      connectionString: database.url,
      applicationName: 'test-batch',
      max: 2,
      pipeline: true,
      statementTimeoutMs: 1_000,
    });
    const deps = { pool: batchPool, configuration: () => builtInConfiguration, hints: new Hints(), now: Date.now };
    const pipeline = createPipeline(deps);
    app = fastify({ logger: false, forceCloseConnections: true });
    await receiveRoutes(app, { verify: createVerifier(batchPool, Date.now), submit: pipeline.submit, now: Date.now });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await app.close();
    await batchPool.end();
    await database.drop();
  });

  const post = async (...alerts: SentAlert[]): Promise<Response> => {
    const response = await fetch(`${url}/webhooks/alertmanager/${secret}`, {
      method: 'POST',
      body: JSON.stringify(alertmanagerBody(...alerts)),
    });
    await response.clone().arrayBuffer();
    return response;
  };
  const stored = async (service: string): Promise<number> => {
    const { rows } = await database.pool.query<{ n: number }>(
      'select count(*)::int as n from alert where service = $1',
      [service],
    );
    return rows[0]?.n ?? 0;
  };
  async function lockAlerts(): Promise<PoolClient> {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('lock table alert in share mode');
    return client;
  }

  it('is answered 503 with Retry-After beyond what may wait, and all that was accepted is stored', async () => {
    // While a lock holds the first batch up, the others queue: 20,000 alerts may wait.
    const lock = await lockAlerts();
    const answers = Array.from({ length: 23 }, (_, n) => post(...alertsOf('flood', 1_000, n * 1_000)));
    const refused = await Promise.race(
      answers.map(async (answer) =>
        (await answer).status === 503 ? await answer : new Promise<never>(() => undefined),
      ),
    );
    expect(await refused.clone().json()).toMatchObject({ error: { code: 'OVERLOADED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await lock.query('rollback');
    lock.release();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    const accepted = statuses.filter((status) => status === 200).length;
    expect(accepted).toBeGreaterThan(0);
    // What the lock's timeout turned away was asked to come again, and was not stored.
    expect(await stored('flood')).toBe(accepted * 1_000);
    expect((await post(...alertsOf('flood', 1))).status).toBe(200);
  });

  it('lets one request through that alone is more than may wait', async () => {
    const handled: number[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const batcher = createBatcher<number, number>({
      weightOf: (weight) => weight,
      maxWaiting: 10,
      run: async (items) => {
        await gate;
        handled.push(...items);
        return items;
      },
    });
    const huge = batcher.submit(50);
    await expect(batcher.submit(1)).rejects.toBeInstanceOf(Overloaded);
    open();
    expect(await huge).toBe(50);
    expect(await batcher.submit(1)).toBe(1);
    expect(batcher.waiting()).toBe(0);
    expect(handled).toEqual([50, 1]);
  });

  it('because a lock is held is answered 503, makes no dead letter, and goes through once the lock is gone', async () => {
    const lock = await lockAlerts();
    const answers = await Promise.all([post(...alertsOf('slow', 3)), post(...alertsOf('slow', 3, 3))]);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).not.toBeNull();
    }
    await lock.query('rollback');
    lock.release();
    expect(await stored('slow')).toBe(0);
    for (const again of [0, 3]) expect((await post(...alertsOf('slow', 3, again))).status).toBe(200);
    expect(await stored('slow')).toBe(6);
    const { rows } = await database.pool.query('select message from dead_letter');
    expect(rows).toEqual([]);
  });

  it('because every connection is taken is answered 503, and goes through once one is free', async () => {
    const taken = await Promise.all([batchPool.connect(), batchPool.connect()]);
    const answer = await post(...alertsOf('crowded', 1));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    for (const client of taken) client.release();
    expect((await post(...alertsOf('crowded', 1))).status).toBe(200);
    expect(await stored('crowded')).toBe(1);
  });

  it('because the disk is full is answered 503, makes no dead letter, and goes through once there is room', async () => {
    // What Postgres says when it cannot extend a file; filling the machine's own disk would fail everybody else's tests.
    await database.pool.query(`
      create function disk_is_full() returns trigger language plpgsql as $$ begin
        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
      end $$;
      create trigger disk_is_full before insert on alert for each statement execute function disk_is_full()`);
    const answer = await post(...alertsOf('full', 20));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    await database.pool.query('drop trigger disk_is_full on alert');
    expect((await post(...alertsOf('full', 20))).status).toBe(200);
    expect(await stored('full')).toBe(20);
    const { rows } = await database.pool.query('select message from dead_letter');
    expect(rows).toEqual([]);
  });
});
