import { fingerprintOfLabels } from '@tocsin/schema/domain/fingerprint';
import { expect, test } from 'vitest';
import { receivedAt, testIntegration, testRequest } from '../integration.fixture.js';
import { alertmanager } from './alertmanager.js';
import { unquoteMeta } from './v4.js';

const labels = { alertname: 'BilgePumpStuck', app: 'pumps', severity: 'critical' };
const firing = { status: 'firing', labels, startsAt: '2026-11-20T08:00:00Z', endsAt: '0001-01-01T00:00:00Z' };

function parse(alerts: unknown, integration = testIntegration()) {
  const parsed = alertmanager.parse({ version: '4', groupKey: '{}:{}', alerts }, integration, testRequest());
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
}
const one = (alert: object) => parse([{ ...firing, ...alert }]).alerts[0];

test('the fingerprint is the sent one, and ours where none was sent', () => {
  expect(one({ fingerprint: '00000000000000aa' })?.fingerprint).toBe('00000000000000aa');
  expect(one({})?.fingerprint).toBe(fingerprintOfLabels(labels));
});

test('replicas of one Prometheus are one condition, and the label that tells them apart stays', () => {
  const [a, b] = parse(
    ['a', 'b'].map((replica) => ({
      ...firing,
      labels: { ...labels, prometheus_replica: replica },
      fingerprint: `sent-by-${replica}`,
    })),
  ).alerts;
  expect(a?.fingerprint).toBe(fingerprintOfLabels(labels));
  expect(b?.fingerprint).toBe(a?.fingerprint);
  expect(b?.labels['prometheus_replica']).toBe('b');
});

test('one bad alert does not fail its neighbours and is named', () => {
  const parsed = parse([
    firing,
    { ...firing, labels: { pod: { name: 'x' } } },
    { ...firing, startsAt: 'soon' },
    'alert',
    firing,
  ]);
  expect(parsed.alerts).toHaveLength(2);
  expect(parsed.rejected.map(({ path, message }) => [path, message])).toEqual([
    ['alerts[1].labels.pod', 'alerts[1].labels.pod: expected a string, got an object'],
    ['alerts[2].startsAt', 'alerts[2].startsAt: expected a time like 2026-11-02T07:15:00Z, got "soon"'],
    ['alerts[3]', 'alerts[3]: expected an object, got a string'],
  ]);
});

test('more than a thousand labels are refused, not cut', () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`label_${i}`, 'x']));
  const parsed = parse([{ ...firing, labels: many }, firing]);
  expect(parsed.alerts).toHaveLength(1);
  expect(parsed.rejected[0]).toMatchObject({
    path: 'alerts[0].labels',
    message: 'alerts[0].labels: has 10000 entries, at most 1000 are kept: send fewer',
  });
});

test('an alert without labels needs a fingerprint', () => {
  expect(parse([{ ...firing, labels: {} }]).rejected[0]?.path).toBe('alerts[0].labels');
  expect(one({ labels: {}, fingerprint: 'abc' })).toMatchObject({ fingerprint: 'abc', title: 'Untitled alert' });
});

test('labels stay verbatim, without the empty-valued ones, also under awkward names', () => {
  const sent: unknown = JSON.parse('{"alertname":" X ","empty":"","__proto__":"p","a.b/c":"d"}');
  const alert = one({ labels: sent });
  expect(JSON.stringify(alert?.labels)).toBe('{"alertname":" X ","__proto__":"p","a.b/c":"d"}');
});

test('an end after the receipt is the receipt: no clock of a sender closes an episode in the future', () => {
  expect(one({ status: 'resolved', endsAt: '2026-11-20T11:00:00Z' })?.endsAt).toBe(receivedAt);
  expect(one({ status: 'resolved' })?.endsAt).toBeNull();
  expect(one({ status: 'firing', endsAt: '2026-11-20T08:30:00Z' })?.endsAt).toBeNull();
});

test('a start decades away is unknown', () => {
  expect(one({ startsAt: '2099-01-01T00:00:00Z' })?.startsAt).toBeNull();
  expect(one({ startsAt: '1970-01-01T00:00:00Z' })?.startsAt).toBeNull();
});

test('an old sender without status resolves by its end', () => {
  expect(one({ status: undefined, endsAt: '2026-11-20T08:30:00Z' })?.status).toBe('resolved');
  expect(one({ status: undefined })?.status).toBe('firing');
});

test('optional fields of the wrong type are ignored', () => {
  const body = {
    alerts: [{ ...firing, generatorURL: 5, fingerprint: [] }],
    groupKey: 7,
    receiver: {},
    truncatedAlerts: 'x',
  };
  expect(alertmanager.parse(body, testIntegration(), testRequest())).toMatchObject({ ok: true, rejected: [] });
});

test.each([
  [{ text: 'from a template' }, 'alerts', /expected an array, got nothing.*\/webhooks\/generic/],
  [{ alerts: 'none' }, 'alerts', /expected an array, got a string/],
  [[firing], null, /got an array.*\/api\/v2\/alerts/],
  [null, null, /got null/],
  ['x', null, /got a string/],
])('a body that is not version 4 is refused with a pointer: %j', (body, path, message) => {
  const parsed = alertmanager.parse(body, testIntegration(), testRequest());
  expect(parsed).toMatchObject({ ok: false, code: 'MALFORMED_PAYLOAD', path });
  expect(parsed.ok ? '' : parsed.message).toMatch(message);
});

test('a receiver is read as it was configured', () => {
  expect(unquoteMeta(String.raw`team-a\.hook \(eu\) \\ \+`)).toBe(String.raw`team-a.hook (eu) \ +`);
});
