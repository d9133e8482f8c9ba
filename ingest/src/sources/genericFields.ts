import type { AlertStatus, Labels } from '@tocsin/schema/domain/alert';
import { cut, emptyRecord, storableJson, textLimits } from '@tocsin/schema/domain/text';
import { z } from 'zod';
import { kindOf, labelsField } from '../fields.js';

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

/** The fields of one object under our names; null and empty text count as absent, so the next synonym gets its turn. */
export function fieldsOf(sent: object): Partial<Record<Field, unknown>> {
  const byName = new Map<string, unknown>();
  for (const [name, value] of Object.entries(sent)) {
    if (value !== null && value !== '') byName.set(name.replace(/[_-]/g, '').toLowerCase(), value);
  }
  const fields: Partial<Record<Field, unknown>> = {};
  for (const field of Object.keys(synonyms) as Field[]) {
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
  ['resolved', ['resolved', 'resolve', 'ok', 'okay', 'closed', 'close', 'recovered', 'recovery', 'recover', 'up']],
  ['resolved', ['normal', 'inactive', 'healthy', 'success', 'passed', 'cleared', 'clear', 'off', 'false', '0']],
  ['resolved', ['green', 'fixed', 'done', 'ended', 'finished']],
];
const statuses = new Map(words.flatMap(([status, list]) => list.map((word) => [word, status] as const)));

/** No status means firing: who sends an alert means one. A word we do not know is refused, because guessing could page or hide. */
export const statusField = z
  .unknown()
  .optional()
  .transform((value, context): AlertStatus => {
    if (value === undefined) return 'firing';
    // fieldsOf lets only text, numbers and booleans through.
    const word = (typeof value === 'string' ? value : JSON.stringify(value)).trim().toLowerCase();
    const status = statuses.get(word.replace(/[ _-]/g, ''));
    if (status === undefined) {
      context.addIssue({
        code: 'custom',
        message: `expected "firing" or "resolved", got ${JSON.stringify(word.slice(0, 60))}`,
      });
    }
    return status ?? 'firing';
  });

/** An object, or tags: an array (or a comma-separated text) of `k:v` or `k=v`, or of `{key|name, value}`. A bare tag is "true". */
export const tagsField = z
  .unknown()
  .optional()
  .transform((value, context): Labels => {
    const items: unknown = typeof value === 'string' ? value.split(',') : value;
    if (!Array.isArray(items)) return passOn(labelsField.safeParse(items), context);
    const labels = emptyRecord<unknown>();
    for (const item of items.slice(0, textLimits.labels + 1)) {
      const pair = pairOf(item);
      if (pair === null) {
        context.addIssue({ code: 'custom', message: `expected tags like "key:value", got ${kindOf(item)}` });
        return emptyRecord();
      }
      if (pair[0] !== '') labels[pair[0]] = pair[1];
    }
    return passOn(labelsField.safeParse(labels), context);
  });

/** What we only show: nested values are kept as their JSON text, and anything but an object counts as absent. */
export const annotationsField = z
  .unknown()
  .optional()
  .transform((value): Labels => {
    const annotations = emptyRecord();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return annotations;
    const entries: [string, unknown][] = Object.entries(value);
    for (const [name, item] of entries.slice(0, textLimits.labels)) {
      const text = typeof item === 'string' ? item : item === null ? '' : JSON.stringify(storableJson(item));
      annotations[cut(name, textLimits.labelName)] = text;
    }
    return annotations;
  });

function pairOf(item: unknown): [string, unknown] | null {
  if (typeof item === 'string') {
    const tag = item.trim();
    const at = tag.search(/[:=]/);
    return at < 0 ? [tag, 'true'] : [tag.slice(0, at).trim(), tag.slice(at + 1).trim()];
  }
  const pair = z
    .object({ key: z.string().optional(), name: z.string().optional(), value: z.unknown() })
    .safeParse(item);
  const name = pair.data?.key ?? pair.data?.name;
  return name === undefined ? null : [name, pair.data?.value];
}

function passOn(result: z.ZodSafeParseResult<Labels>, context: z.RefinementCtx): Labels {
  if (result.success) return result.data;
  for (const { message, path } of result.error.issues) context.addIssue({ code: 'custom', message, path: [...path] });
  return emptyRecord();
}
