import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { datadog } from './datadog.js';

const integration = testIntegration({ source: 'datadog' });
const fixture = JSON.parse(readFileSync(new URL('./datadog.fixture.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

function parse(sent: object) {
  return datadog.parse({ ...fixture, ...sent }, integration, testRequest());
}
function one(sent: object) {
  const parsed = parse(sent);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.alerts[0];
}

test.each([
  ['Triggered', 'firing'],
  ['Re-Triggered', 'firing'],
  ['Warn', 'firing'],
  ['Re-Warn', 'firing'],
  ['No Data', 'firing'],
  ['Re-No Data', 'firing'],
  ['Renotify', 'firing'],
  ['Recovered', 'resolved'],
  ['Warn Recovered', 'resolved'],
])('the transition %s is %s', (transition, status) => {
  expect(one({ transition })?.status).toBe(status);
});

test('a transition that we do not know is refused, because guessing could page or hide', () => {
  expect(parse({ transition: 'Muted' })).toMatchObject({ ok: false, path: 'transition' });
});

test('an event that no monitor sent goes by its type', () => {
  expect(one({ transition: '', alert_type: 'success' })?.status).toBe('resolved');
  expect(one({ transition: '$ALERT_TRANSITION', alert_type: 'info', priority: '' })).toMatchObject({
    status: 'firing',
    severity: 'info',
  });
});

describe('the condition', () => {
  test('is the cycle, which the recovery has too', () => {
    const recovered = one({ transition: 'Recovered', date_ms: '1795165190000', title: '[Recovered] Gantry' });
    expect(recovered?.fingerprint).toBe(one({})?.fingerprint);
    expect(recovered?.endsAt).toBe(1795165190000);
  });

  test('is else the monitor and its group, in whatever order that is written', () => {
    const none = { cycle_key: '', aggreg_key: '$AGGREG_KEY' };
    const a = one({ ...none, scope: 'host:a, role:x' })?.fingerprint;
    expect(one({ ...none, scope: 'role:x,host:a' })?.fingerprint).toBe(a);
    expect(one({ ...none, scope: 'host:b,role:x' })?.fingerprint).not.toBe(a);
  });
});

test('only a first trigger says when it began: a later notification is not another episode', () => {
  expect(one({})?.startsAt).toBe(1795165200000);
  for (const transition of ['Re-Triggered', 'Renotify', 'Warn']) expect(one({ transition })?.startsAt).toBeNull();
});

test('severity is the priority, else the type; a warning is never more than one', () => {
  expect(one({ priority: 'P1' })?.severity).toBe('critical');
  expect(one({ priority: '' })?.severity).toBe('high');
  expect(one({ priority: 'P1', transition: 'Warn' })?.severity).toBe('medium');
  expect(one({ priority: 'P4', transition: 'Warn' })?.severity).toBe('low');
});

test('tags and scope are labels, the scope first', () => {
  const alert = one({ tags: 'env:live,host:all,urgent', scope: 'host:crane-9', hostname: '' });
  expect(alert?.labels).toEqual({ env: 'live', host: 'crane-9', urgent: 'true', monitor_id: '90210' });
  expect(alert?.environment).toBe('production');
  expect(one({ scope: '*' })?.labels).not.toHaveProperty('*');
});

test('a test notification opens nothing', () => {
  expect(one({ event_title: '[TEST] [P2] [Triggered] x' })?.isTest).toBe(true);
});

describe('a body', () => {
  const read = (body: string, contentType: string | null): unknown =>
    datadog.readBody?.(Buffer.from(body), testRequest({ contentType }));

  test('may come as a form', () => {
    const form = new URLSearchParams(fixture);
    expect(read(form.toString(), 'application/x-www-form-urlencoded; charset=utf-8')).toEqual(fixture);
    const whole = new URLSearchParams({ payload: JSON.stringify(fixture) });
    expect(read(whole.toString(), 'application/x-www-form-urlencoded')).toEqual(fixture);
  });

  test('may come as JSON, under any content type', () => {
    for (const type of ['application/json', null, 'application/x-www-form-urlencoded']) {
      expect(read(JSON.stringify(fixture), type)).toEqual(fixture);
    }
  });

  test('that a quote in a message has broken is not repaired', () => {
    const broken = '{"transition":"Triggered","title":"The "big" crane"}';
    expect(() => read(broken, 'application/json')).toThrow('not valid JSON');
  });

  test('of another template is refused', () => {
    expect(datadog.parse({ text: 'hello' }, integration, testRequest())).toMatchObject({
      ok: false,
      path: 'transition',
    });
  });
});
