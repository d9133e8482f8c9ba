import type { Labels } from '@tocsin/schema/domain/alert';
import { deriveFields } from '@tocsin/schema/domain/derive';
import { BadField, isRecord, readInstant, readText } from '@tocsin/schema/domain/fields';
import type { Draft } from '@tocsin/schema/domain/normalise';
import type { Integration } from '@tocsin/schema/domain/source';
import { setOwn } from '@tocsin/schema/domain/text';

type Sent = Record<string, unknown>;

/** One change of an alarm's state, whichever way it came. Texts as sent. */
export interface Alarm {
  readonly isEventBridge: boolean;
  readonly name: string;
  readonly arn: string | null;
  readonly account: string | null;
  /** The code where it is known, else the name that people read. */
  readonly region: string | null;
  readonly state: string;
  readonly previousState: string | null;
  readonly reason: string | null;
  readonly description: string | null;
  readonly changedAt: unknown;
  readonly metric: string | null;
  readonly metricNamespace: string | null;
  readonly dimensions: Labels;
}

/** The alarm in a message of SNS or an event of EventBridge; null where it is neither. @param topicArn of the SNS topic */
export function readAlarm(sent: Sent, topicArn: string | null): Alarm | null {
  if (sent['source'] === 'aws.cloudwatch' && isRecord(sent['detail'])) return ofEventBridge(sent, sent['detail']);
  const name = readText(sent['AlarmName']);
  const state = readText(sent['NewStateValue']);
  if (!name || state === null) return null;
  const trigger = record(sent['Trigger']);
  const metric = 'MetricName' in trigger ? trigger : firstMetric(trigger['Metrics'], 'MetricStat', 'Metric');
  const account = readText(sent['AWSAccountId']);
  // Alarms act in their own region, so the topic names its code; messages from before 2019 name neither code nor ARN.
  const [, partition, , topicRegion] = topicArn?.split(':') ?? [];
  const built = topicRegion && account ? `arn:${partition}:cloudwatch:${topicRegion}:${account}:alarm:${name}` : null;
  const arn = readText(sent['AlarmArn']) || built;
  return {
    isEventBridge: false,
    name,
    arn,
    account,
    region: arn?.split(':')[3] || readText(sent['Region']),
    state,
    previousState: readText(sent['OldStateValue']),
    reason: readText(sent['NewStateReason']),
    description: readText(sent['AlarmDescription']),
    changedAt: sent['StateChangeTime'],
    metric: readText(metric['MetricName']),
    metricNamespace: readText(metric['Namespace']),
    dimensions: dimensionsOf(metric['Dimensions']),
  };
}

function ofEventBridge(sent: Sent, detail: Sent): Alarm | null {
  const name = readText(detail['alarmName']);
  const state = record(detail['state']);
  const value = readText(state['value']);
  if (!name || value === null) return null;
  const configuration = record(detail['configuration']);
  const metric = firstMetric(configuration['metrics'], 'metricStat', 'metric');
  const resources: unknown = sent['resources'];
  return {
    isEventBridge: true,
    name,
    arn: Array.isArray(resources) ? readText(resources[0]) || null : null,
    account: readText(sent['account']),
    region: readText(sent['region']),
    state: value,
    previousState: readText(record(detail['previousState'])['value']),
    reason: readText(state['reason']),
    description: readText(configuration['description']),
    changedAt: state['timestamp'] ?? sent['time'],
    metric: readText(metric['name']),
    metricNamespace: readText(metric['namespace']),
    dimensions: dimensionsOf(metric['dimensions']),
  };
}

/**
 * What an alarm says. A metric without data (INSUFFICIENT_DATA) is no recovery: it keeps what was in ALARM firing, and from
 * OK it fires on its own, low, because somebody asked SNS to tell. @throws BadField
 */
export function cloudwatchDraft(alarm: Alarm, integration: Integration): Draft {
  const { name, account, region, state, arn } = alarm;
  if (!/^(ALARM|OK|INSUFFICIENT_DATA)$/.test(state)) {
    throw new BadField(
      `expected ALARM, OK or INSUFFICIENT_DATA, got ${JSON.stringify(state.slice(0, 60))}`,
      'NewStateValue',
    );
  }
  const isNoData = state === 'INSUFFICIENT_DATA' && alarm.previousState !== 'ALARM';
  const changedAt = readInstant(alarm.changedAt, 'StateChangeTime');
  const labels = labelsOf(alarm);
  return {
    status: state === 'OK' ? 'resolved' : 'firing',
    title: isNoData ? `No data: ${name}` : name,
    summary: alarm.reason,
    description: alarm.description,
    // CloudWatch knows no severity; people who need one write rules, or a label alias.
    severity: isNoData ? 'low' : null,
    // What runs on AWS as a service names itself so: ECS, Lambda, Application Signals.
    service:
      deriveFields(labels, integration).service ??
      labels['ServiceName'] ??
      labels['FunctionName'] ??
      labels['Service'] ??
      null,
    labels,
    annotations: {},
    startsAt: state === 'ALARM' ? changedAt : null,
    endsAt: state === 'OK' ? changedAt : null,
    fingerprint: arn ?? `${account ?? ''}/${region ?? ''}/${name}`,
    generatorUrl: consoleUrl(arn, name),
  };
}

/** Dimensions as they are named; our own go before, and none is called `namespace`, which is a word of Kubernetes. */
function labelsOf({ dimensions, name, account, region, metric, metricNamespace }: Alarm): Labels {
  const known = { aws_account: account, aws_region: region, aws_namespace: metricNamespace, metric };
  const labels: Record<string, string> = { ...dimensions, alertname: name };
  for (const [label, value] of Object.entries(known)) if (value !== null) labels[label] = value;
  return labels;
}

function consoleUrl(arn: string | null, name: string): string | null {
  const [, partition, service, region] = arn?.split(':') ?? [];
  const host = partition === 'aws' ? 'console.aws.amazon.com' : partition === 'aws-cn' ? 'console.amazonaws.cn' : null;
  if (host === null || service !== 'cloudwatch' || !/^[a-z0-9-]{1,40}$/.test(region ?? '')) return null;
  return `https://${region}.${host}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(wellFormed(name))}`;
}

/** encodeURIComponent throws on a lone surrogate. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}

/** An alarm on a formula holds a list; its first real metric says where it looks. */
function firstMetric(list: unknown, stat: string, metric: string): Sent {
  for (const item of Array.isArray(list) ? list : []) {
    const found = record(record(item)[stat])[metric];
    if (isRecord(found)) return found;
  }
  return {};
}

/** A list of `{ name, value }` from SNS, an object from EventBridge. */
function dimensionsOf(sent: unknown): Labels {
  const pairs: [unknown, unknown][] = Array.isArray(sent)
    ? sent.map((item: unknown) => [record(item)['name'], record(item)['value']])
    : Object.entries(record(sent));
  const dimensions: Record<string, string> = {};
  // CloudWatch allows 30.
  for (const [name, value] of pairs.slice(0, 100)) {
    const text = readText(value);
    if (typeof name === 'string' && name !== '' && name.length <= 255 && text !== null) setOwn(dimensions, name, text);
  }
  return dimensions;
}

function record(value: unknown): Sent {
  return isRecord(value) ? value : {};
}
