import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Posted, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const startsAt = '2026-11-02T07:15:00Z';
const route = '/webhooks/alertmanager';
let serial = 0;

/** A v4 alert as it stands on the wire, whatever its fields hold. */
const wire = (fields: object): object => ({ status: 'firing', labels: {}, annotations: {}, startsAt, ...fields });
const bodyOf = (...alerts: readonly object[]): object => ({ version: '4', groupKey: '{}', receiver: 'r', alerts });

describe('bad input', () => {
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

  const one = async <T extends object>(sql: string, values: unknown[] = []): Promise<T> => {
    const { rows } = await database.pool.query<T>(sql, values);
    if (rows[0] === undefined) throw new Error(`No row: ${sql}`);
    return rows[0];
  };
  const counts = (): Promise<{ alerts: number; letters: number; deliveries: number }> =>
    one(`select (select count(*)::int from alert) as alerts, (select count(*)::int from dead_letter) as letters,
                (select count(*)::int from delivery) as deliveries`);

  /** Posts the odd one between two good ones, in the request and beside it in the same batch; the good ones are stored. */
  async function between(...odd: readonly object[]): Promise<Posted> {
    const n = ++serial;
    const good = (name: string): object => wire({ labels: { alertname: name, service: `neighbour-${n}` } });
    const [answer, beside] = await Promise.all([
      product.post(route, bodyOf(good('Before'), ...odd, good('After')), secret),
      product.post(route, bodyOf(good('Beside')), secret),
    ]);
    expect(beside.status).toBe(200);
    const stored = await one<{ n: number }>(`select count(*)::int as n from alert where service = $1`, [
      `neighbour-${n}`,
    ]);
    expect(stored.n).toBe(3);
    expect(await product.post(route, bodyOf(good('Before')), secret)).toMatchObject({ body: { repeated: 1 } });
    return answer;
  }

  it('that is no JSON, no UTF-8 or of another shape is answered 400 naming the field, and kept as it came', async () => {
    const shapes: readonly (readonly [body: string | Uint8Array, path: string | null])[] = [
      ['{"alerts": [', null],
      ['', null],
      ['null', null],
      ['[]', null],
      ['{"alerts": {}}', 'alerts'],
      ['{"version": "4"}', 'alerts'],
      [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), null],
      [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, null],
    ];
    for (const [body, path] of shapes) {
      const before = await counts();
      const answer = await product.post(route, body, secret);
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'MALFORMED_PAYLOAD', path } } });
      expect(await counts()).toMatchObject({ alerts: before.alerts, letters: before.letters + 1 });
      const letter = await one<{ body: Buffer }>('select body from dead_letter order by id desc limit 1');
      expect(letter.body.equals(Buffer.from(body))).toBe(true);
    }
  });

  it('in single alerts makes those dead letters with the reason, and stores their neighbours', async () => {
    const odd: readonly (readonly [alert: unknown, reason: RegExp])[] = [
      [null, /alerts\[1\]: expected an object, got null/],
      [42, /got a number/],
      [wire({ labels: 'none' }), /labels: expected an object, got a string/],
      [wire({ labels: { alertname: { nested: true } } }), /expected a string, got an object/],
      [wire({ labels: {} }), /needs labels or a fingerprint/],
      [wire({ labels: { a: 'b' }, status: 'burning' }), /expected "firing" or "resolved", got "burning"/],
      [wire({ labels: { a: 'b' }, startsAt: '275760-09-13T00:00:00Z' }), /startsAt: expected a time/],
      [wire({ labels: { a: 'b' }, startsAt: '-000001-01-01T00:00:00Z' }), /startsAt: expected a time/],
      [wire({ labels: { a: 'b' }, startsAt: -5 }), /startsAt: expected a time/],
      [wire({ labels: { a: 'b' }, endsAt: 'tomorrow' }), /endsAt: expected a time/],
      [
        wire({ labels: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`l${n}`, 'x'])) }),
        /has 10000 entries, at most 1000/,
      ],
      [wire({ labels: { ['n'.repeat(5_000)]: 'x' } }), /a name is 5000 characters long/],
    ];
    for (const [alert, reason] of odd) {
      // Deliberately not what the type says: that is the point.
      const answer = await between(alert as object);
      expect(answer).toMatchObject({ status: 200, body: { received: 3, opened: 2, deadLettered: 1 } });
      const { message } = await one<{ message: string }>('select message from dead_letter order by id desc limit 1');
      expect(message).toMatch(reason);
    }
  });

  it('that is odd but has a meaning is stored: NUL, lone surrogates, __proto__, unknown fields, far dates, long texts', async () => {
    const long = 'ž'.repeat(300_000);
    const random = Array.from({ length: 4_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000))).join(
      '',
    );
    const control = String.fromCharCode(1).repeat(300);
    const odd: readonly object[] = [
      wire({ labels: { alertname: 'N\0ul', 'na\0me': 'va\0lue' }, annotations: { summary: 'a\0b', 'c\0d': 'e' } }),
      wire({ labels: { alertname: 'Lone \ud800 surrogate', '\udc00': 'x' }, annotations: { summary: '\udfff' } }),
      JSON.parse('{"status":"firing","labels":{"__proto__":"p","constructor":"c","alertname":"Proto"}}') as object,
      wire({ labels: { alertname: 'Unknown' }, colour: 'red', nested: { deep: [1, 2, { three: 3 }] } }),
      wire({ labels: { alertname: 'Zero' }, startsAt: '0001-01-01T00:00:00Z' }),
      wire({ labels: { alertname: 'Far' }, startsAt: '9999-12-31T23:59:59.999Z', endsAt: '9999-12-31T23:59:59Z' }),
      wire({ labels: { alertname: 'Old' }, startsAt: '1970-01-01T00:00:01Z' }),
      wire({
        labels: { alertname: long, service: long, env: long },
        annotations: { summary: long, description: long },
      }),
      wire({ labels: { alertname: 'Random', service: random, env: random }, fingerprint: random }),
      wire({ labels: { alertname: 'Control', service: `a${control}`, env: `b${control}` } }),
      wire({ labels: { alertname: 'Types', count: 3, ok: true, none: null }, annotations: null, generatorURL: 7 }),
      { labels: { alertname: 'Bare' } },
      { fingerprint: 'only-a-fingerprint' },
    ];
    for (const alert of odd) {
      const answer = await between(alert);
      expect(answer, JSON.stringify(alert).slice(0, 200)).toMatchObject({
        status: 200,
        body: { received: 3, opened: 3, deadLettered: 0 },
      });
    }
    const nul = await one<{ title: string; labels: object }>(`select title, labels from alert where title like 'a%b'`);
    expect(nul).toEqual({ title: 'a\ufffdb', labels: { alertname: 'N\ufffdul', 'na\ufffdme': 'va\ufffdlue' } });
    const proto = await one<{ labels: string }>(`select labels::text as labels from alert where title = 'Proto'`);
    expect(JSON.parse(proto.labels)).toEqual(JSON.parse('{"__proto__":"p","constructor":"c","alertname":"Proto"}'));
    for (const title of ['Zero', 'Far', 'Old']) {
      // A clock that is broken says nothing: the time of receipt stands in.
      const row = await one<{ starts_at: number; received_at: number }>(
        'select starts_at, received_at from alert where title = $1',
        [title],
      );
      expect(row.starts_at).toBe(row.received_at);
    }
    const { data } = await product.graphql('{ alerts(first: 100) { nodes { title labels { name value } } } }');
    expect(data).toHaveProperty('alerts.nodes');
  });

  it('of 100 MB is answered 413 while it still streams, and nothing of it is kept', async () => {
    const before = await counts();
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const status = await new Promise<number>((resolve, reject) => {
      const post = request(`${product.url}${route}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
      });
      post.once('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      post.once('error', reject);
      Readable.from(
        (function* () {
          for (let n = 0; n < 100; n++) yield megabyte;
        })(),
      ).pipe(post);
    });
    expect(status).toBe(413);
    expect(await counts()).toEqual(before);
    await between();
  });

  it('with a wrong secret, or none, is answered 401 and nothing is kept', async () => {
    const before = await counts();
    for (const wrong of ['', 'tks_wrong', `${secret}x`, secret.slice(0, -1), "' or true --"]) {
      for (const body of [alertmanagerBody({ labels: { alertname: 'X' }, startsAt }), '{"alerts": [']) {
        expect(await product.post(route, body, wrong)).toMatchObject({
          status: 401,
          body: { error: { code: 'UNAUTHENTICATED' } },
        });
      }
    }
    expect(await counts()).toEqual(before);
  });
});
