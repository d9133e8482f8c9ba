import type { AlertStatus, Labels } from '@tocsin/schema/domain/alert';
import { BadField, isRecord, kindOf, readText } from '@tocsin/schema/domain/fields';
import { genericDraftOf, type GenericFields } from '@tocsin/schema/domain/genericAlert';
import { fieldsOf, readTags, statusOfWord } from '@tocsin/schema/domain/genericFields';
import { link, type Draft } from '@tocsin/schema/domain/normalise';
import type { Integration } from '@tocsin/schema/domain/source';
import { setOwn } from '@tocsin/schema/domain/text';
import { parseInstant } from '@tocsin/schema/domain/time';
import { parseBody } from '../body.js';
import type { ChangeFields } from '../changes.js';

/** An event in the JSON format. */
export type CloudEvent = Readonly<Record<string, unknown>>;

/** Not extensions: what CloudEvents itself defines. */
const ownAttributes = new Set(
  'specversion id source type subject time datacontenttype dataschema data data_base64 traceparent tracestate'.split(
    ' ',
  ),
);

/** @throws BadField naming the attribute that is missing or wrong */
export function assertEvent(event: CloudEvent): void {
  const version = event['specversion'];
  if (typeof version !== 'string' || !version.startsWith('1.')) {
    const got = typeof version === 'string' ? JSON.stringify(version.slice(0, 20)) : kindOf(version);
    throw new BadField(`expected "1.0", got ${got}`, 'specversion');
  }
  for (const name of ['id', 'source', 'type']) {
    if (text(event, name) === null) throw new BadField('is required by CloudEvents', name);
  }
}

/**
 * The condition is the source, the subject and the type without the word of its state, so that `….disk.full` ends with
 * `….disk.full.resolved`. That word is also the status, where the data names none.
 * @throws BadField
 */
export function eventDraft(event: CloudEvent, integration: Integration): Draft {
  const data = dataOf(event);
  const fields = isRecord(data) ? fieldsOf(withoutId(data)) : {};
  const { stem, state } = splitType(text(event, 'type') ?? '');
  const stated = readText(fields.status);
  const status = stated === null ? (state ?? 'firing') : (statusOfWord(stated) ?? state ?? stated);
  const time = timeOf(event);
  const all: GenericFields = {
    ...fields,
    title: fields.title ?? titleOf(event, stem),
    description: fields.description ?? (typeof data === 'string' ? data : undefined),
    status,
    severity: fields.severity ?? text(event, 'severity'),
    labels: { ...readTags(fields.labels), ...attributeLabels(event) },
    startsAt: fields.startsAt ?? (status === 'firing' ? time : undefined),
    endsAt: fields.endsAt ?? (status === 'resolved' ? time : undefined),
    dedupKey: fields.dedupKey ?? [text(event, 'source'), text(event, 'subject') ?? '', stem].join('|'),
    traceId: fields.traceId ?? /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(text(event, 'traceparent') ?? '')?.[1],
  };
  return genericDraftOf(all, integration);
}

/** Words of a type that say something was put in place; `deployment` alone is also a workload of Kubernetes. */
const deployWords =
  /(^|[._-])(deploy(ed|s)?|released?|rollout|roll-?ed-?back|rollback|upgraded|deployment[._-](started|created|finished|succeeded|completed))([._-]|$)/i;
const failureWords = /fail|error|alert|alarm|unhealthy|degraded|crash|unavailable|timeout|incident/i;

/**
 * Whether an event tells of a deploy. Conservative, because a change opens nothing: the type must say it, nothing in the type
 * may speak of a failure, and the data must name neither a status nor a severity. `change` and `update` say too little.
 */
export function isChange(event: CloudEvent): boolean {
  const type = text(event, 'type') ?? '';
  if (!deployWords.test(type) || failureWords.test(type)) return false;
  const data = dataOf(event);
  const { status, severity } = isRecord(data) ? fieldsOf(data) : {};
  return severity === undefined && (status === undefined || statusOfWord(readText(status) ?? '') !== 'firing');
}

/** What of it is shown beside incidents. In the events of CDEvents the subject is the service, with its environment. */
export function changeFields(event: CloudEvent): ChangeFields {
  const data = dataOf(event);
  const fields = isRecord(data) ? fieldsOf(data) : {};
  const subject = record(record(data)['subject']);
  const environment = record(record(subject['content'])['environment'])['id'];
  return {
    key: [text(event, 'source'), text(event, 'id')].join('|'),
    title: readText(fields.title) ?? titleOf(event, text(event, 'type') ?? ''),
    service: readText(fields.service) ?? readText(subject['id']),
    environment: readText(fields.environment) ?? readText(environment),
    occurredAt: timeOf(event),
    links: link('Change', readText(fields.url) ?? ''),
    details: attributeLabels(event),
  };
}

function titleOf(event: CloudEvent, type: string): string {
  const subject = text(event, 'subject');
  return subject === null ? type : `${type}: ${subject}`;
}

/** Extension attributes under their names, and where the event comes from. */
function attributeLabels(event: CloudEvent): Labels {
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(event)) {
    const kept = ownAttributes.has(name) || name === 'severity' ? null : readText(value);
    if (kept !== null && kept !== '' && /^[a-z0-9]{1,64}$/i.test(name)) setOwn(labels, name, kept);
  }
  const own = { event_source: text(event, 'source'), event_type: text(event, 'type'), subject: text(event, 'subject') };
  for (const [name, value] of Object.entries(own)) if (value !== null) labels[name] = value;
  return labels;
}

/** `com.example.disk.full.resolved` → `com.example.disk.full` and what its last word says. */
function splitType(type: string): { readonly stem: string; readonly state: AlertStatus | null } {
  const at = type.search(/[._-][^._-]*$/);
  const state = at < 0 ? null : statusOfWord(type.slice(at + 1));
  return { stem: state === null ? type : type.slice(0, at), state };
}

/** Data that came as bytes is JSON, or text, or nothing that we read. */
function dataOf(event: CloudEvent): unknown {
  const { data, data_base64: bytes } = event;
  if (data !== undefined || typeof bytes !== 'string') return data;
  const decoded = Buffer.from(bytes, 'base64');
  try {
    return parseBody(decoded);
  } catch {
    const asText = decoded.toString('utf8');
    return asText.includes('\uFFFD') ? undefined : asText;
  }
}

/** The `id` of the data is as often that of the event as that of what it is about. */
function withoutId(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name.toLowerCase() !== 'id'));
}

/** Epoch milliseconds; a wrong time is none, since an event need not have one. */
function timeOf(event: CloudEvent): number | null {
  const parsed = parseInstant(text(event, 'time') ?? '');
  return parsed.kind === 'instant' ? parsed.ms : null;
}

function text(event: CloudEvent, name: string): string | null {
  const value = readText(event[name])?.trim() ?? '';
  return value === '' ? null : value;
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
