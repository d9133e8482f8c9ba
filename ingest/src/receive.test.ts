import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { receivedAt } from './integration.fixture.js';
import {
  deliveries,
  firing,
  integration,
  json,
  nothing,
  post,
  secret,
  startReceiver,
  submit,
  v4,
} from './receiver.fixture.js';

const url = startReceiver();
const send = (path: string, body: Parameters<typeof post>[1], headers?: Record<string, string>) =>
  post(url() + path, body, headers);

describe('a delivery', () => {
  test('is answered with what came of it, once it is committed', async () => {
    const sent = await send('/webhooks/alertmanager', v4, { 'content-type': 'application/json' });
    expect(sent.status).toBe(200);
    const id = createHash('sha256').update(`7\nalertmanager\n${v4}`).digest('hex').slice(0, 32);
    expect(json(sent)).toEqual({ deliveryId: id, received: 1, changes: 0, ...nothing, opened: 1 });
    expect(deliveries).toMatchObject([
      { id, integration, source: 'alertmanager', receivedAt, malformed: null, contentType: 'application/json' },
    ]);
    expect(deliveries[0]?.body.toString()).toBe(v4);
  });

  test('has the same id when it comes again, compressed or not, and another for another format', async () => {
    await send('/webhooks/alertmanager', v4);
    await send('/webhooks/alertmanager', gzipSync(v4), { 'content-encoding': 'gzip' });
    await send('/webhooks/signoz', v4);
    const [a, b, c] = deliveries.map(({ id }) => id);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  test.each(['application/json', 'text/plain; charset=UTF-8', 'application/x-www-form-urlencoded', 'json', ';;'])(
    'may call itself %j',
    async (contentType) => {
      expect((await send('/webhooks/alertmanager', v4, { 'content-type': contentType })).status).toBe(200);
      expect(deliveries[0]?.contentType).toBe(contentType);
    },
  );

  test('may come without a content type', async () => {
    expect((await send('/webhooks/alertmanager', Buffer.from(v4))).status).toBe(200);
    expect(deliveries[0]?.contentType).toBeNull();
  });

  test('may be megabytes large', async () => {
    const alerts = Array.from({ length: 4_000 }, (_, i) => ({
      ...firing,
      labels: { alertname: 'A', i: `${i}`, pad: 'x'.repeat(900) },
    }));
    const sent = await send('/webhooks/alertmanager', JSON.stringify({ alerts }));
    expect(json(sent)).toMatchObject({ received: 4_000, opened: 4_000 });
  });

  test('is stored without its bad alerts, which are counted', async () => {
    const sent = await send('/webhooks/alertmanager', JSON.stringify({ alerts: [firing, { labels: 5 }] }));
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
    expect((await send(path, v4, headers)).status).toBe(200);
  });

  test.each(['/webhooks/alertmanager', '/api/v2/alerts', '/webhooks/alertmanager/wrong'])(
    'is needed at %s: without it nothing is read or kept',
    async (path) => {
      for (const authorization of ['', 'Bearer wrong', `Bearer ${secret}${'x'.repeat(10_000)}`]) {
        const sent = await send(path, v4, { authorization });
        expect(sent.status).toBe(401);
        expect(sent.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(json(sent)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
      }
      expect(submit).not.toHaveBeenCalled();
    },
  );
});

test('an unknown source is 404 and names the known ones', async () => {
  for (const name of ['nagios', 'constructor', '__proto__']) {
    const sent = await send(`/webhooks/${name}`, v4);
    expect(sent.status).toBe(404);
    expect(json(sent)).toMatchObject({
      error: { message: expect.stringContaining('alertmanager, prometheus, signoz, generic') },
    });
  }
});

describe('in place of Alertmanager', () => {
  const alert = { labels: { alertname: 'LighthouseDark' } };

  test('success is 200 and nothing', async () => {
    const sent = await send('/api/v2/alerts', JSON.stringify([alert]));
    expect([sent.status, sent.text]).toEqual([200, '']);
    expect(deliveries).toMatchObject([{ source: 'prometheus', alerts: [{ title: 'LighthouseDark' }] }]);
  });

  test('a bad alert is 400 and a JSON string, and the good ones are stored', async () => {
    const sent = await send('/api/v2/alerts', JSON.stringify([alert, { labels: {} }]));
    expect(sent.status).toBe(400);
    expect(sent.headers.get('content-type')).toMatch(/^application\/json/);
    expect(json(sent)).toBe('[1].labels: at least one label is required');
    expect(deliveries[0]?.alerts).toHaveLength(1);
  });

  test('a bad body is 400 and a JSON string', async () => {
    expect(json(await send('/api/v2/alerts', '{}'))).toBe('expected a JSON array of alerts, got an object');
    expect(typeof json(await send('/api/v2/alerts', 'x'))).toBe('string');
  });

  test('the status can be probed', async () => {
    const response = await fetch(`${url()}/api/v2/status`);
    expect(await response.json()).toMatchObject({
      cluster: { status: 'disabled' },
      versionInfo: { version: 'tocsin' },
    });
  });
});

test('a neighbour on the same app keeps its own body parsing', async () => {
  const sent = await send('/neighbour', '{"a":1}', { 'content-type': 'application/json' });
  expect(json(sent)).toEqual({ body: { a: 1 } });
});
