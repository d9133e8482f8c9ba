import { nextHeartbeatCheck } from '@tocsin/ingest/jobs/heartbeat';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;

describe('the heartbeat of an integration, on a clock that the test moves', () => {
  let database: TestDatabase;
  let product: Product;
  let sender: { readonly id: number; readonly secret: string };
  let now: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    // What people set counts by the real clock.
    now = Date.now() + minute;
    product = await startProduct(database.url, { now: () => now, isStarted: false });
    sender = await addSender(database.pool);
    await addTimers(database.pool, [nextHeartbeatCheck(now)]);
    await product.graphql(
      `mutation ($id: ID!) { updateIntegration(id: $id, input: { heartbeatSeconds: 300 }) { heartbeatSeconds } }`,
      { id: String(sender.id) },
    );
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  const speak = async (): Promise<void> => {
    const answer = await product.post('/webhooks/alertmanager', alertmanagerBody(), sender.secret);
    expect(answer.status).toBe(200);
  };
  const later = async (minutes: number): Promise<void> => {
    now += minutes * minute;
    while ((await product.ingest.timers.runDue()) > 0);
  };
  const silences = async () =>
    (
      await database.pool.query<{ title: string; severity: number; starts_at: number; ends_at: number | null }>(
        'select title, severity, starts_at, ends_at from alert order by id',
      )
    ).rows;
  const isSilent = async (): Promise<unknown> => {
    const { data } = await product.graphql('{ integrations { isSilent } overview { silentIntegrations { name } } }');
    return data;
  };

  it('is no matter while the sender speaks', async () => {
    await speak();
    await later(4);
    expect(await silences()).toEqual([]);
  });

  it('that is missed is an alert with an incident of its own, once', async () => {
    const due = now + minute;
    await later(2);
    await later(30);
    const [silence, ...others] = await silences();
    expect(others).toEqual([]);
    expect(silence).toEqual({
      title: 'Integration alertmanager sender is silent',
      severity: 1,
      starts_at: due,
      ends_at: null,
    });
    expect((await database.pool.query('select from incident')).rowCount).toBe(1);
    expect(await isSilent()).toEqual({
      integrations: [{ isSilent: true }],
      overview: { silentIntegrations: [{ name: 'alertmanager sender' }] },
    });
  });

  it('is not mended by what we send about it ourselves', async () => {
    const { rows } = await database.pool.query<{ received: number }>(
      'select count(*)::int as received from delivery where last_received_at > to_timestamp($1 / 1000.0)',
      [now - 20 * minute],
    );
    expect(rows[0]?.received).toBe(0);
  });

  it('ends when the sender speaks again, and the next silence is another', async () => {
    const spokeAt = now;
    await speak();
    await later(1);
    expect((await silences())[0]?.ends_at).toBe(spokeAt);
    expect(await isSilent()).toMatchObject({ integrations: [{ isSilent: false }] });
    await later(10);
    expect((await silences()).map(({ ends_at: endsAt }) => endsAt === null)).toEqual([false, true]);
  });
});
