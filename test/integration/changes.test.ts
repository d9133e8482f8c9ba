import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;

interface Shown {
  readonly change: { readonly title: string; readonly service: string | null; readonly source: string };
  readonly secondsBeforeImpact: number;
  readonly reason: string;
}

describe('changes', () => {
  let database: TestDatabase;
  let product: Product;
  let secrets: { readonly alerts: string; readonly changes: string };
  const now = Date.now();
  const impact = now - 60 * minute;
  const iso = (ms: number): string => new Date(ms).toISOString();
  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct(database.url, { isStarted: false });
    const [alerts, changes] = [await addSender(database.pool), await addSender(database.pool, 'generic')];
    secrets = { alerts: alerts.secret, changes: changes.secret };
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  async function tell(title: string, minutesBefore: number, service: string | null, environment = 'production') {
    const time = iso(impact - minutesBefore * minute);
    const body = { type: 'deploy', title, service, environment, time, id: title, details: { commit: '9f1c' } };
    const answer = await product.post('/webhooks/generic', body, secrets.changes);
    expect(answer.status).toBe(200);
    return answer.body;
  }
  async function changesOfIncident(): Promise<readonly Shown[]> {
    const { data } = await product.graphql(
      '{ incidents(first: 1) { nodes { changes { change { title service source } secondsBeforeImpact reason } } } }',
    );
    // our own API's answer: a wrong shape fails the assertion that reads it
    const incidents = data?.['incidents'] as { readonly nodes: readonly { readonly changes: readonly Shown[] }[] };
    return incidents.nodes[0]?.changes ?? [];
  }

  it('are stored once, told in the log, and open nothing', async () => {
    expect(await tell('checkout 7.1', 30, 'checkout')).toMatchObject({
      received: 1,
      changes: 1,
      opened: 0,
      deadLettered: 0,
    });
    await tell('checkout 7.1', 30, 'checkout');
    const { rows } = await database.pool.query<{ data: object; actor: string }>(
      "select data, actor from event where kind = 'change.received'",
    );
    expect(rows).toEqual([
      {
        actor: 'generic sender',
        data: {
          changeId: expect.any(Number),
          integrationId: expect.any(Number),
          title: 'checkout 7.1',
          service: 'checkout',
          environment: 'production',
        },
      },
    ]);
    expect((await database.pool.query('select from change_event')).rowCount).toBe(1);
    expect((await database.pool.query('select from incident')).rowCount).toBe(0);
    const { data } = await product.graphql(
      '{ integrations { source deliveries { alertCount changes receivedCount } outcomes { outcome count } } }',
    );
    expect(data?.['integrations']).toContainEqual({
      source: 'GENERIC',
      deliveries: [{ alertCount: 0, changes: 1, receivedCount: 2 }],
      outcomes: [{ outcome: 'changes', count: 1 }],
    });
  });

  it('are offered as causes of an incident, the likeliest first, each with why', async () => {
    await database.pool.query(
      `with s as (insert into service (name, name_key, kind, environments, aliases)
                  values ('checkout', 'checkout', 'service', '{}', '{}'), ('payments', 'payments', 'service', '{}', '{}')
                  returning id, name)
       insert into service_dependency (service_id, ordinal, target, target_key)
       select id, 1, case name when 'checkout' then 'payments' else 'ledger' end,
              case name when 'checkout' then 'payments' else 'ledger' end from s`,
    );
    await tell('ledger 3', 5, 'ledger');
    await tell('payments 12', 200, 'payments');
    await tell('mailer 9', 1, 'mailer');
    await tell('checkout 7.2', -10, 'checkout');
    await tell('checkout in staging', 2, 'checkout', 'staging');
    await tell('checkout long ago', 361, 'checkout');
    await tell('checkout much later', -31, 'checkout');
    const alert = {
      labels: { alertname: 'CheckoutDown', service: 'checkout', env: 'production', severity: 'critical' },
      startsAt: iso(impact),
    };
    await product.post('/webhooks/alertmanager', alertmanagerBody(alert), secrets.alerts);
    const shown = await changesOfIncident();
    expect(shown.map(({ change, reason, secondsBeforeImpact }) => [change.title, reason, secondsBeforeImpact])).toEqual(
      [
        ['checkout 7.1', 'Same service: checkout', 1_800],
        ['checkout 7.2', 'Same service: checkout', -600],
        ['payments 12', 'checkout depends on payments', 12_000],
        ['ledger 3', 'checkout depends on ledger, 2 steps away', 300],
        ['mailer 9', 'Same environment: production', 60],
      ],
    );
    expect(shown[0]?.change.source).toBe('GENERIC');
  });

  it('come from PagerDuty change events as well', async () => {
    const { secret } = await addSender(database.pool, 'pagerduty');
    const payload = {
      summary: 'Flag new-checkout switched on',
      timestamp: iso(impact - minute),
      custom_details: { service: 'checkout', environment: 'production' },
    };
    const response = await fetch(`${product.url}/v2/change/enqueue`, {
      method: 'POST',
      body: JSON.stringify({ routing_key: secret, payload }),
    });
    expect([response.status, await response.json()]).toEqual([
      202,
      { status: 'success', message: 'Change event processed' },
    ]);
    expect((await changesOfIncident())[0]).toMatchObject({
      change: { title: 'Flag new-checkout switched on', source: 'PAGERDUTY' },
      secondsBeforeImpact: 60,
    });
  });
});
