import type { OpenAlert } from '@tocsin/schema/postgres/reconcile';
import { expect, test } from 'vitest';
import { receivedAt, testIntegration } from '../integration.fixture.js';
import { OutgoingFailure } from '@tocsin/schema/runtime/outgoing';
import { compare, graceMs } from './compare.js';
import { listingUrl, readListing } from './listing.js';

const integration = testIntegration({ source: 'alertmanager' });
const now = receivedAt;

function listed(fingerprint: string, status: object = { state: 'active' }, startsAt = now - 3_600_000) {
  const labels = { alertname: fingerprint };
  const times = { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(now + 240_000).toISOString() };
  return { labels, annotations: {}, ...times, fingerprint, status, receivers: [{ name: 'tocsin' }] };
}

function open(fingerprint: string, rest: Partial<OpenAlert> = {}): OpenAlert {
  const known = { environment: null, incidentId: 1, startsAt: 0, lastReceivedAt: 0, vanishReason: null };
  return { id: fingerprint.length, fingerprint, missingSince: null, ...known, ...rest };
}

const compared = (alerts: readonly OpenAlert[], answer: unknown) =>
  compare(alerts, readListing(answer, integration, now), now);

test('what the sender keeps quiet is marked at once, and only once', () => {
  const suppressed = (by: object) => ({ state: 'suppressed', silencedBy: [], inhibitedBy: [], ...by });
  const answer = [listed('a', suppressed({ silencedBy: ['s1'] })), listed('bb', suppressed({ inhibitedBy: ['x'] }))];
  expect(
    compared([open('a'), open('bb')], answer).vanished.map(({ alert, reason }) => [alert.fingerprint, reason]),
  ).toEqual([
    ['a', 'silenced'],
    ['bb', 'inhibited'],
  ]);
  expect(compared([open('a', { vanishReason: 'silenced' })], answer).vanished).toEqual([]);
});

test('what is gone is watched first: its end may be on the way', () => {
  expect(compared([open('a')], []).watched).toHaveLength(1);
  expect(compared([open('a', { missingSince: now - graceMs + 1 })], [])).toMatchObject({ watched: [], vanished: [] });
  expect(compared([open('a', { missingSince: now - graceMs })], []).vanished).toMatchObject([{ reason: 'missing' }]);
});

test('what is there again is taken back', () => {
  const alerts = [open('a', { vanishReason: 'silenced' }), open('bb', { missingSince: now - 1 }), open('ccc')];
  expect(
    compared(alerts, [listed('a'), listed('bb'), listed('ccc')]).back.map(({ fingerprint }) => fingerprint),
  ).toEqual(['a', 'bb']);
});

test('what fires there for long and is unknown here was missed; what just began is on its way', () => {
  const answer = [listed('a'), listed('bb', { state: 'active' }, now - 60_000)];
  expect(compared([], answer).missed).toMatchObject([{ fingerprint: 'a', status: 'firing', endsAt: null }]);
});

test("SigNoz's wrapped answer and its thresholds are read as its deliveries are", () => {
  const signoz = testIntegration({ source: 'signoz' });
  const labels = { alertname: 'Sluice', 'service.name': 'sluice' };
  const alerts = ['warning', 'critical'].map((severity) => ({
    ...listed('x'),
    labels: { ...labels, severity, 'threshold.name': severity },
  }));
  const listing = readListing({ status: 'success', data: alerts }, signoz, now);
  expect(listing.active).toMatchObject([{ title: 'Sluice', severity: 'critical' }]);
});

test('an answer that is no list is the fault of the sender', () => {
  for (const answer of [null, {}, 'ok', { data: 5 }]) {
    expect(() => readListing(answer, integration, now)).toThrow(OutgoingFailure);
  }
});

test('the path is added where the address names none', () => {
  const am = { source: 'alertmanager' } as const;
  expect(listingUrl('http://am:9093', am)).toBe('http://am:9093/api/v2/alerts');
  expect(listingUrl('http://am:9093/alertmanager/', am)).toBe('http://am:9093/alertmanager/api/v2/alerts');
  expect(listingUrl('http://am:9093/api/v2/alerts?receiver=tocsin', am)).toBe(
    'http://am:9093/api/v2/alerts?receiver=tocsin',
  );
  expect(listingUrl('https://signoz.example', { source: 'signoz' })).toBe('https://signoz.example/api/v1/alerts');
});
