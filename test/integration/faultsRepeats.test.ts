import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Posted, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const startsAt = '2026-11-02T07:15:00Z';
const route = '/webhooks/alertmanager';

describe('deliveries that come twice, late or from two places', () => {
  let database: TestDatabase;
  let product: Product;
  let secret: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ secret } = await addSender(database.pool));
    product = await startProduct(database.url, { isStarted: false });
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  const post = async (...alerts: readonly SentAlert[]): Promise<Posted> => {
    const answer = await product.post(route, alertmanagerBody(...alerts), secret);
    expect(answer.status).toBe(200);
    return answer;
  };
  const episodes = async (
    service: string,
  ): Promise<readonly { open: boolean; received: number; incident_id: number }[]> => {
    const { rows } = await database.pool.query<{ open: boolean; received: number; incident_id: number }>(
      `select closed_at is null as open, received_count as received, incident_id from alert where service = $1 order by id`,
      [service],
    );
    return rows;
  };

  it('are one alert and one delivery, in sequence and in parallel', async () => {
    const sent = { labels: { alertname: 'Twice', service: 'twice' }, startsAt };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(sent)));
    for (let n = 0; n < 2; n++) answers.push(await post(sent));
    expect(await episodes('twice')).toMatchObject([{ open: true, received: 10 }]);
    expect(new Set(answers.map(({ body }) => body['deliveryId'])).size).toBe(1);
    const { rows } = await database.pool.query(`select received_count from delivery`);
    expect(rows).toEqual([{ received_count: 10 }]);
  });

  it('are one episode that has passed when the end came before the start', async () => {
    const sent = { labels: { alertname: 'Backwards', service: 'backwards' }, startsAt };
    expect((await post({ ...sent, endsAt: '2026-11-02T07:20:00Z' })).body).toMatchObject({ opened: 1 });
    expect((await post(sent)).body).toMatchObject({ stale: 1, opened: 0 });
    expect(await episodes('backwards')).toHaveLength(1);
  });

  it('are one condition when they come from two replicas of one Prometheus', async () => {
    const replica = (name: string, at: string): SentAlert => ({
      labels: { alertname: 'Replicated', service: 'replicas', prometheus_replica: name },
      startsAt: at,
    });
    await Promise.all([post(replica('a', startsAt)), post(replica('b', '2026-11-02T07:15:37Z'))]);
    await post(replica('b', '2026-11-02T07:15:37Z'));
    expect(await episodes('replicas')).toMatchObject([{ open: true, received: 3 }]);
    await post({ ...replica('a', startsAt), endsAt: '2026-11-02T07:30:00Z' });
    expect((await post({ ...replica('b', startsAt), endsAt: '2026-11-02T07:30:20Z' })).body).toMatchObject({
      ignored: 1,
    });
    expect(await episodes('replicas')).toMatchObject([{ open: false }]);
  });

  it('are one condition when two Alertmanagers send overlapping parts of one group out of order', async () => {
    const of = (name: string, endsAt?: string): SentAlert => ({
      labels: { alertname: name, service: 'pair' },
      startsAt,
      ...(endsAt === undefined ? {} : { endsAt }),
    });
    const end = '2026-11-02T07:40:00Z';
    await Promise.all([post(of('A'), of('B')), post(of('B'), of('C'))]);
    await post(of('A', end), of('B', end), of('C'));
    // The other one sends what it had queued.
    await post(of('A'), of('B'), of('C'));
    await post(of('C', end), of('B', end));
    const found = await episodes('pair');
    expect(found).toHaveLength(3);
    expect(found.every(({ open }) => !open)).toBe(true);
    expect(new Set(found.map(({ incident_id }) => incident_id)).size).toBe(1);
  });
});
