import { countLimit } from '@tocsin/schema/graphql/common';
import { invalidInput, notFound } from '../errors.js';
import { limits } from '../limits.js';

/** NUL is refused by Postgres; the other controls (but for tab and line breaks) are never meant. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Cs}/u;

/** The trimmed text. @throws ApiFailure INVALID_INPUT naming `field` when it is empty, too long or unprintable. */
export function requiredText(field: string, value: string, max: number): string {
  const text = optionalText(field, value, max);
  if (text === null) throw invalidInput(field, `${field} must not be empty.`);
  return text;
}

/** The trimmed text, or null where there is none. */
export function optionalText(field: string, value: string | null | undefined, max: number): string | null {
  if (value == null) return null;
  const text = value.trim();
  if (text.length > max) throw invalidInput(field, `${field} must have at most ${max} characters, not ${text.length}.`);
  if (controls.test(text)) throw invalidInput(field, `${field} must not hold control characters.`);
  return text === '' ? null : text;
}

/** The trimmed texts, without empty ones and repetitions. */
export function textList(field: string, values: readonly string[], maxItems: number, max: number): readonly string[] {
  if (values.length > maxItems) throw invalidInput(field, `${field} must have at most ${maxItems} items.`);
  return [...new Set(values.flatMap((value) => optionalText(field, value, max) ?? []))];
}

export function wholeNumber(field: string, value: number, min: number, max: number): number {
  if (value < min || value > max) throw invalidInput(field, `${field} must be from ${min} to ${max}, not ${value}.`);
  return value;
}

export function pageSize(first: number | null | undefined, otherwise: number, max: number = limits.pageSize): number {
  return wholeNumber('first', first ?? otherwise, 0, max);
}

/** The number of an opaque id, or null where it can be none of ours. */
export function idOrNull(id: string): number | null {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null;
}

/** @throws ApiFailure NOT_FOUND: what can be no id of ours names nothing. */
export function requiredId(what: string, id: string): number {
  const number = idOrNull(id);
  if (number === null) throw notFound(what, id);
  return number;
}

export function idList(field: string, what: string, ids: readonly string[], max: number): readonly number[] {
  if (ids.length === 0) throw invalidInput(field, `${field} must name at least one ${what}.`);
  if (ids.length > max) throw invalidInput(field, `${field} must have at most ${max} items.`);
  return [...new Set(ids.map((id) => requiredId(what, id)))];
}

/** Exact up to the limit; beyond it the limit, said to be no exact number. */
export function totalCount(counted: number): { readonly value: number; readonly isExact: boolean } {
  return { value: Math.min(counted, countLimit), isExact: counted <= countLimit };
}
