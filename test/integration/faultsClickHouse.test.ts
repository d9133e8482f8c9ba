import { verifyKpis } from '@tocsin/server/kpi/verifyKpis';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { createTestClickHouse } from '../support/embeddedClickHouse.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { collect } from '../support/subscription.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

const system = '{ system { relayLagSeconds clickhouseIsReachable } }';

describe('ClickHouse that is away', () => {
  let database: TestDatabase;
  let product: Product;
  let secret: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ secret } = await addSender(database.pool));
  });
  afterAll(() => database.drop());

  const fire = async (name: string): Promise<void> => {
    const sent = alertmanagerBody({ labels: { alertname: name, service: name }, startsAt: new Date().toISOString() });
    expect((await product.post('/webhooks/alertmanager', sent, secret)).status).toBe(200);
  };
  const lag = async (): Promise<{ relayLagSeconds: number; clickhouseIsReachable: boolean }> => {
    const { data } = await product.graphql(system);
    // Our own API's answer: a wrong shape fails the assertion that reads it.
    return data?.['system'] as { relayLagSeconds: number; clickhouseIsReachable: boolean };
  };

  it('stops neither ingest nor incidents nor live; only the numbers are unavailable, and the lag shows', async () => {
    product = await startProduct(database.url);
    const client = createClient({
      url: product.webSocketUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { token: product.token },
    });
    const live = collect(client, 'subscription { incidentEvents { cursor event { kind } } }', {});
    await live.started();
    for (const name of ['one', 'two', 'three']) await fire(name);
    expect((await live.take(3)).length).toBeGreaterThanOrEqual(3);
    await client.dispose();

    const { data } = await product.graphql('{ incidents { nodes { id title } } }');
    expect(data).toMatchObject({ incidents: { nodes: [{ title: 'three' }, { title: 'two' }, { title: 'one' }] } });
    const acknowledged = await product.graphql('mutation { acknowledgeIncident(id: "1") { phase } }');
    expect(acknowledged.data).toMatchObject({ acknowledgeIncident: { phase: 'ACKNOWLEDGED' } });

    const variables = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
    const kpi = await product.graphql(
      `query ($from: DateTime!, $to: DateTime!) { kpi(query: { from: $from, to: $to }, metrics: [MTTA]) { n } }`,
      variables,
    );
    expect(kpi.errors?.[0]?.extensions['code']).toBe('UNAVAILABLE');

    const first = await eventually(async () => {
      const now = await lag();
      return now.relayLagSeconds > 0 && now;
    });
    expect(first.clickhouseIsReachable).toBe(false);
    await eventually(async () => (await lag()).relayLagSeconds > first.relayLagSeconds);
    expect((await product.get('/readyz')).status).toBe(200);
    await product.stop();
  });

  it('gets everything once it is there, and the KPIs verify', async () => {
    const store = await createTestClickHouse();
    product = await startProduct(database.url, { clickhouse: store.clickhouse });
    await fire('four');
    await eventually(async () => {
      const { data } = await product.graphql(
        `query ($from: DateTime!, $to: DateTime!) { kpi(query: { from: $from, to: $to }, metrics: [MTTA]) { n } }`,
        { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
      );
      return JSON.stringify(data) === '{"kpi":[{"n":1}]}';
    });
    await eventually(async () => (await lag()).relayLagSeconds === 0);
    expect((await lag()).clickhouseIsReachable).toBe(true);
    const report = await verifyKpis({ pool: database.pool, clickhouse: store.clickhouse });
    expect(report).toMatchObject({ outcome: 'compared', differences: [] });
    await product.stop();
    await store.close();
  });
});
