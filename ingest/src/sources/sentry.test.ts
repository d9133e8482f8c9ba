import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { sentry } from './sentry.js';

const integration = testIntegration({ source: 'sentry' });
const raw = readFileSync(new URL('./sentry.fixture.json', import.meta.url));
const fixture = JSON.parse(raw.toString()) as { data: { event: object } };

function parse(body: unknown) {
  const parsed = sentry.parse(body, integration, testRequest());
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
}
const event = (changed: object) => parse({ ...fixture, data: { event: { ...fixture.data.event, ...changed } } });

test('an issue alert is the issue: every event of it is the same condition', () => {
  const [first] = event({}).alerts;
  const [later] = event({ event_id: 'f00', timestamp: 1795169999 }).alerts;
  expect(later?.fingerprint).toBe(first?.fingerprint);
  expect(later?.startsAt).toBeNull();
});

test('the trace of the event is the trace of the alert', () => {
  expect(event({}).alerts[0]?.traceId).toBe('7f3a9c51e2b84d06a1c4f0e95d7b2a38');
  expect(event({ contexts: { trace: { trace_id: '0'.repeat(32) } } }).alerts[0]?.traceId).toBeNull();
});

test('the service is what the tags say, else the project', () => {
  expect(event({}).alerts[0]?.service).toBe('berth-booking');
  expect(event({ tags: [['service.name', 'berths']] }).alerts[0]?.service).toBe('berths');
});

test.each(['fatal', 'error', 'warning', 'info'])('the level %s is a severity', (level) => {
  const expected = { fatal: 'critical', error: 'high', warning: 'medium', info: 'info' }[level];
  expect(event({ level, tags: [] }).alerts[0]?.severity).toBe(expected);
});

describe('an issue', () => {
  const issue = (action: string) =>
    parse({ action, data: { issue: { id: '5550123', title: 'x', project: { slug: 'p' } } } });

  test.each(['resolved', 'archived', 'ignored'])('that is %s ends the alert that a rule opened about it', (action) => {
    expect(issue(action).alerts).toMatchObject([{ status: 'resolved', fingerprint: event({}).alerts[0]?.fingerprint }]);
  });

  test.each(['created', 'assigned', 'unresolved'])('that is %s opens nothing: rules do', (action) => {
    expect(issue(action)).toEqual({ ok: true, alerts: [], rejected: [] });
  });
});

describe('a metric alert', () => {
  const metric = (action: string, changed: object = {}) =>
    parse({
      action,
      data: {
        description_text: '1200 events in the last 10 minutes',
        web_url: 'https://harbour.sentry.io/alerts/4/',
        metric_alert: {
          id: '88',
          projects: ['berth-booking'],
          date_started: '2026-11-20T08:30:00.000000Z',
          date_closed: null,
          alert_rule: { id: '7', name: 'Too many errors', environment: 'production' },
          ...changed,
        },
      },
    }).alerts[0];

  test('is the same condition from warning to critical to resolved', () => {
    const [warning, critical] = [metric('warning'), metric('critical')];
    const resolved = metric('resolved', { date_closed: '2026-11-20T08:45:00Z' });
    expect([warning?.severity, critical?.severity]).toEqual(['medium', 'critical']);
    expect(new Set([warning, critical, resolved].map((alert) => alert?.fingerprint)).size).toBe(1);
    expect(new Set([warning, critical, resolved].map((alert) => alert?.startsAt)).size).toBe(1);
    expect(resolved).toMatchObject({ status: 'resolved', endsAt: Date.parse('2026-11-20T08:45:00Z') });
  });

  test('names rule, project and environment', () => {
    expect(metric('critical')).toMatchObject({
      title: 'Too many errors',
      service: 'berth-booking',
      environment: 'production',
      summary: '1200 events in the last 10 minutes',
    });
  });

  test('in a state that we do not know is refused', () => {
    const body = { action: 'muted', data: { metric_alert: { id: '1' } } };
    expect(sentry.parse(body, integration, testRequest())).toMatchObject({
      ok: false,
      path: 'data.metric_alert.action',
    });
  });
});

test('installations, comments and single errors are let go', () => {
  for (const data of [{ installation: {} }, { comment: 'x' }, { error: { issue_id: '1' } }]) {
    expect(parse({ action: 'created', data })).toEqual({ ok: true, alerts: [], rejected: [] });
  }
});

describe('the signature', () => {
  const secret = 'client-secret';
  const sign = (body: Buffer, key = secret): string => createHmac('sha256', key).update(body).digest('hex');
  const verify = (body: Buffer, signature: string | null, signingSecret: string | null) =>
    sentry.verifySignature?.(
      body,
      testRequest({ headers: signature === null ? {} : { 'sentry-hook-signature': signature } }),
      signingSecret,
    );

  test('is over the bytes as they came, white space and all', () => {
    expect(verify(raw, sign(raw), secret)).toBe('valid');
    expect(verify(Buffer.from(JSON.stringify(fixture)), sign(raw), secret)).toBe('invalid');
  });

  test('of another secret, cut or garbled is invalid', () => {
    for (const signature of [sign(raw, 'other'), sign(raw).slice(0, 40), 'zz', '', `${sign(raw)}00`]) {
      expect(verify(raw, signature, secret)).toBe('invalid');
    }
  });

  test('is missed where there is none, and not looked at where no client secret is set', () => {
    expect(verify(raw, null, secret)).toBe('unsigned');
    expect(verify(raw, sign(raw), null)).toBe('unsigned');
  });
});
