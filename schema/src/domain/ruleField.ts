import type { Labels } from './alert.js';
import type { AlertFacts } from './correlation.js';
import type { GroupField } from './rule.js';

/** Fields of `groupBy` beside labels. */
export const groupFields = [
  'environment',
  'service',
  'host',
  'namespace',
  'groupKey',
  'integration',
  'fingerprint',
] as const;

const longestLabelName = 1_024;

/** The field of `groupBy` that a text names, or null. */
export function groupFieldOf(text: string): GroupField | null {
  const known = groupFields.find((field) => field === text);
  if (known !== undefined) return known;
  const name = /^labels\.(\S.*)$/s.exec(text)?.[1];
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (name === undefined || name.length > longestLabelName || /[\u0000-\u001f\u007f]/.test(name)) return null;
  return `labels.${name}`;
}

/** How to read the field from an alert: made once for a rule. Null where it is missing or empty. */
export function groupReader(field: GroupField): (alert: AlertFacts) => string | null {
  switch (field) {
    case 'environment':
      return (alert) => alert.environment || null;
    case 'service':
      return (alert) => alert.service || null;
    case 'host':
      return (alert) => alert.host || null;
    case 'namespace':
      return (alert) => alert.namespace || null;
    case 'groupKey':
      return (alert) => alert.groupKey || null;
    case 'integration':
      return (alert) => String(alert.integrationId);
    case 'fingerprint':
      return (alert) => alert.fingerprint || null;
    default: {
      const read = labelReader(field.slice('labels.'.length));
      return (alert) => read(alert.labels);
    }
  }
}

/** Reads one label; `.` and `_` in its name are equal, the name as it is written goes first. Null where missing or empty. */
export function labelReader(name: string): (labels: Labels) => string | null {
  const folded = fold(name);
  const hasOtherSpellings = folded.includes('_');
  return (labels) => {
    if (Object.hasOwn(labels, name)) return labels[name] || null;
    if (!hasOtherSpellings) return null;
    for (const key in labels) if (fold(key) === folded) return labels[key] || null;
    return null;
  };
}

function fold(name: string): string {
  return name.replaceAll('.', '_');
}
