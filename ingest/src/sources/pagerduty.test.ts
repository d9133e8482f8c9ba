import { describe, expect, test } from 'vitest';
import { receivedAt, testIntegration, testRequest } from '../integration.fixture.js';
import { pagerduty, pagerdutyChanges, pagerdutyEvents } from './pagerduty.js';

const integration = testIntegration({ source: 'pagerduty', environment: 'live' });
const payload = { summary: 'Crane 2 is stuck', source: 'crane-2', severity: 'critical' };
const trigger = { routing_key: 'r'.repeat(32), event_action: 'trigger', dedup_key: 'crane-2', payload };

const parse = (body: unknown, at = receivedAt) =>
  pagerdutyEvents.parse(body, integration, testRequest({ receivedAt: at }));

test('a trigger opens, a resolve with the same key closes, and both are answered as PagerDuty does', () => {
  const answer = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: 'crane-2' } };
  const fired = parse(trigger);
  expect(fired).toMatchObject({
    alerts: [{ fingerprint: 'crane-2', status: 'firing', severity: 'critical', title: 'Crane 2 is stuck' }],
    answer,
  });
  const resolved = parse({ routing_key: 'r', event_action: 'resolve', dedup_key: 'crane-2' });
  expect(resolved).toMatchObject({ alerts: [{ fingerprint: 'crane-2', status: 'resolved' }], answer });
});

test('an acknowledge carries no alert, only the key', () => {
  expect(parse({ event_action: 'acknowledge', dedup_key: 'crane-2' })).toMatchObject({
    alerts: [],
    acknowledged: ['crane-2'],
    answer: { status: 202 },
  });
});

test('a trigger without a key is an alert of its own each time, and its key is told', () => {
  const keyOf = (at: number) => {
    const parsed = parse({ ...trigger, dedup_key: undefined }, at);
    return parsed.ok ? [parsed.alerts[0]?.fingerprint, parsed.answer?.body['dedup_key']] : [];
  };
  const [fingerprint, told] = keyOf(receivedAt);
  expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  expect(told).toBe(fingerprint);
  expect(keyOf(receivedAt + 1)[0]).not.toBe(fingerprint);
});

test('the time of an event is not believed, since a trigger that comes again bears another', () => {
  const parsed = parse({ ...trigger, payload: { ...payload, timestamp: '2026-11-20T08:00:00Z' } });
  expect(parsed).toMatchObject({ alerts: [{ startsAt: null }] });
});

test('service and environment come from the details, else from the component and the integration', () => {
  const derived = (more: object) => {
    const parsed = parse({ ...trigger, payload: { ...payload, ...more } });
    return parsed.ok ? [parsed.alerts[0]?.service, parsed.alerts[0]?.environment] : [];
  };
  expect(derived({ component: 'crane' })).toEqual(['crane', 'production']);
  expect(derived({ component: 'crane', custom_details: { service_name: 'cranes', env: 'test' } })).toEqual([
    'cranes',
    'test',
  ]);
  expect(derived({ custom_details: 'app: cranes' })).toEqual([null, 'production']);
});

describe('what PagerDuty refuses is refused in its words', () => {
  test.each([
    [{ ...trigger, event_action: 'close' }, 'event_action'],
    [{ ...trigger, event_action: undefined }, 'event_action'],
    [{ ...trigger, payload: undefined }, 'payload'],
    [{ ...trigger, payload: { ...payload, summary: ' ' } }, 'payload.summary'],
    [{ ...trigger, payload: { ...payload, source: undefined } }, 'payload.source'],
    [{ ...trigger, payload: { ...payload, severity: 'high' } }, 'payload.severity'],
    [{ ...trigger, dedup_key: 'k'.repeat(256) }, 'dedup_key'],
    [{ event_action: 'resolve' }, 'dedup_key'],
    [{ event_action: 'acknowledge' }, 'dedup_key'],
  ])('%j', (body, path) => {
    expect(parse(body)).toMatchObject({
      ok: false,
      path,
      answer: {
        status: 400,
        body: { status: 'invalid event', message: 'Event object is invalid', errors: [expect.stringContaining(path)] },
      },
    });
  });
});

describe('a change event', () => {
  const change = {
    routing_key: 'r',
    payload: {
      summary: 'Deploy crane-control 4.2',
      timestamp: '2026-11-20T08:50:00Z',
      source: 'ci',
      custom_details: { service: 'crane-control', environment: 'live', build: 42 },
    },
    links: [{ href: 'https://ci.harbour.example/42', text: 'Build 42' }],
  };
  const read = (body: unknown, at = receivedAt) => {
    const parsed = pagerdutyChanges.parse(body, integration, testRequest({ receivedAt: at }));
    return parsed.ok ? parsed.changes?.[0] : undefined;
  };

  test('is stored as what it says', () => {
    expect(read(change)).toMatchObject({
      title: 'Deploy crane-control 4.2',
      service: 'crane-control',
      environment: 'production',
      occurredAt: Date.parse('2026-11-20T08:50:00Z'),
      links: [{ title: 'Build 42', url: 'https://ci.harbour.example/42' }],
      details: { source: 'ci', build: '42' },
    });
  });

  test('that comes again is the same one; the same words at another time are another', () => {
    expect(read(change, receivedAt + 3_600_000)?.key).toBe(read(change)?.key);
    const timeless = { ...change, payload: { ...change.payload, timestamp: undefined } };
    expect(read(timeless, receivedAt + 1_000)?.key).toBe(read(timeless)?.key);
    expect(read(timeless, receivedAt + 3_600_000)?.key).not.toBe(read(timeless)?.key);
  });

  test('is known without its route by having neither action nor severity', () => {
    const parsed = pagerduty.parse(change, integration, testRequest());
    expect(parsed).toMatchObject({ alerts: [], changes: [{ title: 'Deploy crane-control 4.2' }] });
    expect(pagerduty.parse(trigger, integration, testRequest())).toMatchObject({
      alerts: [{ title: payload.summary }],
    });
  });

  test('without a summary, or at no time, is refused', () => {
    for (const wrong of [{ summary: '' }, { summary: 'x', timestamp: 'soon' }]) {
      expect(pagerdutyChanges.parse({ payload: wrong }, integration, testRequest())).toMatchObject({
        ok: false,
        answer: { status: 400 },
      });
    }
  });
});
