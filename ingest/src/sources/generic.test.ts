import { describe, expect, test } from 'vitest';
import { receivedAt, testIntegration } from '../integration.fixture.js';
import { alertmanager } from './alertmanager.js';
import { generic } from './generic.js';

const integration = testIntegration();

function parse(body: unknown) {
  const parsed = generic.parse(body, integration, receivedAt);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
}
const one = (alert: object) => parse({ title: 'Buoy adrift', ...alert }).alerts[0];

test('a title is enough', () => {
  expect(parse({ title: 'Buoy adrift' }).alerts).toMatchObject([
    { title: 'Buoy adrift', status: 'firing', severity: 'medium', service: null, startsAt: null },
  ]);
});

test('one alert, an array and {alerts} are understood', () => {
  const alert = { title: 'Buoy adrift' };
  const [expected] = parse(alert).alerts;
  expect(parse([alert, alert]).alerts).toEqual([expected, expected]);
  expect(parse({ alerts: [alert] }).alerts).toEqual([expected]);
  expect(parse([]).alerts).toEqual([]);
});

test.each([
  ['firing', 'firing'],
  ['Triggered', 'firing'],
  ['ALARM', 'firing'],
  ['OK', 'resolved'],
  ['re-triggered', 'firing'],
  ['Recovered', 'resolved'],
  ['closed', 'resolved'],
  [false, 'resolved'],
  [1, 'firing'],
])('the status %j is %s', (sent, status) => {
  expect(one({ status: sent })?.status).toBe(status);
});

test('a status that we do not know is refused, because guessing could page or hide', () => {
  expect(parse({ title: 'x', state: 'acknowledged' }).rejected).toMatchObject([
    { path: 'status', message: 'status: expected "firing" or "resolved", got "acknowledged"' },
  ]);
});

test.each([
  [{ queue: 'out', shard: 3, none: null }],
  [['queue:out', 'shard=3']],
  ['queue:out, shard:3'],
  [
    [
      { key: 'queue', value: 'out' },
      { name: 'shard', value: 3 },
    ],
  ],
])('labels may come as %j', (labels) => {
  expect(one({ tags: labels })?.labels).toEqual({ queue: 'out', shard: '3' });
});

test('a tag keeps what follows its first colon, and a bare one is true', () => {
  expect(one({ tags: ['url:http://a', 'urgent'] })?.labels).toEqual({ url: 'http://a', urgent: 'true' });
});

test.each([
  ['2026-11-20T08:30:00Z', '2026-11-20T08:30:00.000Z'],
  [1795163400, '2026-11-20T08:30:00.000Z'],
  [1795163400123, '2026-11-20T08:30:00.123Z'],
  ['1795163400', '2026-11-20T08:30:00.000Z'],
])('a start may come as %j', (startsAt, expected) => {
  expect(one({ starts_at: startsAt })?.startsAt).toBe(Date.parse(expected));
});

test('service and environment are the stated ones, else derived', () => {
  const labels = { 'service.name': 'buoys', env: 'test' };
  expect(one({ labels })).toMatchObject({ service: 'buoys', environment: 'test' });
  expect(one({ labels, service: 'moorings', Env: 'live' })).toMatchObject({ service: 'moorings', environment: 'live' });
});

test('details may be a text or an object, nested values included', () => {
  expect(one({ details: 'line parted' })?.description).toBe('line parted');
  expect(one({ details: { line: { nr: 4 } } })?.annotations).toEqual({ line: '{"nr":4}' });
});

describe('the condition', () => {
  test('is the key of the sender', () => {
    expect(one({ dedup_key: 'buoy-4' })?.fingerprint).toBe('buoy-4');
    expect(one({ id: 42 })?.fingerprint).toBe('42');
  });

  test('is else labels, title, service and environment, not severity, status or text', () => {
    const a = one({ labels: { nr: 4 }, severity: 'low', description: 'a' })?.fingerprint;
    expect(one({ labels: { nr: 4 }, severity: 'high', status: 'ok', description: 'b' })?.fingerprint).toBe(a);
    for (const other of [{ labels: { nr: 5 } }, { labels: { nr: 4 }, service: 's' }, { labels: { nr: 4 }, env: 'e' }]) {
      expect(one(other)?.fingerprint).not.toBe(a);
    }
  });
});

test('the body of Alertmanager is read as what it is', () => {
  const body = {
    version: '4',
    groupKey: '{}:{}',
    alerts: [{ status: 'firing', labels: { alertname: 'X' }, annotations: { summary: 's' } }],
  };
  expect(generic.parse(body, integration, receivedAt)).toEqual(alertmanager.parse(body, integration, receivedAt));
});

test('what is no alert at all is refused', () => {
  for (const body of [null, 5, 'x']) expect(generic.parse(body, integration, receivedAt)).toMatchObject({ ok: false });
  expect(parse([5, { alerts: [] }]).rejected.map(({ path }) => path)).toEqual(['[0]', '[1].title']);
});
