import { describe, expect, test } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { cloudevents } from './cloudevents.js';

const integration = testIntegration({ source: 'cloudevents' });
const event = {
  specversion: '1.0',
  id: '1',
  source: '/locks',
  type: 'harbour.lock.leak',
  time: '2026-11-20T08:40:00Z',
};

function parse(body: unknown) {
  const parsed = cloudevents.parse(body, integration, testRequest());
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
}
const one = (changed: object) => parse({ ...event, ...changed }).alerts[0];

describe('an event', () => {
  test('without data is an alert about its subject', () => {
    expect(one({ subject: 'lock/4' })).toMatchObject({
      title: 'harbour.lock.leak: lock/4',
      status: 'firing',
      startsAt: Date.parse(event.time),
      labels: { event_source: '/locks', event_type: 'harbour.lock.leak', subject: 'lock/4' },
    });
  });

  test('may hold a text, JSON, or bytes of either', () => {
    expect(one({ data: 'Water in the engine room' })?.description).toBe('Water in the engine room');
    const bytes = (text: string) => Buffer.from(text).toString('base64');
    expect(one({ data_base64: bytes('{"title":"Leak","severity":"P1"}') })).toMatchObject({
      title: 'Leak',
      severity: 'critical',
    });
    expect(one({ data_base64: bytes('a leak') })?.description).toBe('a leak');
    expect(one({ data_base64: Buffer.from([0xff, 0xfe, 0]).toString('base64') })?.description).toBeNull();
  });

  test.each(['specversion', 'id', 'source', 'type'])('without %s is refused, naming it', (name) => {
    const { [name]: _, ...rest } = event as Record<string, string>;
    expect(cloudevents.parse(rest, integration, testRequest())).toMatchObject({ ok: false, path: name });
  });

  test('of version 0.3 is refused', () => {
    expect(cloudevents.parse({ ...event, specversion: '0.3' }, integration, testRequest())).toMatchObject({
      path: 'specversion',
    });
  });

  test('with extensions has them as labels', () => {
    expect(one({ region: 'north', sequence: 7, flag: true })?.labels).toMatchObject({
      region: 'north',
      sequence: '7',
      flag: 'true',
    });
  });
});

describe('the condition', () => {
  test('is source, subject and type, not the id of the event or of its data', () => {
    const a = one({ subject: 's', data: { id: 'm1', title: 'x' } })?.fingerprint;
    expect(one({ subject: 's', id: '2', data: { id: 'm2', title: 'y' } })?.fingerprint).toBe(a);
    for (const other of [{ source: '/docks' }, { subject: 't' }, { type: 'harbour.lock.stuck' }]) {
      expect(one({ subject: 's', ...other })?.fingerprint).not.toBe(a);
    }
  });

  test('ends with an event whose type says so', () => {
    const resolved = one({ type: 'harbour.lock.leak.resolved' });
    expect(resolved).toMatchObject({ status: 'resolved', endsAt: Date.parse(event.time), startsAt: null });
    expect(resolved?.fingerprint).toBe(one({})?.fingerprint);
  });

  test('is what the data says where it says so', () => {
    expect(one({ data: { dedupKey: 'leak-4', status: 'ok' } })).toMatchObject({
      fingerprint: 'leak-4',
      status: 'resolved',
    });
  });

  test('with a status that we do not know is refused', () => {
    expect(cloudevents.parse({ ...event, data: { status: 'on hold' } }, integration, testRequest())).toMatchObject({
      ok: false,
      path: 'status',
    });
  });
});

describe('a change', () => {
  const isChange = (type: string, data?: object): boolean =>
    (parse({ ...event, type, data }).changes ?? []).length === 1;

  test.each([
    'dev.cdevents.service.deployed.0.1.1',
    'dev.cdevents.service.rolledback.0.1.1',
    'com.example.deploy',
    'com.example.release.rollout.finished',
    'io.example.deployment.succeeded',
  ])('is what %s says', (type) => {
    expect(isChange(type)).toBe(true);
  });

  test.each([
    'io.k8s.deployment.unavailable',
    'com.example.deploy.failed',
    'com.example.status.changed',
    'io.k8s.deployment',
  ])('is not what %s says: it could be what must wake somebody', (type) => {
    expect(isChange(type)).toBe(false);
  });

  test('is nothing that has a severity or fires', () => {
    expect(isChange('com.example.deploy', { severity: 'high' })).toBe(false);
    expect(isChange('com.example.deploy', { status: 'failed' })).toBe(false);
  });

  test('is the same one when it comes again', () => {
    const keyOf = (changed: object) => parse({ ...event, type: 'com.example.deployed', ...changed }).changes?.[0]?.key;
    expect(keyOf({})).toBe(keyOf({ data: { title: 'x' } }));
    expect(keyOf({ id: '2' })).not.toBe(keyOf({}));
  });
});

