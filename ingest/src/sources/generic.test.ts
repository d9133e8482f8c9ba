import { describe, expect, test } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { alertmanager } from './alertmanager.js';
import { generic } from './generic.js';

const integration = testIntegration();

function parse(body: unknown) {
  const parsed = generic.parse(body, integration, testRequest());
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
  expect(one({ labels, service: 'moorings', Env: 'live' })).toMatchObject({
    service: 'moorings',
    environment: 'production',
  });
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
  expect(generic.parse(body, integration, testRequest())).toEqual(alertmanager.parse(body, integration, testRequest()));
});

test('what is no alert at all is refused', () => {
  for (const body of [null, 5, 'x'])
    expect(generic.parse(body, integration, testRequest())).toMatchObject({ ok: false });
  expect(parse([5, { alerts: [] }]).rejected.map(({ path }) => path)).toEqual(['[0]', '[1].title']);
});

describe('with a mapping', () => {
  const mapped = testIntegration({
    mapping: [
      { field: 'title', expression: 'body.what' },
      { field: 'fingerprint', expression: 'string(body.nr)' },
    ],
  });
  const read = (body: unknown, by = mapped) => generic.parse(body, by, testRequest());

  test('fields are found by its expressions, also in a body of Alertmanager', () => {
    expect(read({ what: 'Fog', nr: 4, title: 'x' })).toMatchObject({ alerts: [{ title: 'Fog', fingerprint: '4' }] });
    const v4 = { version: '4', groupKey: '{}:{}', alerts: [], what: 'Ice', nr: 5 };
    expect(read(v4)).toMatchObject({ alerts: [{ title: 'Ice', fingerprint: '5' }] });
  });

  test('a body that it cannot read is a dead letter, whole', () => {
    expect(read({ what: ['Fog'], nr: 4 })).toMatchObject({ ok: false, path: 'title' });
    expect(read({ what: 'Fog', nr: 'x'.repeat(3), status: 'on hold' })).toMatchObject({ ok: false, path: 'status' });
  });

  test('a refusal says what it looked for and did not find', () => {
    expect(read({ title: 'Fog', nr: 4 })).toMatchObject({
      ok: false,
      path: 'title',
      message: expect.stringMatching(/^title: .*mapping reads it from `body\.what`, which finds nothing in this body/),
    });
  });

  test('a deploy is a change still, unless the mapping finds a state in it', () => {
    const deploy = { type: 'deploy', title: 'mailer 4.2', what: 'mailer', phase: 'down' };
    expect(read(deploy)).toMatchObject({ alerts: [], changes: [{ title: 'mailer 4.2' }] });
    const states = testIntegration({ mapping: [...mapped.mapping, { field: 'status', expression: 'body.phase' }] });
    expect(read({ ...deploy, nr: 1 }, states)).toMatchObject({ alerts: [{ title: 'mailer', status: 'firing' }] });
    expect(read({ type: 'deploy', title: 'mailer 4.3' }, states)).toMatchObject({ changes: [{ title: 'mailer 4.3' }] });
  });

  const list = testIntegration({ mapping: [...mapped.mapping, { field: 'alerts', expression: 'body.items' }] });

  test('of a list a bad alert is a dead letter, its neighbours go on, and it can be read again alone', () => {
    const bad = { what: '', nr: 2 };
    const parsed = read({ items: [{ what: 'Fog', nr: 1 }, bad, { what: 'Ice', nr: 3 }] }, list);
    expect(parsed).toMatchObject({
      alerts: [{ fingerprint: '1' }, { fingerprint: '3' }],
      rejected: [{ path: 'alerts[1].title', body: bad }],
    });
    expect(generic.parseOne?.({ ...bad, what: 'Hail' }, list, testRequest())).toMatchObject({
      alerts: [{ title: 'Hail', fingerprint: '2' }],
    });
    expect(read({ what: 'Fog', nr: 1 }, list)).toMatchObject({
      ok: false,
      message: expect.stringContaining('reads a list of alerts from `body.items`, which finds nothing'),
    });
  });
});
