import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIngestMetrics } from '@tocsin/ingest/telemetry';
import { healthRoutes } from '@tocsin/schema/runtime/health';
import { withSpan } from '@tocsin/schema/runtime/span';
import { startTelemetry, type Telemetry } from '@tocsin/schema/runtime/telemetry';
import { createServerMetrics } from '@tocsin/server/telemetry/serverMetrics';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('self-observation', () => {
  const collected: { url: string | undefined; body: string }[] = [];
  const collector = createServer((request, response) => {
    void textOf(request).then((body) => {
      collected.push({ url: request.url, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  let database: TestDatabase;
  let telemetry: Telemetry;
  let app: FastifyInstance;
  let isShuttingDown = false;

  beforeAll(async () => {
    database = await createTestDatabase();
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    // A listening TCP socket has an address with a port.
    const { port } = collector.address() as AddressInfo;
    telemetry = startTelemetry({ serviceName: 'tocsin-test', otlpEndpoint: `http://127.0.0.1:${port}/` });
    app = fastify();
    healthRoutes(app, { pool: database.pool, scrape: telemetry.scrape, isShuttingDown: () => isShuttingDown });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
    collector.close();
  });

  it('answers /healthz and /readyz while Postgres is there and migrated', async () => {
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    const ready = await app.inject('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('is not ready while it shuts down, but alive', async () => {
    isShuttingDown = true;
    expect((await app.inject('/readyz')).statusCode).toBe(503);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    isShuttingDown = false;
  });

  it('is not ready on a database of another migration, and says why', async () => {
    await database.pool.query(`insert into migration (version, name) values (999999, 'of a later version')`);
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ reason: expect.stringContaining('another migration') });
    await database.pool.query('delete from migration where version = 999999');
    expect((await app.inject('/readyz')).statusCode).toBe(200);
  });

  it('shows what was counted at /metrics, in the format of Prometheus', async () => {
    const ingest = createIngestMetrics();
    ingest.countAlerts('signoz', 'opened', 2);
    ingest.countAlerts('signoz', 'opened', 1);
    ingest.countRequest('signoz', 200);
    ingest.recordBatch(7, 0.003);
    ingest.watchRelay(() => 1.5);
    const server = createServerMetrics();
    server.watchLive(() => ({ connections: 2, subscriptions: 3, cutOffs: 1 }));
    server.recordLatency([Date.now() - 4]);
    server.watchHorizon(() => Promise.resolve(0.25));
    const answer = await app.inject('/metrics');
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.body.split('\n')).toEqual(
      expect.arrayContaining([
        'tocsin_alerts_total{source="signoz",outcome="opened"} 3',
        'tocsin_webhook_requests_total{source="signoz",status="200"} 1',
        'tocsin_batch_alerts_bucket{le="10"} 1',
        'tocsin_commit_seconds_bucket{le="0.002"} 0',
        'tocsin_commit_seconds_bucket{le="0.005"} 1',
        'tocsin_relay_lag_seconds 1.5',
        'tocsin_live_connections 2',
        'tocsin_subscribers 3',
        'tocsin_subscribers_cut_off_total 1',
        'tocsin_live_latency_seconds_count 1',
        'tocsin_horizon_lag_seconds 0.25',
      ]),
    );
    expect(answer.body).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it('sends spans, failed ones marked, to the collector at the latest when the process ends', async () => {
    await withSpan('commit', { 'tocsin.alerts': 7 }, () => Promise.resolve());
    await expect(withSpan('relay', {}, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await telemetry.shutdown();
    expect(collected[0]?.url).toBe('/v1/traces');
    const sent: unknown = JSON.parse(collected[0]?.body ?? '');
    expect(sent).toMatchObject({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                { name: 'commit', status: { code: 0 } },
                { name: 'relay', status: { code: 2 } },
              ],
            },
          ],
        },
      ],
    });
  });

  it('is not ready while Postgres is away', async () => {
    await database.drop();
    const answer = await app.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { status: 'not ready', reason: 'PostgreSQL cannot be reached.' },
    ]);
    database = await createTestDatabase();
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
