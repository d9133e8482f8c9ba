import type { AlertFacts } from './correlation.js';
import { labelReader } from './ruleField.js';
import { cut, textLimits } from './text.js';

const fields = {
  title: (alert) => alert.title,
  summary: (alert) => alert.summary,
  severity: (alert) => alert.severity,
  service: (alert) => alert.service,
  environment: (alert) => alert.environment,
  host: (alert) => alert.host,
  namespace: (alert) => alert.namespace,
  source: (alert) => alert.source,
  groupKey: (alert) => alert.groupKey,
} as const satisfies Readonly<Record<string, (alert: AlertFacts) => string | null>>;

type Part = string | ((alert: AlertFacts) => string | null);

export type ParsedTemplate =
  | { readonly isValid: true; readonly render: (alert: AlertFacts) => string }
  | { readonly isValid: false; readonly message: string };

/**
 * A title such as `{{service}}: {{labels.alertname}}`: fields, labels and annotations of the incident's first alert. What an
 * alert lacks leaves nothing behind; where nothing at all is left, the alert's own title stands in.
 */
export function parseTemplate(template: string): ParsedTemplate {
  const parts: Part[] = [];
  let rest = template;
  for (let match = /\{\{(.*?)\}\}/s.exec(rest); match !== null; match = /\{\{(.*?)\}\}/s.exec(rest)) {
    const read = readerOf((match[1] ?? '').trim());
    if (read === null) {
      const known = Object.keys(fields).join(', ');
      return { isValid: false, message: `${match[0]} names no field: there are ${known}, labels.x and annotations.x.` };
    }
    parts.push(rest.slice(0, match.index), read);
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest.includes('{{')) return { isValid: false, message: 'A {{ is never closed.' };
  parts.push(rest);
  return { isValid: true, render: (alert) => rendered(parts, alert) };
}

function rendered(parts: readonly Part[], alert: AlertFacts): string {
  const text = parts.map((part) => (typeof part === 'string' ? part : (part(alert) ?? ''))).join('');
  const isEmpty = !parts.some((part) =>
    typeof part === 'string' ? /[\p{L}\p{N}]/u.test(part) : (part(alert) ?? '') !== '',
  );
  return isEmpty ? alert.title : cut(text.trim(), textLimits.title);
}

function readerOf(name: string): ((alert: AlertFacts) => string | null) | null {
  if (isField(name)) return fields[name];
  const [, record, key] = /^(labels|annotations)\.(.+)$/s.exec(name) ?? [];
  if (key === undefined) return null;
  const read = labelReader(key);
  return record === 'labels' ? (alert) => read(alert.labels) : (alert) => read(alert.annotations);
}

function isField(name: string): name is keyof typeof fields {
  return Object.hasOwn(fields, name);
}
