import { fingerprintOfLabels } from '@tocsin/schema/domain/fingerprint';
import { expect, test } from 'vitest';
import { receivedAt, testIntegration, testRequest } from '../integration.fixture.js';
import { prometheus } from './prometheus.js';

const labels = { alertname: 'LighthouseDark', instance: 'light-3:9100' };
const at = (offsetSeconds: number): string => new Date(receivedAt + offsetSeconds * 1000).toISOString();

function parse(body: unknown) {
  const parsed = prometheus.parse(body, testIntegration({ source: 'prometheus' }), testRequest());
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
}
const one = (alert: object) => parse([{ labels, ...alert }]).alerts[0];

test.each([
  ['no end', {}, 'firing'],
  ['the zero end', { endsAt: '0001-01-01T00:00:00.000Z' }, 'firing'],
  ['an end ahead', { endsAt: at(240) }, 'firing'],
  ['an end that is now', { endsAt: at(0) }, 'resolved'],
  ['an end that has passed', { endsAt: at(-1) }, 'resolved'],
])('%s means %s', (_, times, status) => {
  expect(one(times)?.status).toBe(status);
});

test('a missing start is the end of a resolved alert and unknown for a firing one', () => {
  expect(one({ endsAt: at(-60) })).toMatchObject({ startsAt: receivedAt - 60_000, endsAt: receivedAt - 60_000 });
  expect(one({ endsAt: at(240) })).toMatchObject({ startsAt: null, endsAt: null });
  expect(one({})).toMatchObject({ startsAt: null, endsAt: null });
});

test('the fingerprint is that of Alertmanager: without empty-valued labels, whatever is sent along', () => {
  expect(one({ fingerprint: 'x', labels: { ...labels, zone: '' } })?.fingerprint).toBe(fingerprintOfLabels(labels));
});

test('two replicas are one condition', () => {
  const [a, b] = parse(['a', 'b'].map((replica) => ({ labels: { ...labels, __replica__: replica } }))).alerts;
  expect(a?.fingerprint).toBe(b?.fingerprint);
});

test('an alert needs a label', () => {
  const parsed = parse([{ labels: {} }, { annotations: {} }, { labels: { a: '' } }, { labels }]);
  expect(parsed.alerts).toHaveLength(1);
  expect(parsed.rejected.map(({ message }) => message)).toEqual(
    [0, 1, 2].map((i) => `[${i}].labels: at least one label is required`),
  );
});

test('anything but an array is refused, a webhook body with a pointer', () => {
  expect(prometheus.parse({ alerts: [] }, testIntegration(), testRequest())).toMatchObject({
    ok: false,
    message: 'expected a JSON array of alerts, got an object; a webhook body goes to /webhooks/alertmanager',
  });
});
