import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { receivedAt, testIntegration, testRequest } from '../integration.fixture.js';
import { grafana } from './grafana.js';

const alert = {
  status: 'firing',
  labels: { alertname: 'BilgeHigh' },
  startsAt: '2026-11-20T08:00:00Z',
  fingerprint: 'aabbccdd00112233',
};
const integration = testIntegration({ source: 'grafana' });

function one(sent: object, envelope: object = {}) {
  const body = { version: '1', orgId: 1, alerts: [{ ...alert, ...sent }], ...envelope };
  const parsed = grafana.parse(body, integration, testRequest());
  return parsed.ok ? parsed.alerts[0] : undefined;
}

test("the sent fingerprint is trusted, also where our ignore labels are among the alert's", () => {
  expect(one({ labels: { ...alert.labels, replica: 'a' } })?.fingerprint).toBe('aabbccdd00112233');
  expect(one({ fingerprint: undefined })?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
});

test('no data and a failed query say so, and are no test', () => {
  const titled = (alertname: string) => one({ labels: { alertname, rulename: 'Bilge' } });
  expect(titled('DatasourceNoData')).toMatchObject({ title: 'No data: Bilge', isTest: false });
  expect(titled('DatasourceError')?.title).toBe('Query failed: Bilge');
  expect(titled('constructor')?.title).toBe('constructor');
});

test('the test of a contact point is told by its labels or its group key', () => {
  const labels = { alertname: 'TestAlert', instance: 'harbour' };
  expect(one({ labels }, { groupKey: '{alertname="TestAlert"}2026-11-20 08:59:59.1 +0000 UTC' })?.isTest).toBe(true);
  expect(one({ labels: { ...labels, instance: 'Grafana' } })?.isTest).toBe(true);
  expect(one({ labels }, { groupKey: '{}/{}:{alertname="TestAlert"}' })?.isTest).toBe(false);
});

test('legacy alerting and other bodies are refused with a pointer', () => {
  const refused = (body: unknown) => grafana.parse(body, integration, testRequest());
  expect(refused({ ruleName: 'x', state: 'alerting' })).toMatchObject({
    path: 'alerts',
    message: expect.stringContaining('unified alerting'),
  });
  expect(refused([])).toMatchObject({ ok: false, path: null });
});

describe('the signature', () => {
  const raw = Buffer.from('{"alerts":[]}');
  const secret = 'shared with Grafana';
  const seconds = String(receivedAt / 1_000);
  const sign = (content: string | Buffer) => createHmac('sha256', secret).update(content).digest('hex');
  const verdict = (headers: Record<string, string>, signingSecret: string | null = secret) =>
    grafana.verifySignature?.(raw, testRequest({ headers }), signingSecret);
  const header = 'x-grafana-alerting-signature';
  const time = 'x-grafana-alerting-timestamp';

  test('is over the body, or over the time and the body', () => {
    expect(verdict({ [header]: sign(raw) })).toBe('valid');
    expect(verdict({ [header]: sign(`${seconds}:${raw.toString()}`), [time]: seconds })).toBe('valid');
  });

  test('counts for no other body, secret or time, and not for long', () => {
    expect(verdict({ [header]: sign('{"alerts":[{}]}') })).toBe('invalid');
    expect(verdict({ [header]: sign(raw) }, 'another')).toBe('invalid');
    expect(verdict({ [header]: sign(raw), [time]: seconds })).toBe('invalid');
    for (const broken of ['', 'zz', `${sign(raw)}00`]) expect(verdict({ [header]: broken })).toBe('invalid');
    const old = String(receivedAt / 1_000 - 600);
    expect(verdict({ [header]: sign(`${old}:${raw.toString()}`), [time]: old })).toBe('invalid');
  });

  test('that is missing, or that nobody can check, is none', () => {
    expect(verdict({})).toBe('unsigned');
    expect(verdict({ [header]: sign(raw) }, null)).toBe('unsigned');
  });
});
