import { nextReconcile } from '@tocsin/ingest/jobs/reconcile';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAlertmanager, type MonitoringProcess } from '../support/monitoring.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { requireBinary } from '../support/requirement.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

const binary = requireBinary('prometheus-alertmanager', 'alertmanager');
const minute = 60_000;

describe.skipIf(binary === null)('reconciling with a real Alertmanager', () => {
  let database: TestDatabase;
  let product: Product;
  let alertmanager: MonitoringProcess;
  let sender: { readonly id: number; readonly secret: string };
  let now = Date.now();
  beforeAll(async () => {
    database = await createTestDatabase();
    const sealer = createSealer('a key that is long enough to be one');
    product = await startProduct(database.url, { now: () => now, isStarted: false, sealer });
    sender = await addSender(database.pool, 'alertmanager', { after: 86_400, action: 'resolve' });
    const http_config = { authorization: { type: 'Bearer', credentials: sender.secret } };
    const url = `${product.url}/webhooks/alertmanager`;
    alertmanager = await startAlertmanager(binary ?? '', { webhook_configs: [{ url, http_config }] });
  });
  afterAll(async () => {
    await alertmanager.stop();
    await product.stop();
    await database.drop();
  });

  const add = (...names: readonly string[]): Promise<unknown> =>
    ask(
      '/api/v2/alerts',
      names.map((name) => ({
        labels: { alertname: name, service: name.toLowerCase(), env: 'production' },
        startsAt: new Date(now - 60 * minute).toISOString(),
        endsAt: new Date(Date.now() + 60 * minute).toISOString(),
      })),
    );
  async function ask(path: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(alertmanager.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return response.text();
  }
  async function silence(name: string): Promise<void> {
    const matchers = [{ name: 'alertname', value: name, isRegex: false, isEqual: true }];
    const times = { startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + 60 * minute).toISOString() };
    await ask('/api/v2/silences', { matchers, ...times, createdBy: 'ada', comment: 'known' });
  }
  interface Row {
    readonly name: string;
    readonly reason: string | null;
    readonly resolve_reason: string | null;
  }
  const alerts = async (): Promise<readonly Row[]> =>
    (
      await database.pool.query<Row>(
        `select labels ->> 'alertname' as name, vanish_reason as reason, resolve_reason from alert order by 1`,
      )
    ).rows;
  const events = async (): Promise<readonly unknown[]> =>
    (
      await database.pool.query<{ event: unknown }>(
        `select jsonb_build_array(a.labels ->> 'alertname', e.kind, e.data ->> 'reason') as event
           from event e join alert a on a.id = e.alert_id
          where e.kind in ('alert.vanished', 'alert.reappeared') order by e.xid, e.position`,
      )
    ).rows.map(({ event }) => event);
  const reconcile = async (): Promise<void> => {
    now = Math.max(now, Date.now()) + minute;
    expect(await product.ingest.timers.runDue()).toBeGreaterThan(0);
  };
  const set = (reconcileUrl: string) =>
    product.graphql(
      `mutation ($id: ID!, $url: String!) {
         updateIntegration(id: $id, input: { reconcileUrl: $url, reconcileToken: "t" }) { reconcileUrl } }`,
      { id: String(sender.id), url: reconcileUrl },
    );

  it('marks what is silenced there, with the reason, and nothing else', async () => {
    await add('Disk', 'Queue');
    await eventually(async () => (await alerts()).length === 2);
    expect((await set(alertmanager.url)).errors).toBeUndefined();
    await silence('Disk');
    await eventually(async () => {
      const response = await fetch(`${alertmanager.url}/api/v2/alerts?active=false`);
      // Alertmanager's own answer, of which only the length counts
      return ((await response.json()) as unknown[]).length === 1;
    });
    await reconcile();
    await reconcile();
    expect(await alerts()).toEqual([
      { name: 'Disk', reason: 'silenced', resolve_reason: null },
      { name: 'Queue', reason: null, resolve_reason: null },
    ]);
    expect(await events()).toEqual([['Disk', 'alert.vanished', 'silenced']]);
    const { data } = await product.graphql('{ alerts(filter: { services: ["disk"] }) { nodes { vanishReason } } }');
    expect(data).toEqual({ alerts: { nodes: [{ vanishReason: 'SILENCED' }] } });
  });

  it('brings in what fires there and never came', async () => {
    const known = { labels: { alertname: 'Missed', service: 'missed', env: 'production' } };
    // Delivered to us it would be known: so it is forgotten again, as if the delivery had been lost.
    await add('Missed');
    await eventually(async () => (await alerts()).some(({ name }) => name === known.labels.alertname));
    await product.stop();
    await database.pool.query(`delete from alert where labels ->> 'alertname' = 'Missed'`);
    product = await startProduct(database.url, {
      now: () => now,
      isStarted: false,
      sealer: createSealer('a key that is long enough to be one'),
    });
    now += 12 * minute;
    await reconcile();
    expect((await alerts()).map(({ name }) => name)).toContain('Missed');
  });

  it('resolves what is gone for ten minutes, where the integration resolves what is stale, and not before', async () => {
    await database.pool.query(
      `insert into alert (integration_id, fingerprint, severity, title, labels, annotations, starts_at, starts_at_is_sent,
                          received_at, last_received_at, received_count, material_hash)
       select integration_id, 'gone', severity, 'Gone', '{"alertname": "Gone"}', '{}', starts_at, true, received_at,
              last_received_at, 1, '' from alert limit 1`,
    );
    const gone = async () => (await alerts()).find(({ name }) => name === 'Gone');
    await reconcile();
    now += 8 * minute;
    await reconcile();
    expect(await gone()).toEqual({ name: 'Gone', reason: null, resolve_reason: null });
    now += 2 * minute;
    await reconcile();
    expect(await gone()).toEqual({ name: 'Gone', reason: 'missing', resolve_reason: 'stale' });
    expect((await alerts()).find(({ name }) => name === 'Disk')).toMatchObject({ resolve_reason: null });
  });

  it('tells that the sender cannot be asked, and goes on asking', async () => {
    await set('http://127.0.0.1:9');
    await reconcile();
    const error = async (): Promise<unknown> =>
      (await product.graphql('{ integrations { reconcileError } }')).data?.['integrations'];
    expect(await error()).toEqual([{ reconcileError: expect.stringContaining('could not be asked') }]);
    await set(alertmanager.url);
    await addTimers(database.pool, [nextReconcile(sender.id, now)]);
    await reconcile();
    expect(await error()).toEqual([{ reconcileError: null }]);
  });

  it('asks nobody that it should not', async () => {
    for (const url of ['ftp://am', 'http://user:pass@am:9093', 'am:9093']) {
      expect((await set(url)).errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'reconcileUrl' });
    }
  });
});
