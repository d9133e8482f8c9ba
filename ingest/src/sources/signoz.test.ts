import { describe, expect, test } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { signoz } from './signoz.js';

const rule = { alertname: 'Sluice latency', ruleId: '01a3', 'service.name': 'sluice' };
const over = (threshold: string, alert: object = {}) => ({
  status: 'firing',
  labels: { ...rule, 'threshold.name': threshold, severity: threshold },
  annotations: { summary: `over ${threshold}` },
  startsAt: '2026-11-20T08:30:00Z',
  endsAt: '0001-01-01T00:00:00Z',
  fingerprint: threshold,
  ...alert,
});
const over10 = { startsAt: '2026-11-20T08:10:00Z' };
const ended = (time: string) => ({ status: 'resolved', endsAt: time });

function parse(alerts: unknown[], envelope: object = {}) {
  const body = {
    receiver: 'quay',
    version: '4',
    groupKey: '{__receiver__="quay"}:{ruleId="01a3"}',
    alerts,
    ...envelope,
  };
  const parsed = signoz.parse(body, testIntegration({ source: 'signoz' }), testRequest());
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.alerts;
}

describe('two thresholds of one series', () => {
  test('are one alert of the higher severity, since the earlier start', () => {
    for (const alerts of [
      [over('warning', over10), over('critical')],
      [over('critical'), over('warning', over10)],
    ]) {
      expect(parse(alerts)).toMatchObject([
        { status: 'firing', severity: 'critical', title: 'over critical', startsAt: Date.parse(over10.startsAt) },
      ]);
    }
  });

  test('fire with the severity of the one that still fires', () => {
    const alerts = parse([over('critical', ended('2026-11-20T08:40:00Z')), over('warning')]);
    expect(alerts).toMatchObject([{ status: 'firing', severity: 'medium', endsAt: null }]);
  });

  test('are resolved when both are, at the later end', () => {
    const [alert, ...others] = parse([
      over('warning', ended('2026-11-20T08:50:00Z')),
      over('critical', ended('2026-11-20T08:40:00Z')),
    ]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      status: 'resolved',
      severity: 'critical',
      endsAt: Date.parse('2026-11-20T08:50:00Z'),
    });
  });

  test('are the same condition when they come one by one, and other series are others', () => {
    const [a] = parse([over('warning')]);
    const [b] = parse([over('critical')]);
    const [c] = parse([over('critical', { labels: { ...rule, 'service.name': 'lock', severity: 'critical' } })]);
    expect(a?.fingerprint).toBe(b?.fingerprint);
    expect(c?.fingerprint).not.toBe(a?.fingerprint);
  });
});

test('no data is a condition of its own with a readable title', () => {
  const labels = { ...rule, alertname: '[No data] Sluice latency', nodata: 'true', severity: 'critical' };
  const [value, noData] = parse([over('critical'), over('critical', { labels })]);
  expect(noData?.title).toBe('No data: Sluice latency');
  expect(noData?.fingerprint).not.toBe(value?.fingerprint);
  expect(noData?.isTest).toBe(false);
});

test('related logs and traces are links and stay annotations', () => {
  const annotations = { related_logs: 'https://s.example/logs?a=%257B', related_traces: 'javascript:x' };
  const [alert] = parse([over('critical', { annotations, labels: { ...rule, ruleSource: 'https://s.example/r' } })]);
  expect(alert?.links).toEqual([
    { title: 'Related logs', url: annotations.related_logs },
    { title: 'Rule', url: 'https://s.example/r' },
  ]);
  expect(alert?.annotations).toEqual(annotations);
});

describe('a test notification', () => {
  const channel = (alertname: string, receiver: string, groupKey: string) =>
    parse([over('critical', { labels: { alertname, severity: 'critical' } })], { receiver, groupKey })[0]?.isTest;

  test('of a channel is told by its name and its group key together', () => {
    expect(channel('Test Alert (quay)', 'quay', 'quay-1ff69d713af4949f-1795165200')).toBe(true);
    expect(channel('Test Alert (quay.eu)', String.raw`quay\.eu`, 'quay.eu-1ff69d713af4949f-1795165200')).toBe(true);
    expect(channel('Test Alert (quay)', 'quay', '{__receiver__="quay"}:{ruleId="01a3"}')).toBe(false);
    expect(channel('Sluice latency', 'quay', 'quay-1ff69d713af4949f-1795165200')).toBe(false);
  });

  test('of a rule is told by its label or its name', () => {
    expect(parse([over('info', { labels: { ...rule, testalert: 'true' } })])[0]?.isTest).toBe(true);
    expect(parse([over('info', { labels: { alertname: 'sluice_TEST_ALERT' } })])[0]?.isTest).toBe(true);
    expect(parse([over('info')])[0]?.isTest).toBe(false);
  });
});
