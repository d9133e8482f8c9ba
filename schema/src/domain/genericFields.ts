import type { AlertStatus, Labels } from './alert.js';
import { BadField, isRecord, kindOf, readLabels, readText } from './fields.js';
import { cut, setOwn, storableJson, textLimits } from './text.js';

/** The names under which a field may come, first match wins; compared without case, `_` and `-`. */
export const synonyms = {
  title: ['title', 'name', 'alertname', 'alert', 'subject', 'summary', 'headline'],
  summary: ['summary', 'shortdescription'],
  status: ['status', 'state', 'alertstate', 'action', 'eventaction'],
  severity: ['severity', 'priority', 'level', 'urgency'],
  service: ['service', 'servicename', 'application', 'app', 'component'],
  environment: ['environment', 'env', 'deploymentenvironment', 'stage'],
  labels: ['labels', 'tags'],
  annotations: ['annotations', 'details', 'customdetails'],
  startsAt: ['startsat', 'startedat', 'starttime', 'timestamp', 'time', 'date', 'createdat', 'firedat'],
  endsAt: ['endsat', 'endedat', 'endtime', 'resolvedat'],
  url: ['url', 'link', 'generatorurl', 'weburl', 'alerturl'],
  runbookUrl: ['runbookurl', 'runbook'],
  dedupKey: ['dedupkey', 'deduplicationkey', 'fingerprint', 'incidentkey', 'alias', 'id', 'alertid'],
  description: ['description', 'message', 'body', 'text', 'msg', 'details'],
  groupKey: ['groupkey', 'group'],
  traceId: ['traceid'],
  isTest: ['test', 'istest'],
} as const;
type Field = keyof typeof synonyms;

function isField(name: string): name is Field {
  return Object.hasOwn(synonyms, name);
}

/** The fields of one object under our names; null and empty text count as absent, so the next synonym gets its turn. */
export function fieldsOf(sent: object): Partial<Record<Field, unknown>> {
  const byName = new Map<string, unknown>();
  for (const [name, value] of Object.entries(sent)) {
    if (value !== null && value !== '') byName.set(name.replace(/[_-]/g, '').toLowerCase(), value);
  }
  const fields: Partial<Record<Field, unknown>> = {};
  for (const field of Object.keys(synonyms).filter(isField)) {
    const name = synonyms[field].find((synonym) => byName.has(synonym) && fits(field, byName.get(synonym)));
    if (name !== undefined) fields[field] = byName.get(name);
  }
  return fields;
}

/** `details` may be the text of a description or an object of annotations; a `service` may be a whole object. */
function fits(field: Field, value: unknown): boolean {
  if (field === 'labels' || field === 'startsAt' || field === 'endsAt') return true;
  const isObject = typeof value === 'object';
  return field === 'annotations' ? isObject : !isObject;
}

const words: readonly (readonly [AlertStatus, readonly string[]])[] = [
  ['firing', ['firing', 'fire', 'active', 'open', 'opened', 'new', 'trigger', 'triggered', 'retriggered', 'alerting']],
  ['firing', ['alert', 'alarm', 'problem', 'failed', 'failure', 'failing', 'error', 'down', 'bad', 'on', 'true', '1']],
  ['firing', ['critical', 'warning', 'warn', 'unhealthy', 'red', 'yellow', 'create', 'created', 'started', 'nodata']],
  ['firing', ['raised', 'fired', 'detected', 'breached', 'exceeded']],
  ['resolved', ['resolved', 'resolve', 'ok', 'okay', 'closed', 'close', 'recovered', 'recovery', 'recover', 'up']],
  ['resolved', ['normal', 'inactive', 'healthy', 'success', 'passed', 'cleared', 'clear', 'off', 'false', '0']],
  ['resolved', ['green', 'fixed', 'done', 'ended', 'finished']],
];
const statuses = new Map(words.flatMap(([status, list]) => list.map((word) => [word, status] as const)));

/** What a word of a sender says, or null where we do not know it. */
export function statusOfWord(word: string): AlertStatus | null {
  return statuses.get(word.toLowerCase().replace(/[ _-]/g, '')) ?? null;
}

/** No status means firing: who sends an alert means one. A word we do not know is refused, because guessing could page or hide. */
export function readStatusWord(value: unknown): AlertStatus {
  const word = readText(value)?.trim().toLowerCase() ?? 'firing';
  const status = statusOfWord(word);
  if (status !== null) return status;
  throw new BadField(`expected "firing" or "resolved", got ${JSON.stringify(word.slice(0, 60))}`, 'status');
}

/** An object, or tags: an array (or a comma-separated text) of `k:v` or `k=v`, or of `{key|name, value}`. A bare tag is "true". */
export function readTags(value: unknown): Labels {
  const items: unknown = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(items)) return readLabels(items, 'labels');
  const labels: Record<string, unknown> = {};
  for (const item of items.slice(0, textLimits.labels + 1)) {
    const [name, content] = pairOf(item);
    if (name !== '') setOwn(labels, name, content);
  }
  return readLabels(labels, 'labels');
}

/** What we only show: nested values are kept as their JSON text, and anything but an object counts as absent. */
export function readDetails(value: unknown): Labels {
  const annotations: Record<string, string> = {};
  for (const [name, item] of Object.entries(isRecord(value) ? value : {}).slice(0, textLimits.labels)) {
    const text = typeof item === 'string' ? item : item === null ? '' : JSON.stringify(storableJson(item));
    setOwn(annotations, cut(name, textLimits.labelName), text);
  }
  return annotations;
}

function pairOf(item: unknown): [string, unknown] {
  if (typeof item === 'string') {
    const tag = item.trim();
    const at = tag.search(/[:=]/);
    return at < 0 ? [tag, 'true'] : [tag.slice(0, at).trim(), tag.slice(at + 1).trim()];
  }
  const name = isRecord(item) ? readText(item['key'] ?? item['name']) : null;
  if (name !== null && isRecord(item)) return [name, item['value'] ?? null];
  throw new BadField(`expected tags like "key:value", got ${kindOf(item)}`, 'labels');
}
