import { firstFlappingLook } from '@tocsin/ingest/jobs/flapping';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { settled } from '../support/settled.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const quietPeriodSeconds = 120;

/** Three episodes in an hour are an alert that came back; the fourth flaps. */
describe('a condition that comes and goes', () => {
  let database: TestDatabase;
  let product: Product;
  let secret: string;
  let now: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    now = Date.now();
    product = await startProduct(database.url, { now: () => now, quietPeriodSeconds, isStarted: false });
    ({ secret } = await addSender(database.pool));
    await addTimers(database.pool, [await firstFlappingLook(database.pool, now)]);
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  async function send(alertname: string, startsAt: number, endsAt?: number): Promise<void> {
    const alert = {
      labels: { alertname, service: alertname.toLowerCase(), env: 'production' },
      startsAt: new Date(startsAt).toISOString(),
      ...(endsAt === undefined ? {} : { endsAt: new Date(endsAt).toISOString() }),
    };
    expect((await product.post('/webhooks/alertmanager', alertmanagerBody(alert), secret)).status).toBe(200);
  }
  /** Fires for a minute, and is quiet for `quiet` more. */
  async function flap(alertname: string, quiet: number): Promise<void> {
    await send(alertname, now);
    now += minute;
    await send(alertname, now - minute, now);
    now += quiet * minute;
  }
  /** What is stored now is looked at in the run after the next. */
  async function look(): Promise<void> {
    for (let run = 0; run < 2; run++) {
      now += 10_001;
      await product.ingest.timers.runDue();
    }
  }
  async function flapping(): Promise<unknown> {
    const { data } = await product.graphql(
      `{ alerts(filter: { isFlapping: true }, sort: OLDEST) { nodes { title isFlapping startsAt incident { isFlapping } } }
         others: alerts(filter: { isFlapping: false }) { totalCount { value } } }`,
    );
    return data;
  }
  const told = async (): Promise<readonly object[]> =>
    (
      await database.pool.query<object>(
        `select a.title, e.incident_id is not null as on_timeline, e.data ->> 'episodes' as episodes
           from event e join alert a on a.id = e.alert_id where e.kind = 'alert.flapping' order by e.xid, e.position`,
      )
    ).rows;

  it('is left alone while it came back three times', async () => {
    for (let time = 0; time < 3; time++) await flap('Disk', 1);
    // as often, but over more than an hour
    await send('Slow', now - 90 * minute, now - 89 * minute);
    for (let time = 0; time < 3; time++) await flap('Slow', 1);
    await look();
    expect(await flapping()).toMatchObject({ alerts: { nodes: [] } });
    expect(await told()).toEqual([]);
  });

  it('is marked with the fourth time within an hour, for lists, and told once on the timeline', async () => {
    await flap('Disk', 1);
    await send('Disk', now);
    await look();
    expect(await flapping()).toMatchObject({
      alerts: {
        nodes: [
          { title: 'Disk', isFlapping: true, incident: { isFlapping: true } },
          { title: 'Disk', isFlapping: true, incident: { isFlapping: true } },
        ],
      },
      others: { totalCount: { value: 7 } },
    });
    expect(await told()).toEqual([
      { title: 'Disk', on_timeline: true, episodes: '4' },
      { title: 'Disk', on_timeline: false, episodes: '5' },
    ]);
    await settled(database.pool);
    const { data } = await product.graphql(
      `{ incidents(filter: { services: ["disk"] }) { nodes { timeline { nodes { kind summary } } } } }`,
    );
    expect(JSON.stringify(data)).toContain('Disk is flapping: it fired 4 times within 60 minutes');
  });

  it('keeps its incident open until it was quiet for longer than it flaps, and dates the end by the alert', async () => {
    const endedAt = now;
    await send('Disk', now - 20_002, now);
    now += quietPeriodSeconds * 1_000 + 1;
    await product.ingest.timers.runDue();
    const phases = async (): Promise<unknown> =>
      (
        await database.pool.query(
          `select phase, resolved_at from incident where services = '{disk}' order by id desc limit 1`,
        )
      ).rows;
    expect(await phases()).toEqual([{ phase: 'detected', resolved_at: null }]);
    now = endedAt + 20 * minute;
    await product.ingest.timers.runDue();
    expect(await phases()).toEqual([{ phase: 'resolved', resolved_at: endedAt }]);
  });
});
