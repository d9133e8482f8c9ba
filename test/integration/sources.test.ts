import type { SourceKind } from '@tocsin/schema/domain/source';
import { saveMapping } from '@tocsin/schema/postgres/integration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSender, startProduct, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
let database: TestDatabase;
let product: Product;
let now: number;
beforeEach(async () => {
  database = await createTestDatabase();
  // What people ask for is due by the real clock.
  now = Date.now() + minute;
  product = await startProduct(database.url, { now: () => now, isStarted: false });
});
afterEach(async () => {
  await product.stop();
  await database.drop();
});

const rows = async <T extends object>(sql: string): Promise<readonly T[]> => (await database.pool.query<T>(sql)).rows;
const iso = (ms: number): string => new Date(ms).toISOString();
const runTimers = async (): Promise<void> => {
  now += minute;
  while ((await product.ingest.timers.runDue()) > 0);
};
async function replayAll(integrationId: number): Promise<void> {
  const mutation = 'mutation ($id: ID!) { replayDeadLetters(integrationId: $id) }';
  expect((await product.graphql(mutation, { id: String(integrationId) })).errors ?? []).toEqual([]);
  await runTimers();
}
async function sender(source: SourceKind) {
  const { id, secret } = await addSender(database.pool, source);
  return { id, post: (body: unknown) => product.post(`/webhooks/${source}`, body, secret) };
}

describe('a mapped integration', () => {
  it('has the alerts of a list that could not be read once its mapping is mended', async () => {
    const { id, post } = await sender('generic');
    const fields = [
      { field: 'alerts', expression: 'body.items' },
      { field: 'fingerprint', expression: 'string(body.nr)' },
    ] as const;
    await saveMapping(database.pool, id, [...fields, { field: 'title', expression: 'body.what.name' }]);
    const items = [
      { nr: 1, what: { name: 'Fog' } },
      { nr: 2, what: 'Ice' },
    ];
    expect((await post({ items })).body).toMatchObject({ opened: 1, deadLettered: 1 });

    const mended = 'type(body.what) == string ? body.what : body.what.name';
    await saveMapping(database.pool, id, [...fields, { field: 'title', expression: mended }]);
    await replayAll(id);
    expect(await rows('select title, fingerprint from alert order by id')).toEqual([
      { title: 'Fog', fingerprint: '1' },
      { title: 'Ice', fingerprint: '2' },
    ]);
    expect(await rows('select replay_error from dead_letter')).toEqual([{ replay_error: null }]);
  });

  it('gets its test alert, which no mapping of its bodies can read', async () => {
    const { id } = await sender('generic');
    await saveMapping(database.pool, id, [{ field: 'title', expression: 'body.what.name' }]);
    await product.graphql('mutation ($id: ID!) { sendTestAlert(integrationId: $id) }', { id: String(id) });
    await runTimers();
    expect(await rows('select title from alert')).toEqual([{ title: 'Tocsin test alert' }]);
    expect(await rows('select 1 from dead_letter')).toEqual([]);
  });
});

it('a CloudEvent of a batch that could not be read goes through alone once it is mended', async () => {
  const { id, post } = await sender('cloudevents');
  const event = { specversion: '1.0', id: '1', source: '/locks', type: 'harbour.lock.leak' };
  const batch = [event, { ...event, id: '2', subject: 'lock/2', data: { status: 'on hold' } }];
  expect((await post(batch)).body).toMatchObject({ opened: 1, deadLettered: 1 });
  await replayAll(id);
  expect(await rows('select replay_error from dead_letter')).toMatchObject([
    { replay_error: expect.stringContaining('status: expected "firing" or "resolved"') },
  ]);
  await rows(
    `update dead_letter set body = convert_to(replace(convert_from(body, 'UTF8'), 'on hold', 'open'), 'UTF8')`,
  );
  await replayAll(id);
  expect(await rows('select title from alert order by id')).toMatchObject([{}, { title: 'harbour.lock.leak: lock/2' }]);
});

it('a body of Datadog that a quote has broken is kept, whole, and says why when it is replayed', async () => {
  const { id, post } = await sender('datadog');
  const broken = '{"transition":"Triggered","cycle_key":"c1","title":"The "big" crane"}';
  expect((await post(broken)).status).toBe(400);
  await replayAll(id);
  const letters = await rows<{ body: Buffer; replay_error: string }>('select body, replay_error from dead_letter');
  expect(letters).toMatchObject([{ replay_error: expect.stringContaining('not valid JSON') }]);
  expect(letters[0]?.body.toString()).toBe(broken);
});

it('an alarm of CloudWatch that is replayed after its end opens nothing', async () => {
  const { post } = await sender('cloudwatch');
  const alarm = (NewStateValue: string, ms: number) => ({
    AlarmName: 'Lock gate',
    AWSAccountId: '210987654321',
    Region: 'EU (Frankfurt)',
    NewStateValue,
    StateChangeTime: iso(ms).replace('Z', '+0000'),
  });
  const began = now - 10 * minute;
  expect((await post(alarm('ALARM', began))).body).toMatchObject({ opened: 1 });
  expect((await post(alarm('ALARM', began))).body).toMatchObject({ repeated: 1 });
  expect((await post(alarm('OK', began + minute))).body).toMatchObject({ resolved: 1 });
  expect((await post(alarm('ALARM', began))).body).toMatchObject({ stale: 1 });
  expect((await post(alarm('ALARM', began + 5 * minute))).body).toMatchObject({ opened: 1 });
});

it('Sentry and Datadog: what fires again while it is open is a repeat, and their own end closes it', async () => {
  const sentry = await sender('sentry');
  const event = { action: 'triggered', data: { event: { issue_id: '7', title: 'Boom', level: 'error' } } };
  for (const outcome of ['opened', 'repeated']) {
    expect((await sentry.post(event)).body).toMatchObject({ [outcome]: 1 });
    now += 10 * minute;
  }
  const resolved = { action: 'resolved', data: { issue: { id: '7', title: 'Boom' } } };
  expect((await sentry.post(resolved)).body).toMatchObject({ resolved: 1 });

  const datadog = await sender('datadog');
  for (const [transition, outcome] of [
    ['Warn', 'opened'],
    ['Triggered', 'changed'],
    ['Renotify', 'repeated'],
    ['Recovered', 'resolved'],
  ] as const) {
    const body = { transition, cycle_key: 'c1', title: 'Hot', alert_type: 'error', date_ms: String(now) };
    expect((await datadog.post(body)).body).toMatchObject({ [outcome]: 1 });
    now += 10 * minute;
  }
});
