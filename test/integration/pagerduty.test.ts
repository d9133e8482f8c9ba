import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAlertmanager } from '../support/monitoring.js';
import { addSender, startProduct, type Posted, type Product } from '../support/product.js';
import { requireBinary } from '../support/requirement.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

const alertmanagerBinary = requireBinary('prometheus-alertmanager', 'alertmanager');

describe('in place of PagerDuty', () => {
  let database: TestDatabase;
  let product: Product;
  let routingKey: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct(database.url, { isStarted: false });
    ({ secret: routingKey } = await addSender(database.pool, 'pagerduty'));
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  /** As a client of PagerDuty sends: the key is in the body, and nowhere else. */
  async function enqueue(event: object, path = '/v2/enqueue', key = routingKey): Promise<Posted> {
    const response = await fetch(product.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routing_key: key, ...event }),
    });
    // our own answers: a wrong shape fails the assertion that reads it
    const body = (await response.json()) as Posted['body'];
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
  }
  const trigger = (dedup_key: string | undefined, more: object = {}) => ({
    event_action: 'trigger',
    dedup_key,
    payload: { summary: 'Payments are slow', source: 'pay-1', severity: 'critical', component: 'payments', ...more },
  });
  const alertsOf = async (fingerprint: string) =>
    (
      await database.pool.query<{ id: number; closed_at: number | null; incident_id: number; received_count: number }>(
        'select id, closed_at, incident_id, received_count from alert where fingerprint = $1 order by id',
        [fingerprint],
      )
    ).rows;
  const incident = async (id: number | undefined) =>
    (
      await database.pool.query<{ phase: string; acknowledged_by: string; title: string }>(
        'select phase, acknowledged_by, title from incident where id = $1',
        [id],
      )
    ).rows[0];

  it('gives out routing keys as PagerDuty does', () => {
    expect(routingKey).toMatch(/^[0-9a-f]{32}$/);
  });

  it('takes an alert through its life: triggered, again, acknowledged, resolved, and a new one under the same key', async () => {
    const fired = await enqueue(trigger('pay'));
    expect(fired).toMatchObject({
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: 'pay' },
    });
    await enqueue(trigger('pay', { summary: 'Payments are slower' }));
    const [alert, ...others] = await alertsOf('pay');
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ closed_at: null, received_count: 2 });
    expect(await incident(alert?.incident_id)).toMatchObject({ phase: 'detected', title: 'Payments are slow' });

    expect((await enqueue({ event_action: 'acknowledge', dedup_key: 'pay' })).status).toBe(202);
    expect(await incident(alert?.incident_id)).toMatchObject({
      phase: 'acknowledged',
      acknowledged_by: 'pagerduty sender',
    });
    expect((await enqueue({ event_action: 'acknowledge', dedup_key: 'pay' })).status).toBe(202);

    expect((await enqueue({ event_action: 'resolve', dedup_key: 'pay' })).status).toBe(202);
    expect((await alertsOf('pay'))[0]?.closed_at).not.toBeNull();
    await enqueue(trigger('pay'));
    const again = await alertsOf('pay');
    expect(again.map(({ closed_at: closedAt }) => closedAt === null)).toEqual([false, true]);
  });

  it('answers the end and the acknowledgement of what is unknown as PagerDuty does, and opens nothing', async () => {
    for (const event_action of ['resolve', 'acknowledge']) {
      expect((await enqueue({ event_action, dedup_key: 'never-seen' })).status).toBe(202);
    }
    expect(await alertsOf('never-seen')).toEqual([]);
  });

  it('makes a key where none was given, and the key works', async () => {
    const { body } = await enqueue(trigger(undefined));
    const key = String(body['dedup_key']);
    expect(await alertsOf(key)).toHaveLength(1);
    await enqueue({ event_action: 'resolve', dedup_key: key });
    expect((await alertsOf(key))[0]?.closed_at).not.toBeNull();
  });

  it('keeps what it refuses, without the routing key', async () => {
    const refused = await enqueue({ event_action: 'trigger', payload: { summary: 'No source' } });
    expect(refused).toMatchObject({
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid' },
    });
    const { rows } = await database.pool.query<{ body: Buffer }>('select body from dead_letter order by id');
    expect(rows.at(-1)?.body.toString()).toContain('No source');
    for (const { body } of rows) expect(body.toString()).not.toContain(routingKey);
  });

  it('knows nobody by a wrong key, and keeps nothing of them', async () => {
    const count = async () =>
      (await database.pool.query('select from dead_letter union all select from delivery')).rowCount;
    const before = await count();
    for (const key of ['0'.repeat(32), '']) {
      const answer = await enqueue(trigger('x'), '/v2/enqueue', key);
      expect(answer).toMatchObject({ status: 401, body: { status: 'invalid event', errors: ['Invalid routing key'] } });
    }
    expect(await count()).toBe(before);
  });

  it('refuses more than 512 KB', async () => {
    const custom_details = { text: 'x'.repeat(513 * 1024) };
    const answer = await enqueue(trigger('large', { custom_details }));
    expect(answer).toMatchObject({ status: 413, body: { status: 'invalid event' } });
  });

  it('is reached at /webhooks/pagerduty too, and takes the key from where other senders have it', async () => {
    expect((await enqueue(trigger('hook'), '/webhooks/pagerduty')).status).toBe(202);
    const answer = await product.post('/webhooks/pagerduty', trigger('hook'), routingKey);
    expect(answer.status).toBe(202);
    expect(await alertsOf('hook')).toMatchObject([{ received_count: 2 }]);
  });

  it.skipIf(alertmanagerBinary === null)("is what a real Alertmanager's PagerDuty receiver expects", async () => {
    const receiver = { pagerduty_configs: [{ url: `${product.url}/v2/enqueue`, routing_key: routingKey }] };
    const alertmanager = await startAlertmanager(alertmanagerBinary ?? '', receiver);
    const push = async (endsAt: number): Promise<void> => {
      const labels = { alertname: 'QueueGrows', service: 'mailer', severity: 'critical' };
      const times = { startsAt: new Date(Date.now() - 60_000).toISOString(), endsAt: new Date(endsAt).toISOString() };
      const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ labels, ...times }]),
      });
      expect(response.status).toBe(200);
    };
    const known = async () =>
      (
        await database.pool.query<{ title: string; closed_at: number | null }>(
          "select title, closed_at from alert where title like 'QueueGrows%'",
        )
      ).rows[0];
    try {
      await push(Date.now() + 600_000);
      expect(await eventually(known)).toMatchObject({ title: expect.not.stringContaining('FIRING'), closed_at: null });
      await push(Date.now() - 1_000);
      await eventually(async () => (await known())?.closed_at);
    } finally {
      await alertmanager.stop();
    }
  });
});
