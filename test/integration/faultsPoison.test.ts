import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Posted, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const startsAt = '2026-11-02T07:15:00Z';
const alertsOf = (service: string, count: number, first = 0): SentAlert[] =>
  Array.from({ length: count }, (_, n) => ({ labels: { alertname: `${service} ${first + n}`, service }, startsAt }));

describe('an alert that Postgres refuses', () => {
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

  const post = (...alerts: readonly SentAlert[]): Promise<Posted> =>
    product.post('/webhooks/alertmanager', alertmanagerBody(...alerts), secret);
  const stored = async (service: string): Promise<number> => {
    const { rows } = await database.pool.query<{ n: number }>(
      'select count(*)::int as n from alert where service = $1',
      [service],
    );
    return rows[0]?.n ?? 0;
  };

  it('takes no neighbour along: 999 of 1,000 are stored, in one request or in many, and it is one dead letter', async () => {
    await database.pool.query(`alter table alert add constraint poison check (title not like '%poison%')`);
    const poison = (service: string): SentAlert => ({
      labels: { alertname: `poison of ${service}`, service },
      startsAt,
    });
    const one = await post(...alertsOf('one', 613), poison('one'), ...alertsOf('one', 386, 613));
    expect(one).toMatchObject({ status: 200, body: { received: 1_000, opened: 999, deadLettered: 1 } });
    expect(await stored('one')).toBe(999);

    const many = alertsOf('many', 999).map((alert, n) => (n === 500 ? [alert, poison('many')] : [alert]));
    // As many at once as a listening socket queues on every system.
    const statuses = new Set<number>();
    for (let n = 0; n < many.length; n += 100) {
      const sent = many.slice(n, n + 100).map(async (alerts) => statuses.add((await post(...alerts)).status));
      await Promise.all(sent);
    }
    expect(statuses).toEqual(new Set([200]));
    expect(await stored('many')).toBe(999);
    const { rows } = await database.pool.query<{ code: string; body: Buffer }>('select code, body from dead_letter');
    expect(rows.map(({ code }) => code)).toEqual(['NOT_STORED', 'NOT_STORED']);
    expect(rows.map(({ body }) => /poison of \w+/.exec(body.toString('utf8'))?.[0])).toEqual([
      'poison of one',
      'poison of many',
    ]);
  });
});
