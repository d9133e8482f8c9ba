import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { Integration, SourceKind } from '@tocsin/schema/domain/source';
import fastify from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { receivedAt, testIntegration } from './integration.fixture.js';
import { receiveRoutes, type Delivery } from './receive.js';
import { nothing } from './receiver.fixture.js';
import { selfSigned } from './sources/certificate.fixture.js';
import { certificateUrl, confirmation, notification, signed } from './sources/snsMessage.fixture.js';

const secret = 'tks_right';
const deliveries: Delivery[] = [];
let integration: Integration = testIntegration();
let signingSecret: string | null = null;
let url = '';
const app = fastify({ logger: false });

beforeAll(async () => {
  await app.register(receiveRoutes, {
    verify: async (offered) => (offered === secret ? integration : null),
    signingSecretOf: async () => signingSecret,
    submit: async (delivery) => {
      deliveries.push(delivery);
      return { ...nothing, opened: delivery.alerts.length };
    },
    now: () => receivedAt,
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());
beforeEach(() => {
  deliveries.length = 0;
  signingSecret = null;
});

const fixture = (kind: SourceKind): Buffer => readFileSync(new URL(`./sources/${kind}.fixture.json`, import.meta.url));

async function post(kind: SourceKind, body: string | Buffer, headers: Record<string, string> = {}, method = 'POST') {
  integration = testIntegration({ source: kind });
  const sent = typeof body === 'string' ? body : new Uint8Array(body);
  const init = {
    method,
    headers: { authorization: `Bearer ${secret}`, ...headers },
    ...(method === 'POST' && { body: sent }),
  };
  const response = await realFetch(`${url}/webhooks/${kind}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const realFetch = globalThis.fetch;

describe('Datadog', () => {
  test('is understood as JSON and as a form, under one delivery id or another', async () => {
    const body = fixture('datadog');
    const form = new URLSearchParams(JSON.parse(body.toString()) as Record<string, string>).toString();
    expect((await post('datadog', body, { 'content-type': 'application/json' })).status).toBe(200);
    expect((await post('datadog', form, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(200);
    const [asJson, asForm] = deliveries.map(({ alerts }) => alerts);
    expect(asForm).toEqual(asJson);
  });

  test('a body that a quote has broken is kept as it came and answered 400, which Datadog does not retry', async () => {
    const broken = fixture('datadog').toString().replace('too hot"', 'too "hot""');
    const sent = await post('datadog', broken);
    expect(sent.status).toBe(400);
    expect(JSON.parse(sent.text)).toMatchObject({ error: { code: 'MALFORMED_PAYLOAD' } });
    expect(deliveries).toMatchObject([
      { alerts: [], malformed: { message: expect.stringContaining('not valid JSON') } },
    ]);
    expect(deliveries[0]?.body.toString()).toBe(broken);
  });
});

describe('Sentry', () => {
  const sign = (body: Buffer, key: string): Record<string, string> => ({
    'sentry-hook-signature': createHmac('sha256', key).update(body).digest('hex'),
    'sentry-hook-resource': 'event_alert',
  });

  test('with the right signature is taken', async () => {
    signingSecret = 'client';
    const body = fixture('sentry');
    expect((await post('sentry', body, sign(body, 'client'))).status).toBe(200);
    expect(deliveries).toMatchObject([{ alerts: [{ fingerprint: 'issue:5550123' }] }]);
  });

  test('with a wrong one, or none where one is expected, is refused and not kept', async () => {
    signingSecret = 'client';
    const body = fixture('sentry');
    const other = Buffer.from(body.toString().replace('5550123', '5550124'));
    for (const headers of [sign(body, 'other'), sign(other, 'client'), {}]) {
      expect((await post('sentry', body, headers)).status).toBe(401);
    }
    expect(deliveries).toEqual([]);
  });
});

describe('CloudWatch', () => {
  const { privateKey, pem } = selfSigned();
  const asked: string[] = [];
  beforeAll(() => {
    vi.stubGlobal('fetch', async (asks: string) => {
      asked.push(asks);
      return new Response(asks.endsWith('.pem') ? pem : '<ConfirmSubscriptionResponse/>');
    });
  });
  beforeEach(() => void (asked.length = 0));
  afterAll(() => vi.unstubAllGlobals());

  const subscribeUrl = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc';
  const textPlain = { 'content-type': 'text/plain; charset=UTF-8' };
  const send = (message: object, headers: Record<string, string> = {}) =>
    post('cloudwatch', JSON.stringify(message), { ...textPlain, ...headers });

  test('is understood as JSON under text/plain, and twice is the same delivery', async () => {
    const message = signed(notification(), privateKey);
    for (const _ of [1, 2]) expect((await send(message)).status).toBe(200);
    expect(deliveries).toMatchObject([{ alerts: [{ title: 'Lock gate' }] }, { alerts: [{ title: 'Lock gate' }] }]);
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(1);
  });

  test('a message that was tampered with is refused and not kept', async () => {
    const message = {
      ...signed(notification(), privateKey),
      Message: notification({ NewStateValue: 'OK' })['Message'],
    };
    expect((await send(message)).status).toBe(401);
    expect(deliveries).toEqual([]);
  });

  test('nothing is fetched for who has no secret', async () => {
    const message = signed(confirmation(subscribeUrl), privateKey);
    expect((await send(message, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(asked).toEqual([]);
  });

  test('a subscription is confirmed where secret and signature are right', async () => {
    expect((await send(confirmation(subscribeUrl))).status).toBe(401);
    expect(asked.filter((each) => each !== certificateUrl)).toEqual([]);
    expect((await send(signed(confirmation(subscribeUrl), privateKey))).status).toBe(200);
    expect(asked).toContain(subscribeUrl);
  });

  test('a signed confirmation that leads elsewhere is not visited, and asks to be sent again', async () => {
    const message = signed(confirmation('https://169.254.169.254/?Action=ConfirmSubscription'), privateKey);
    expect((await send(message)).status).toBe(503);
    expect(asked.filter((each) => each !== certificateUrl)).toEqual([]);
  });
});

describe('CloudEvents', () => {
  const event = { specversion: '1.0', id: '1', source: '/locks', type: 'harbour.lock.leak' };
  const attributes = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/locks', 'ce-type': 'harbour.lock.leak' };

  test('structured and binary are one alert, and what is kept of a binary one is the whole event', async () => {
    await post('cloudevents', JSON.stringify(event), { 'content-type': 'application/cloudevents+json' });
    await post('cloudevents', '{"litres":3}', { 'content-type': 'application/json', ...attributes });
    expect(deliveries[1]?.alerts[0]?.fingerprint).toBe(deliveries[0]?.alerts[0]?.fingerprint);
    expect(JSON.parse(deliveries[1]?.body.toString() ?? '')).toMatchObject({ ...event, data: { litres: 3 } });
  });

  test('a media type that the binding does not know is 415, and kept', async () => {
    const sent = await post('cloudevents', '<event/>', { 'content-type': 'application/cloudevents+xml' });
    expect(sent.status).toBe(415);
    expect(deliveries).toMatchObject([{ malformed: { message: expect.stringContaining('cloudevents+xml') } }]);
  });

  test('a deploy is a change and opens nothing', async () => {
    const sent = await post('cloudevents', JSON.stringify({ ...event, type: 'dev.cdevents.service.deployed.0.1.1' }), {
      'content-type': 'application/json',
    });
    expect(sent.status).toBe(200);
    expect(deliveries).toMatchObject([{ alerts: [], changes: [{ key: '/locks|1' }] }]);
  });

  test('the handshake is answered for who knows the secret', async () => {
    const origin = { 'webhook-request-origin': 'eventgrid.azure.net' };
    const sent = await post('cloudevents', '', origin, 'OPTIONS');
    expect([sent.status, sent.headers.get('webhook-allowed-origin')]).toEqual([200, 'eventgrid.azure.net']);
    expect((await post('cloudevents', '', { ...origin, authorization: 'Bearer wrong' }, 'OPTIONS')).status).toBe(401);
    expect(deliveries).toEqual([]);
  });

  test('a header that holds a line break never reaches an answer', async () => {
    const status = await new Promise((resolve) => {
      const headers = { authorization: `Bearer ${secret}`, 'webhook-request-origin': 'a%0d%0aset-cookie: x' };
      httpRequest(`${url}/webhooks/cloudevents`, { method: 'OPTIONS', headers }, (response) => {
        expect(response.headers['webhook-allowed-origin']).toBeUndefined();
        response.resume().on('end', () => resolve(response.statusCode));
      }).end();
    });
    expect(status).toBe(204);
  });
});
