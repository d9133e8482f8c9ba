import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sourceKinds, type SourceKind } from '@tocsin/schema/domain/source';
import { mutateBytes } from './mutateBytes.js';
import { mutateJson } from './mutateJson.js';
import type { Random } from './random.js';

export interface FuzzRequest {
  readonly source: SourceKind;
  readonly method: 'POST' | 'PUT' | 'OPTIONS';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A real request to begin with. */
interface Sample {
  readonly source: SourceKind;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  /** Where the body is not that JSON's text. */
  readonly encode?: (json: unknown) => string;
}

const attributes = {
  'ce-specversion': '1.0',
  'ce-id': 'a-1',
  'ce-source': '/locks',
  'ce-type': 'example.lock.leak',
  'ce-subject': 'lock/4',
};

/** Every fixture of every adapter, and the other ways in which some of them come. @param fixturesIn their directory */
export function samples(fixturesIn: string): readonly [Sample, ...Sample[]] {
  const fixture = (source: SourceKind): unknown => readFixture(fixturesIn, source);
  const own = sourceKinds.map((source): Sample => ({
    source,
    path: `/webhooks/${source}`,
    headers: { 'content-type': 'application/json' },
    json: fixture(source),
  }));
  const [first, ...rest] = [
    ...own,
    variant('prometheus', '/api/v2/alerts', {}, fixture('prometheus')),
    variant('pagerduty', '/v2/enqueue', {}, fixture('pagerduty')),
    variant(
      'pagerduty',
      '/v2/change/enqueue',
      {},
      {
        routing_key: 'pagerduty',
        payload: { summary: 'Deploy 7', source: 'ci', timestamp: '2026-11-20T08:00:00Z', custom_details: { build: 7 } },
        links: [{ href: 'https://ci.example', text: 'Build' }],
      },
    ),
    { ...variant('datadog', '/webhooks/datadog', form, fixture('datadog')), encode: formOf },
    variant(
      'cloudevents',
      '/webhooks/cloudevents',
      { ...attributes, 'content-type': 'application/json' },
      { title: 'x' },
    ),
    variant('cloudwatch', '/webhooks/cloudwatch', { 'content-type': 'text/plain' }, event),
    variant('sentry', '/webhooks/sentry', { 'sentry-hook-signature': 'ab'.repeat(32) }, metricAlert),
  ];
  if (first === undefined) throw new Error('There are no fixtures.');
  return [first, ...rest];
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const event = {
  source: 'aws.cloudwatch',
  account: '1',
  region: 'eu-central-1',
  resources: ['arn:aws:cloudwatch:eu-central-1:1:alarm:x'],
  detail: {
    alarmName: 'x',
    state: { value: 'ALARM', timestamp: '2026-11-20T08:57:00.000+0000' },
    configuration: { metrics: [{ metricStat: { metric: { name: 'm', namespace: 'n', dimensions: { a: 'b' } } } }] },
  },
};
const metricAlert = {
  action: 'critical',
  data: { metric_alert: { id: '4', date_started: '2026-11-20T08:00:00Z', projects: ['a'], alert_rule: { name: 'x' } } },
};

function variant(source: SourceKind, path: string, headers: Sample['headers'], json: unknown): Sample {
  return { source, path, headers, json };
}

function readFixture(directory: string, source: SourceKind): unknown {
  const parsed: unknown = JSON.parse(readFileSync(join(directory, `${source}.fixture.json`), 'utf8'));
  return parsed;
}

function formOf(json: unknown): string {
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  const parts = entries.map(([name, value]): [string, string] => [
    name,
    wellFormed(typeof value === 'object' ? JSON.stringify(value) : String(value)),
  ]);
  return new URLSearchParams(parts).toString();
}

function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}

const headerValues: readonly [string, ...string[]] = [
  '',
  'application/json',
  'text/plain; charset=UTF-8',
  'application/x-www-form-urlencoded',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/cloudevents+xml',
  'multipart/form-data',
  'x',
  '%00%ff%',
  '"\\',
  '"'.repeat(2_000),
  'zz'.repeat(32),
];
const headerNames: readonly [string, ...string[]] = [
  'content-type',
  'content-encoding',
  'ce-specversion',
  'ce-id',
  'ce-data',
  'ce-constructor',
  'webhook-request-origin',
  'sentry-hook-signature',
  'x-grafana-alerting-signature',
  'x-grafana-alerting-timestamp',
  'x-amz-sns-message-type',
];

/** A real request with something wrong about it. */
export function nextRequest(all: readonly [Sample, ...Sample[]], random: Random): FuzzRequest {
  const sample = random.pick(all);
  let { json } = sample;
  for (let times = random.below(4); times > 0; times--) json = mutateJson(json, random);
  let body: Buffer = Buffer.from(sample.encode?.(json) ?? JSON.stringify(json) ?? '');
  if (random.chance(0.3)) body = mutateBytes(body, Buffer.from(JSON.stringify(random.pick(all).json)), random);
  const headers: Record<string, string> = { ...sample.headers };
  if (random.chance(0.2)) headers[random.pick(headerNames)] = random.pick(headerValues);
  if (random.chance(0.05)) {
    headers['content-encoding'] = 'gzip';
    body = gzipSync(body);
    if (random.chance(0.3)) body = mutateBytes(body, body, random);
  }
  // A body of one format on the route of another, now and then.
  const path = random.chance(0.1) ? random.pick(all).path : sample.path;
  return { source: sample.source, method: methodFor(path, random), path, headers, body };
}

/** Only the webhooks of ours know more than POST. */
function methodFor(path: string, random: Random): FuzzRequest['method'] {
  if (!path.startsWith('/webhooks/')) return 'POST';
  return random.chance(0.02) ? 'OPTIONS' : random.chance(0.05) ? 'PUT' : 'POST';
}