describe('a request', () => {
  const read = (body: string, contentType: string | null, headers: Record<string, string> = {}): unknown =>
    cloudevents.readBody?.(Buffer.from(body), testRequest({ contentType, headers }));
  const attributes = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/locks', 'ce-type': 'harbour.lock.leak' };

  test('may be structured, a batch, or just JSON', () => {
    expect(read(JSON.stringify(event), 'application/cloudevents+json; charset=UTF-8')).toEqual(event);
    expect(read(JSON.stringify([event]), 'application/cloudevents-batch+json')).toEqual([event]);
    for (const type of ['application/json', 'text/plain;charset=UTF-8', null]) {
      expect(read(JSON.stringify(event), type)).toEqual(event);
    }
  });

  test('may be binary: attributes in headers, data in the body', () => {
    const headers = { ...attributes, 'ce-subject': 'lock%2F4%20%E2%82%AC', 'ce-data': 'x', 'ce-no_name': 'x' };
    expect(read('{"title":"Leak"}', 'application/json', headers)).toEqual({
      specversion: '1.0',
      id: '1',
      source: '/locks',
      type: 'harbour.lock.leak',
      subject: 'lock/4 €',
      datacontenttype: 'application/json',
      data: { title: 'Leak' },
    });
    expect(read('<a/>', 'text/xml', attributes)).toMatchObject({ data: '<a/>', datacontenttype: 'text/xml' });
    expect(read('\u0001', 'image/png', attributes)).toMatchObject({ data_base64: 'AQ==' });
    expect(read('', null, attributes)).not.toHaveProperty('data');
  });

  test.each(['text/xml', 'text/plain', 'application/cloudevents+xml', 'application/cloudevents+avro'])(
    'of the media type %s is answered 415',
    (contentType) => {
      const body = read('<event/>', contentType);
      expect(cloudevents.parse(body, integration, testRequest())).toMatchObject({ ok: false, answer: { status: 415 } });
    },
  );

  test('of a batch stores the good ones', () => {
    expect(parse([event, 5, { ...event, id: '2', subject: 's' }])).toMatchObject({
      alerts: [{}, {}],
      rejected: [{ path: '[1]', message: '[1]: expected an event, got a number' }],
    });
  });
});

describe('the handshake', () => {
  const shake = (headers: Record<string, string>) => cloudevents.handshake?.(testRequest({ headers }));

  test('lets the origin that asks send, at any rate', () => {
    expect(shake({ 'webhook-request-origin': 'eventemitter.example.com', 'webhook-request-rate': '120' })).toEqual({
      status: 200,
      headers: {
        allow: 'POST, OPTIONS',
        'webhook-allowed-origin': 'eventemitter.example.com',
        'webhook-allowed-rate': '*',
      },
      body: {},
    });
  });

  test('is not meant by other requests, and echoes no nonsense', () => {
    expect(shake({})).toBeNull();
    expect(shake({ 'webhook-request-origin': 'a\r\nset-cookie: x' })).toBeNull();
  });
});

test('the mapping of the integration reads the event', () => {
  const mapped = testIntegration({
    source: 'cloudevents',
    mapping: [
      { field: 'title', expression: '"Leak in " + body.data.where' },
      { field: 'severity', expression: 'body.data.litres > 100 ? "critical" : "low"' },
      { field: 'fingerprint', expression: 'body.source + body.data.where' },
    ],
  });
  const body = { ...event, data: { where: 'lock 4', litres: 120 } };
  expect(cloudevents.parse(body, mapped, testRequest())).toMatchObject({
    alerts: [{ title: 'Leak in lock 4', severity: 'critical', fingerprint: '/lockslock 4' }],
  });
});
