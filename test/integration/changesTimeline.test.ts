import { firstIncidentChanges } from '@tocsin/ingest/jobs/changes';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { connect } from '../support/apiServer.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { settled } from '../support/settled.js';
import { collect } from '../support/subscription.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;

interface Told {
  readonly occurredAt: string;
  readonly summary: string;
  readonly reason: string | null;
  readonly change: { readonly links: readonly object[] } | null;
}

describe('changes on the timeline of an incident', () => {
  let database: TestDatabase;
  let product: Product;
  let secrets: { readonly alerts: string; readonly changes: string };
  let now = Date.now();
  const iso = (ms: number): string => new Date(ms).toISOString();
  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct(database.url, { isStarted: false, now: () => now });
    const [alerts, changes] = [await addSender(database.pool), await addSender(database.pool, 'generic')];
    secrets = { alerts: alerts.secret, changes: changes.secret };
    await addTimers(database.pool, [await firstIncidentChanges(database.pool, now)]);
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  async function tell(title: string, service: string | null, at: number, environment = 'prod'): Promise<void> {
    const body = {
      type: 'deploy',
      title,
      service,
      environment,
      time: iso(at),
      id: title,
      url: 'https://ci.example/42',
    };
    expect((await product.post('/webhooks/generic', body, secrets.changes)).status).toBe(200);
  }
  async function run(): Promise<void> {
    for (let times = 0; times < 2; times++) {
      now += 5_001;
      while ((await product.ingest.timers.runDue()) > 0);
    }
  }
  async function fire(alertname: string, service: string): Promise<void> {
    const alert = { labels: { alertname, service, env: 'production' }, startsAt: iso(now) };
    await product.post('/webhooks/alertmanager', alertmanagerBody(alert), secrets.alerts);
  }
  async function told(): Promise<readonly Told[]> {
    await settled(database.pool);
    const { data } = await product.graphql(
      '{ incident(number: 1) { timeline { nodes { kind occurredAt summary reason change { links { url } } } } } }',
    );
    // our own API's answer: a wrong shape fails the assertion that reads it
    const incident = data?.['incident'] as { timeline: { nodes: readonly (Told & { readonly kind: string })[] } };
    return incident.timeline.nodes.flatMap(({ kind, ...event }) => (kind === 'INCIDENT_CHANGE_FOUND' ? [event] : []));
  }

  it('stand there once it has opened, at their time, with their link: its services and the whole environment', async () => {
    const deployedAt = now - 20 * minute;
    await tell('checkout 7', 'checkout', deployedAt);
    await tell('mailer 3', 'mailer', now - 10 * minute);
    await tell('checkout 7 in staging', 'checkout', now - 10 * minute, 'staging');
    await tell('checkout 6', 'checkout', now - 400 * minute);
    await tell('New network', null, now - 5 * minute);
    await fire('CheckoutDown', 'checkout');
    await run();
    await run();
    expect(await told()).toEqual([
      {
        occurredAt: iso(deployedAt),
        summary: 'Change: checkout 7 on checkout in production',
        reason: 'Same service: checkout',
        change: { links: [{ url: 'https://ci.example/42' }] },
      },
      expect.objectContaining({ summary: 'Change: New network in production' }),
    ]);
  });

  it('come while it is open, however late, and to its subscribers', async () => {
    now += 3 * 60 * minute;
    const client = connect(product.webSocketUrl, { token: product.token });
    const live = collect(
      client,
      'subscription ($id: ID!) { incidentTimeline(incidentId: $id) { cursor node { kind summary actor { name } } } }',
      { id: '1' },
    );
    await live.started();
    await tell('checkout 8, the fix', 'Checkout', now - minute);
    await tell('mailer 4', 'mailer', now - minute);
    await run();
    const [first] = await live.take(1);
    expect([first?.at('node', 'kind'), first?.at('node', 'summary'), first?.at('node', 'actor', 'name')]).toEqual([
      'INCIDENT_CHANGE_FOUND',
      'Change: checkout 8, the fix on Checkout in production',
      'generic sender',
    ]);
    await client.dispose();
    expect((await told()).map(({ summary }) => summary)).toHaveLength(3);
  });

  it('come no more once it has resolved', async () => {
    await product.graphql('mutation { resolveIncident(id: "1") { id } }');
    await tell('checkout 9', 'checkout', now);
    await run();
    expect(await told()).toHaveLength(3);
  });
});
