import { describe, expect, test } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { cloudwatch } from './cloudwatch.js';
import { confirmation, lockGate, notification } from './snsMessage.fixture.js';

const integration = testIntegration({ source: 'cloudwatch' });
const parse = (body: unknown) => cloudwatch.parse(body, integration, testRequest());
function alertsOf(body: unknown) {
  const parsed = parse(body);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.alerts;
}
const one = (alarm: object) => alertsOf(notification(alarm))[0];

const event = (state: string, previous: string) => ({
  version: '0',
  id: 'e1',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  account: '210987654321',
  time: '2026-11-20T08:57:00Z',
  region: 'eu-central-1',
  resources: ['arn:aws:cloudwatch:eu-central-1:210987654321:alarm:Lock gate'],
  detail: {
    alarmName: 'Lock gate',
    state: { value: state, reason: 'Threshold crossed.', timestamp: '2026-11-20T08:57:00.000+0000' },
    previousState: { value: previous },
    configuration: {
      description: 'The gate does not close.',
      metrics: [
        { id: 'm', metricStat: { metric: { namespace: 'Harbour', name: 'GateAngle', dimensions: { gate: '2' } } } },
      ],
    },
  },
});

describe('an alarm is the same condition', () => {
  const fingerprint = 'arn:aws:cloudwatch:eu-central-1:210987654321:alarm:Lock gate';

  test('from ALARM to OK', () => {
    expect(one({})).toMatchObject({ fingerprint, status: 'firing', startsAt: Date.parse('2026-11-20T08:57:00Z') });
    const ok = one({ NewStateValue: 'OK', OldStateValue: 'ALARM', StateChangeTime: '2026-11-20T08:59:00.000+0000' });
    expect(ok).toMatchObject({ fingerprint, status: 'resolved', endsAt: Date.parse('2026-11-20T08:59:00Z') });
  });

  test('whether or not the message names its ARN', () => {
    expect(one({ AlarmArn: fingerprint })?.fingerprint).toBe(one({})?.fingerprint);
  });

  test('through EventBridge, with SNS around it or not', () => {
    for (const body of [event('ALARM', 'OK'), notification(JSON.stringify(event('ALARM', 'OK')))]) {
      expect(alertsOf(body)).toMatchObject([
        {
          fingerprint,
          status: 'firing',
          description: 'The gate does not close.',
          labels: { gate: '2', metric: 'GateAngle' },
        },
      ]);
    }
  });

  test('of its account, its region and its name, where nothing else names it', () => {
    const raw = alertsOf(lockGate)[0]?.fingerprint;
    expect(raw).toBe('210987654321/EU (Frankfurt)/Lock gate');
    for (const other of [{ AlarmName: 'x' }, { AWSAccountId: '1' }, { Region: 'EU (Ireland)' }]) {
      expect(alertsOf({ ...lockGate, ...other })[0]?.fingerprint).not.toBe(raw);
    }
    const unnamed = { ...event('ALARM', 'OK'), resources: [''] };
    expect(alertsOf(unnamed)[0]?.fingerprint).toBe('210987654321/eu-central-1/Lock gate');
  });
});

test('a raw delivery, without the envelope of SNS, is understood', () => {
  expect(alertsOf(lockGate)).toMatchObject([{ title: 'Lock gate', status: 'firing' }]);
});

test('a composite alarm has no metric', () => {
  const alert = one({ AlarmRule: 'ALARM("a") AND ALARM("b")', AlarmDescription: 'Both gates' });
  expect(alert).toMatchObject({ title: 'Lock gate', description: 'Both gates', status: 'firing' });
  expect(alert?.labels).not.toHaveProperty('metric');
});

test('an alarm on a formula is where its first metric is', () => {
  const metric = {
    MetricName: 'Errors',
    Namespace: 'AWS/Lambda',
    Dimensions: [{ name: 'FunctionName', value: 'toll' }],
  };
  const Metrics = [
    { Id: 'e', Expression: 'a/b' },
    { Id: 'a', MetricStat: { Metric: metric } },
  ];
  expect(one({ Trigger: { Metrics } })).toMatchObject({ service: 'toll', labels: { aws_namespace: 'AWS/Lambda' } });
});

test('no dimension and no AWS namespace passes for a namespace of Kubernetes', () => {
  expect(one({ Trigger: { MetricName: 'm', Namespace: 'AWS/S3', Dimensions: [] } })?.labels).not.toHaveProperty(
    'namespace',
  );
});

describe('insufficient data', () => {
  test('is no recovery: what was in ALARM keeps firing as it did', () => {
    const alert = one({ NewStateValue: 'INSUFFICIENT_DATA', OldStateValue: 'ALARM' });
    expect(alert).toMatchObject({ status: 'firing', title: 'Lock gate', severity: one({})?.severity, startsAt: null });
  });

  test('fires, low, where SNS was asked to tell it', () => {
    const alert = one({ NewStateValue: 'INSUFFICIENT_DATA', OldStateValue: 'OK' });
    expect(alert).toMatchObject({ status: 'firing', title: 'No data: Lock gate', severity: 'low' });
  });

  test('is nothing from EventBridge, which tells every change', () => {
    expect(alertsOf(event('INSUFFICIENT_DATA', 'OK'))).toEqual([]);
  });
});

test('confirmations hold no alerts', () => {
  for (const Type of ['SubscriptionConfirmation', 'UnsubscribeConfirmation']) expect(alertsOf({ Type })).toEqual([]);
});

test('a notification that is no alarm is refused and kept', () => {
  for (const text of ['Deploy finished', '{"Records":[]}', '[1]', '']) {
    expect(parse(notification(text))).toMatchObject({ ok: false, path: 'Message' });
  }
  expect(parse(notification({ NewStateValue: 'MAYBE' }))).toMatchObject({ ok: false, path: 'Message.NewStateValue' });
});

describe('an integration that names its topics', () => {
  const topics = ['arn:aws:sns:eu-central-1:210987654321:harbour-alarms'];
  const read = (body: unknown, only = topics) =>
    cloudwatch.parse(body, testIntegration({ source: 'cloudwatch', topics: only }), testRequest());

  test('takes their messages, and confirms their subscriptions', () => {
    expect(read(notification())).toMatchObject({ ok: true, alerts: [{ title: 'Lock gate' }] });
    expect(read(confirmation('https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription')).ok).toBe(true);
  });

  test('refuses what comes from another topic, or from none', () => {
    const other = { ...notification(), TopicArn: 'arn:aws:sns:eu-central-1:666666666666:harbour-alarms' };
    expect(read(other)).toMatchObject({
      ok: false,
      path: 'TopicArn',
      message: expect.stringContaining('666666666666'),
    });
    for (const body of [lockGate, event('ALARM', 'OK'), confirmation('https://x')]) {
      expect(read(body, ['arn:aws:sns:eu-central-1:210987654321:else'])).toMatchObject({ ok: false, path: 'TopicArn' });
    }
  });
});
