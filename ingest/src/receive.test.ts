import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Overloaded, Unavailable, type DeliveryOutcome } from './answers.js';
import { receiveRoutes, type Delivery } from './receive.js';
import { receivedAt, testIntegration } from './testIntegration.js';

const secret = 'tks_right';
const integration = testIntegration({ source: 'alertmanager' });
const nothing: DeliveryOutcome = {
  opened: 0,
  repeated: 0,
  changed: 0,
  superseded: 0,
  stale: 0,
  resolved: 0,
  ignored: 0,
  test: 0,
  deadLettered: 0,
};

const deliveries: Delivery[] = [];
const accept = async (delivery: Delivery): Promise<DeliveryOutcome> => {
  deliveries.push(delivery);
  return { ...nothing, opened: delivery.alerts.length, deadLettered: delivery.rejected.length };
};
const submit = vi.fn(accept);
const verify = vi.fn(async (offered: string) => (offered === secret ? integration : null));

let app: FastifyInstance;
let url: string;
beforeAll(async () => {
  app = fastify({ logger: false });
  await app.register(receiveRoutes, { verify, submit, now: () => receivedAt });
  // A neighbour on the same app keeps its own body parsing.
  app.post('/neighbour', (request) => ({ body: request.body }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => app.close());
beforeEach(() => {
  deliveries.length = 0;
  submit.mockReset().mockImplementation(accept);
  verify.mockClear();
});

const firing = { status: 'firing', labels: { alertname: 'BilgePumpStuck' }, startsAt: '2026-11-20T08:00:00Z' };
const v4 = JSON.stringify({ version: '4', groupKey: '{}:{}', alerts: [firing] });

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}
async function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const authorization = { authorization: `Bearer ${secret}` };
  const init = { method: 'POST', headers: { ...authorization, ...headers } };
  const response = await fetch(url + path, body === undefined ? init : { ...init, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const json = (sent: Sent): unknown => JSON.parse(sent.text);

describe('a delivery', () => {
  test('is answered with what came of it, once it is committed', async () => {
    const sent = await post('/webhooks/alertmanager', v4, { 'content-type': 'application/json' });
    expect(sent.status).toBe(200);
    const id = createHash('sha256').update(`7\nalertmanager\n${v4}`).digest('hex').slice(0, 32);
    expect(json(sent)).toEqual({ deliveryId: id, received: 1, ...nothing, opened: 1 });
    expect(deliveries).toMatchObject([
      { id, integration, source: 'alertmanager', receivedAt, malformed: null, contentType: 'application/json' },
    ]);
    expect(deliveries[0]?.body.toString()).toBe(v4);
  });

  test('has the same id when it comes again, compressed or not, and another for another format', async () => {
    await post('/webhooks/alertmanager', v4);
    await post('/webhooks/alertmanager', gzipSync(v4), { 'content-encoding': 'gzip' });
    await post('/webhooks/signoz', v4);
    const [a, b, c] = deliveries.map(({ id }) => id);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  test.each(['application/json', 'text/plain; charset=UTF-8', 'application/x-www-form-urlencoded', 'json', ';;'])(
    'may call itself %j',
    async (contentType) => {
      expect((await post('/webhooks/alertmanager', v4, { 'content-type': contentType })).status).toBe(200);
      expect(deliveries[0]?.contentType).toBe(contentType);
    },
  );

  test('may come without a content type', async () => {
    expect((await post('/webhooks/alertmanager', Buffer.from(v4))).status).toBe(200);
    expect(deliveries[0]?.contentType).toBeNull();
  });

  test('may be megabytes large', async () => {
    const alerts = Array.from({ length: 4_000 }, (_, i) => ({
      ...firing,
      labels: { alertname: 'A', i: `${i}`, pad: 'x'.repeat(900) },
    }));
    const sent = await post('/webhooks/alertmanager', JSON.stringify({ alerts }));
    expect(json(sent)).toMatchObject({ received: 4_000, opened: 4_000 });
  });

  test('is stored without its bad alerts, which are counted', async () => {
    const sent = await post('/webhooks/alertmanager', JSON.stringify({ alerts: [firing, { labels: 5 }] }));
    expect(json(sent)).toMatchObject({ received: 2, opened: 1, deadLettered: 1 });
    expect(deliveries[0]?.rejected).toMatchObject([{ path: 'alerts[1].labels' }]);
  });
});

describe('the secret', () => {
  test.each([
    ['in the path', `/webhooks/alertmanager/${secret}`, { authorization: 'Bearer added-by-a-proxy' }],
    ['as X-Tocsin-Token', '/webhooks/alertmanager', { authorization: '', 'x-tocsin-token': secret }],
    [
      'as the password of Basic',
      '/webhooks/alertmanager',
      { authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` },
    ],
    ['on the route of another format', '/webhooks/generic', {}],
  ])('may come %s', async (_, path, headers) => {
    expect((await post(path, v4, headers)).status).toBe(200);
  });

  test.each(['/webhooks/alertmanager', '/api/v2/alerts', '/webhooks/alertmanager/wrong'])(
    'is needed at %s: without it nothing is read or kept',
    async (path) => {
      for (const authorization of ['', 'Bearer wrong', `Bearer ${secret}${'x'.repeat(10_000)}`]) {
        const sent = await post(path, v4, { authorization });
        expect(sent.status).toBe(401);
        expect(sent.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(json(sent)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
      }
      expect(submit).not.toHaveBeenCalled();
    },
  );
});

describe('a body that is not understood is kept and then refused', () => {
  test.each<[string, string, string | Uint8Array<ArrayBuffer> | undefined, string | null, RegExp]>([
    ['no JSON', '/webhooks/alertmanager', '{"alerts":[', null, /not valid JSON/],
    ['nothing', '/webhooks/alertmanager', undefined, null, /empty/],
    ['invalid UTF-8', '/webhooks/alertmanager', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), null, /not valid UTF-8/],
    ['another format', '/webhooks/signoz', '{"event":"x"}', 'alerts', /alerts: expected an array/],
  ])('%s', async (_, path, body, field, message) => {
    const sent = await post(path, body);
    expect(sent.status).toBe(400);
    expect(json(sent)).toEqual({
      error: { code: 'MALFORMED_PAYLOAD', message: expect.stringMatching(message), path: field },
    });
    expect(deliveries).toMatchObject([{ alerts: [], rejected: [], malformed: { path: field } }]);
  });

  test('a single alert with 10,000 labels', async () => {
    const labels = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`label_${i}`, 'x']));
    const sent = await post('/webhooks/alertmanager', JSON.stringify({ alerts: [{ ...firing, labels }] }));
    expect(sent.status).toBe(400);
    expect(json(sent)).toMatchObject({ error: { code: 'MALFORMED_PAYLOAD', path: 'alerts[0].labels' } });
    expect(deliveries).toMatchObject([{ malformed: null, rejected: [{ path: 'alerts[0].labels' }] }]);
  });

  test('nesting deeper than any alert, whatever the strings look like', async () => {
    const deep = '['.repeat(2_000_000) + ']'.repeat(2_000_000);
    expect((await post('/webhooks/generic', deep)).text).toContain('nests deeper than 1000 levels');
    const shallow = JSON.stringify({ title: 'x', description: '"[\\'.repeat(20_000) });
    expect((await post('/webhooks/generic', shallow)).status).toBe(200);
  });

  test('an encoding we do not know, or that is not what it says', async () => {
    for (const encoding of ['br', 'gzip']) {
      const sent = await post('/webhooks/alertmanager', v4, { 'content-encoding': encoding });
      expect(json(sent)).toMatchObject({
        error: { code: 'MALFORMED_PAYLOAD', message: expect.stringContaining(encoding) },
      });
      expect(deliveries.at(-1)?.body.toString()).toBe(v4);
    }
  });
});

describe('a body over 5 MiB is refused with 413', () => {
  const tooLarge = { error: { code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('5242880') } };

  test('at once where it says so', async () => {
    const sent = await post('/webhooks/alertmanager', 'x'.repeat(6 * 1024 * 1024));
    expect(sent.status).toBe(413);
    expect(json(sent)).toEqual(tooLarge);
    expect(submit).not.toHaveBeenCalled();
  });

  test('as soon as it is where it is streamed, 100 MB of it', async () => {
    const sent = await stream(100);
    expect(sent.status).toBe(413);
    expect(JSON.parse(sent.text)).toEqual(tooLarge);
  });

  test('where it is a zip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const sent = await post('/webhooks/alertmanager', bomb, { 'content-encoding': 'gzip' });
    expect(sent.status).toBe(413);
    expect(submit).not.toHaveBeenCalled();
  });

  /** Sends `megabytes` in chunks and reads the answer, as a sender that writes before it reads. */
  function stream(megabytes: number): Promise<{ status: number | undefined; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${secret}`, 'transfer-encoding': 'chunked' };
      const request = httpRequest(`${url}/webhooks/alertmanager`, { method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      request.on('error', reject);
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      let left = megabytes;
      const write = (): void => {
        while (left-- > 0) if (!request.write(chunk)) return void request.once('drain', write);
        request.end();
      };
      write();
    });
  }
});

describe('when nothing can be stored', () => {
  test.each([
    ['OVERLOADED', new Overloaded('too much', 3), '3'],
    ['UNAVAILABLE', new Unavailable(), '5'],
  ])('the answer is 503 %s with Retry-After, never 429', async (code, failure, retryAfter) => {
    submit.mockRejectedValue(failure);
    for (const path of ['/webhooks/alertmanager', '/webhooks/prometheus', '/api/v2/alerts']) {
      const sent = await post(path, '[]');
      expect(sent.status).toBe(503);
      expect(sent.headers.get('retry-after')).toBe(retryAfter);
      expect(json(sent)).toMatchObject({ error: { code } });
    }
  });

  test('a secret that cannot be looked up is 503 too, not 401', async () => {
    verify.mockRejectedValueOnce(new Unavailable());
    expect((await post('/webhooks/alertmanager', v4)).status).toBe(503);
  });

  test('an unforeseen failure is a 500 that senders retry and whose text stays inside', async () => {
    submit.mockRejectedValue(new Error('relation "alert" does not exist'));
    const sent = await post('/webhooks/alertmanager', v4);
    expect(sent.status).toBe(500);
    expect(sent.text).not.toContain('relation');
  });
});

test('an unknown source is 404 and names the known ones', async () => {
  for (const name of ['nagios', 'constructor', '__proto__']) {
    const sent = await post(`/webhooks/${name}`, v4);
    expect(sent.status).toBe(404);
    expect(json(sent)).toMatchObject({
      error: { message: expect.stringContaining('alertmanager, prometheus, signoz, generic') },
    });
  }
});

describe('in place of Alertmanager', () => {
  const alert = { labels: { alertname: 'LighthouseDark' } };

  test('success is 200 and nothing', async () => {
    const sent = await post('/api/v2/alerts', JSON.stringify([alert]));
    expect([sent.status, sent.text]).toEqual([200, '']);
    expect(deliveries).toMatchObject([{ source: 'prometheus', alerts: [{ title: 'LighthouseDark' }] }]);
  });

  test('a bad alert is 400 and a JSON string, and the good ones are stored', async () => {
    const sent = await post('/api/v2/alerts', JSON.stringify([alert, { labels: {} }]));
    expect(sent.status).toBe(400);
    expect(sent.headers.get('content-type')).toMatch(/^application\/json/);
    expect(json(sent)).toBe('[1].labels: at least one label is required');
    expect(deliveries[0]?.alerts).toHaveLength(1);
  });

  test('a bad body is 400 and a JSON string', async () => {
    expect(json(await post('/api/v2/alerts', '{}'))).toBe('expected a JSON array of alerts, got an object');
    expect(typeof json(await post('/api/v2/alerts', 'x'))).toBe('string');
  });

  test('the status can be probed', async () => {
    const response = await fetch(`${url}/api/v2/status`);
    expect(await response.json()).toMatchObject({
      cluster: { status: 'disabled' },
      versionInfo: { version: 'tocsin' },
    });
  });
});

test('a neighbour on the same app keeps its own body parsing', async () => {
  const sent = await post('/neighbour', '{"a":1}', { 'content-type': 'application/json' });
  expect(json(sent)).toEqual({ body: { a: 1 } });
});
