import { demoDeliveries } from '@tocsin/ingest/demo/deliveries';
import { firstSweep } from '@tocsin/ingest/jobs/staleSweep';
import { addTimers, claimTimers, completeTimer } from '@tocsin/schema/postgres/timer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Posted, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const second = 1_000;
const minute = 60_000;
const quietPeriodSeconds = 120;

describe('timers, on a clock that the test moves', () => {
  let database: TestDatabase;
  let product: Product;
  let secret: string;
  let now: number;
  beforeEach(async () => {
    database = await createTestDatabase();
    // What people ask for is due by the real clock.
    now = Date.now() + minute;
    product = await startProduct(database.url, { now: () => now, quietPeriodSeconds, isStarted: false });
    ({ secret } = await addSender(database.pool));
  });
  afterEach(async () => {
    await product.stop();
    await database.drop();
  });

  const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<readonly T[]> =>
    (await database.pool.query<T>(sql, values)).rows;
  const iso = (ms: number): string => new Date(ms).toISOString();
  const alert = (startsAt: number, endsAt?: number): SentAlert => ({
    labels: { alertname: 'Down', service: 'api', env: 'production' },
    startsAt: iso(startsAt),
    ...(endsAt === undefined ? {} : { endsAt: iso(endsAt) }),
  });
  const send = async (...alerts: SentAlert[]): Promise<Posted['body']> => {
    const answer = await product.post('/webhooks/alertmanager', alertmanagerBody(...alerts), secret);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const runAll = async (): Promise<number> => {
    for (let ran = 0; ;) {
      const count = await product.ingest.timers.runDue();
      if (count === 0) return ran;
      ran += count;
    }
  };
  const incidents = (): Promise<readonly { phase: string; resolved_at: number | null }[]> =>
    rows('select phase, resolved_at from incident order by id');
  const eventsOf = async (kind: string): Promise<number> =>
    (await rows<{ n: number }>('select count(*)::int as n from event where kind = $1', [kind]))[0]?.n ?? 0;

  it('resolve an incident once its alerts have been quiet for long enough, and not a moment before', async () => {
    await send(alert(now));
    now += 5 * minute;
    const endedAt = now;
    await send(alert(now - 5 * minute, now));
    now += quietPeriodSeconds * second - 1;
    expect(await runAll()).toBe(0);
    now += 1;
    expect(await runAll()).toBe(1);
    expect(await incidents()).toEqual([{ phase: 'resolved', resolved_at: endedAt }]);
    expect(await eventsOf('incident.resolved')).toBe(1);
  });

  it('resolve nothing that fired again meanwhile', async () => {
    const startsAt = now;
    await send(alert(startsAt));
    await send(alert(startsAt, now + 1));
    now += minute;
    await send(alert(now));
    now += 60 * minute;
    expect(await runAll()).toBe(0);
    expect(await incidents()).toMatchObject([{ phase: 'detected' }]);
  });

  it('run once, however many workers there are', async () => {
    const others = [
      await startProduct(database.url, { now: () => now, quietPeriodSeconds, isStarted: false }),
      await startProduct(database.url, { now: () => now, quietPeriodSeconds, isStarted: false }),
    ];
    await send(alert(now));
    await send(alert(now, now + 1));
    now += quietPeriodSeconds * second;
    const ran = await Promise.all([product, ...others, product].map(({ ingest }) => ingest.timers.runDue()));
    expect(ran.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 1]);
    expect(await eventsOf('incident.resolved')).toBe(1);
    for (const other of others) await other.stop();
  });

  it('of a worker that crashed are taken over when its lease ends, and it cannot do them any more', async () => {
    await send(alert(now));
    await send(alert(now, now + 1));
    now += quietPeriodSeconds * second;
    const [held] = await claimTimers(database.pool, ['incident.autoResolve'], now, 30, 10);
    expect(held).toBeDefined();
    expect(await runAll()).toBe(0);
    now += 30 * second;
    const [taken] = await claimTimers(database.pool, ['incident.autoResolve'], now, 30, 10);
    expect(taken?.attempts).toBe(2);
    expect(held !== undefined && (await completeTimer(database.pool, held))).toBe(false);
    now += 30 * second;
    expect(await runAll()).toBe(1);
    expect(await incidents()).toMatchObject([{ phase: 'resolved' }]);
  });

  it('mark what its sender stopped mentioning, once, and a repeat takes the mark away', async () => {
    await rows(`update integration set stale_after_seconds = 600, stale_action = 'keep'`);
    await addTimers(database.pool, [firstSweep(now)]);
    const startsAt = now;
    await send(alert(startsAt));
    now += 9 * minute;
    await runAll();
    expect(await eventsOf('alert.stale')).toBe(0);
    for (let sweep = 0; sweep < 3; sweep++) {
      now += 2 * minute;
      await runAll();
    }
    expect(await eventsOf('alert.stale')).toBe(1);
    expect(await rows('select is_stale, closed_at from alert')).toEqual([{ is_stale: true, closed_at: null }]);
    expect(await send(alert(startsAt))).toMatchObject({ repeated: 1 });
    expect(await rows('select is_stale, received_count from alert')).toEqual([{ is_stale: false, received_count: 2 }]);
    now += 11 * minute;
    await runAll();
    expect(await eventsOf('alert.stale')).toBe(2);
    expect(await incidents()).toMatchObject([{ phase: 'detected' }]);
  });

  it('resolve what is stale where the integration says so, then its incident', async () => {
    await rows(`update integration set stale_after_seconds = 600, stale_action = 'resolve'`);
    await addTimers(database.pool, [firstSweep(now)]);
    const startsAt = now;
    await send(alert(startsAt));
    now += 12 * minute;
    await runAll();
    expect(await rows('select resolve_reason, ends_at from alert')).toEqual([
      { resolve_reason: 'stale', ends_at: startsAt },
    ]);
    expect(await incidents()).toMatchObject([{ phase: 'detected' }]);
    now += quietPeriodSeconds * second;
    await runAll();
    expect(await incidents()).toMatchObject([{ phase: 'resolved' }]);
  });

  it('let fire again what was resolved as stale when its sender mentions it again', async () => {
    await rows(`update integration set stale_after_seconds = 600, stale_action = 'resolve'`);
    await addTimers(database.pool, [firstSweep(now)]);
    const startsAt = now;
    await send(alert(startsAt));
    now += 12 * minute;
    await runAll();
    // Silence was not recovery: the sender still says that it fires, and has since the same moment.
    await send(alert(startsAt));
    expect(await rows('select 1 from alert where closed_at is null')).toHaveLength(1);
  });

  it('fire a test alert and resolve it a minute later', async () => {
    const { data } = await product.graphql('mutation { sendTestAlert(integrationId: "1") }');
    expect(data).toEqual({ sendTestAlert: true });
    await runAll();
    expect(await rows('select title, service, closed_at from alert')).toEqual([
      { title: 'Tocsin test alert', service: 'tocsin-test', closed_at: null },
    ]);
    now += minute;
    await runAll();
    expect(await rows('select resolve_reason from alert')).toEqual([{ resolve_reason: 'sender' }]);
    now += quietPeriodSeconds * second;
    await runAll();
    expect(await incidents()).toMatchObject([{ phase: 'resolved' }]);
  });

  it('play the demo once, however often it was asked for, to its end', async () => {
    for (let asked = 0; asked < 2; asked++) await product.graphql('mutation { startDemo }');
    const startedAt = now;
    expect(await product.ingest.timers.runDue()).toBe(1);
    const deliveries = demoDeliveries(startedAt).length;
    expect(await rows(`select count(*)::int as n from timer where kind = 'delivery.submit'`)).toEqual([
      { n: deliveries },
    ]);
    for (; now < startedAt + 20 * minute; now += 15 * second) await runAll();
    expect(await rows('select kind, last_error from timer')).toEqual([]);
    expect((await rows('select 1 from incident')).length).toBeGreaterThan(1);
    expect(await rows('select 1 from dead_letter')).toEqual([]);
    expect((await incidents()).some(({ phase }) => phase === 'resolved')).toBe(true);
  });
});
