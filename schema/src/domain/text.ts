import type { Labels } from './alert.js';

/**
 * How much of a sender's text is kept, in UTF-16 units. Longer values are cut with a mark; a longer label *name* or more
 * labels refuse the alert, because cutting those would make two conditions one.
 */
export const textLimits = {
  labels: 1_000,
  labelName: 1_024,
  labelValue: 16 * 1024,
  annotationValue: 64 * 1024,
  title: 1_024,
  description: 64 * 1024,
  /** `service` and `environment` stand in B-tree indexes, whose rows end at 2,704 bytes. */
  dimension: 256,
  url: 8 * 1024,
} as const;

/** Every string that Postgres takes as it is: it refuses NUL in text and lone surrogates in jsonb. Both become U+FFFD. */
export function storableText(text: string): string {
  if (isStorable(text)) return text;
  // Under the u flag a pair is one code point, so only lone surrogates match.
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Cs}/gu, '\uFFFD');
}

/** Cheap, and true for nearly every text; of the others storableText takes a closer look. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !/[\uD800-\uDFFF]/.test(text);
}

/** At most `max` UTF-16 units, the last one an ellipsis where something was cut; a surrogate pair is never halved. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const last = text.charCodeAt(end - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}…`;
}

/** Storable, at most `max` long, and null where nothing but white space is left. */
export function textOrNull(text: string | null | undefined, max: number): string | null {
  if (text === null || text === undefined) return null;
  const kept = storableText(text).trim();
  return kept === '' ? null : cut(kept, max);
}

/** Sets an own property whatever its name: a label named `__proto__` is a label like any other. */
export function setOwn<T>(record: Record<string, T>, name: string, value: T): void {
  if (name !== '__proto__') record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * The labels as they are stored: without the empty-valued ones, storable, values cut at `maxValue`. The same record where
 * there is nothing to do: most alerts need no copy.
 */
export function storableLabels(labels: Labels, maxValue: number): Labels {
  const entries = Object.entries(labels);
  if (
    entries.every(([name, value]) => value !== '' && value.length <= maxValue && isStorable(value) && isStorable(name))
  ) {
    return labels;
  }
  const stored: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (value !== '') setOwn(stored, storableText(name), cut(storableText(value), maxValue));
  }
  return stored;
}

/** The text where it is an absolute http(s) URL, else null: a relative or `javascript:` one never becomes a link. */
export function httpUrl(text: string | null | undefined): string | null {
  const url = textOrNull(text, textLimits.url + 1);
  // A cut URL leads nowhere, so a longer one is dropped whole.
  if (url === null || url.length > textLimits.url || !/^https?:\/\/\S+$/i.test(url)) return null;
  return URL.canParse(url) ? url : null;
}

const deepest = 32;

/**
 * Any parsed JSON in a form that jsonb stores and that `JSON.stringify` walks without exhausting the stack:
 * strings storable, what is nested deeper than 32 levels replaced by '…'.
 */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => storableJson(item, depth + 1));
  const kept: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) setOwn(kept, storableText(name), storableJson(item, depth + 1));
  return kept;
}
