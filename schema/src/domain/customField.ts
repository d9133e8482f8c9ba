import type { DomainError } from './errors.js';
import type { CustomField, FieldValue, IncidentTypeDefinition } from './incidentType.js';

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DomainError };

const longest = { text: 4_000, link: 2_000 } as const;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Cs}/u;

/** The value to keep, or INVALID_INPUT with `customFields.<key>`. An empty text is no value. */
export function checkField(field: CustomField, value: unknown): Checked<FieldValue> {
  if (value === null || value === undefined) return { ok: true, value: null };
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : null;
  if (text === null) return wrong(field, 'must be a text');
  if (text === '') return { ok: true, value: null };
  if (controls.test(text)) return wrong(field, 'must not hold control characters');
  switch (field.kind) {
    case 'text':
      return text.length > longest.text
        ? wrong(field, `must have at most ${longest.text} characters`)
        : { ok: true, value: text };
    case 'number':
      return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)
        ? { ok: true, value: Number(text) }
        : wrong(field, 'must be a number, such as 12 or 0.5');
    case 'choice':
      return field.choices.includes(text)
        ? { ok: true, value: text }
        : wrong(field, `must be one of ${field.choices.join(', ')}`);
    case 'date':
      return isDate(text) ? { ok: true, value: text } : wrong(field, 'must be a date, such as 2026-11-27');
    case 'person':
      return /^[a-z0-9][a-z0-9._-]{0,38}$/.test(text)
        ? { ok: true, value: text }
        : wrong(field, 'must be the handle of a person');
    case 'link':
      return checkLink(field, text);
  }
}

/** The whole record after some values were set; a null takes one away. */
export function withFields(
  { fields }: Pick<IncidentTypeDefinition, 'fields'>,
  before: Readonly<Record<string, FieldValue>>,
  changes: readonly { readonly key: string; readonly value: unknown }[],
): Checked<Readonly<Record<string, FieldValue>>> {
  const after = new Map(Object.entries(before));
  for (const { key, value } of changes) {
    const field = fields.find((each) => each.key === key);
    if (field === undefined) {
      const message = `This type of incident has no field "${key.slice(0, 40)}".`;
      return { ok: false, error: { code: 'INVALID_INPUT', message, field: `customFields.${key.slice(0, 40)}` } };
    }
    const checked = checkField(field, value);
    if (!checked.ok) return checked;
    if (checked.value === null) after.delete(key);
    else after.set(key, checked.value);
  }
  return { ok: true, value: Object.fromEntries(after) };
}

/** What the report of a new incident leaves out although the type's template requires it. */
export function missingInReport(
  { fields }: Pick<IncidentTypeDefinition, 'fields'>,
  values: Readonly<Record<string, FieldValue>>,
): DomainError | null {
  const missing = fields.find((field) => field.isRequiredInReport && values[field.key] == null);
  if (missing === undefined) return null;
  const message = `${missing.title} must be given when this type of incident is reported.`;
  return { code: 'INVALID_INPUT', message, field: `customFields.${missing.key}` };
}

/** A day that the calendar has. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function checkLink(field: CustomField, text: string): Checked<FieldValue> {
  if (text.length > longest.link) return wrong(field, `must have at most ${longest.link} characters`);
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
    ? { ok: true, value: text }
    : wrong(field, 'must be a link that begins with http:// or https://');
}

function wrong({ key, title }: CustomField, rule: string): Checked<never> {
  return {
    ok: false,
    error: { code: 'INVALID_INPUT', message: `${title} ${rule}.`, field: `customFields.${key}` },
  };
}
