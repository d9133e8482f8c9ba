import type { Labels } from './alert.js';
import { setOwn, textLimits } from './text.js';
import { isPlausible, parseEpoch, parseInstant, type ParsedInstant } from './time.js';

/*
 * The fields that adapters read. By hand, because zod with its transforms took more than half of the time that an alert
 * costs before the database; envelopes are read with zod.
 */

/** What makes one alert unreadable, and where in it. Thrown by the readers here, caught where one alert is read. */
export class BadField extends Error {
  override readonly name = 'BadField';
  readonly steps: readonly PropertyKey[];
  constructor(message: string, ...steps: PropertyKey[]) {
    super(message);
    this.steps = steps;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A record of labels or annotations, as sent: numbers and booleans as their text, null as absent. Of more labels or longer
 * names than are kept it is refused, because cutting those would make two conditions one.
 */
export function readLabels(value: unknown, field: string): Labels {
  const labels: Record<string, string> = {};
  if (value === undefined || value === null) return labels;
  if (!isRecord(value)) throw new BadField(`expected an object, got ${kindOf(value)}`, field);
  const entries = Object.entries(value);
  if (entries.length > textLimits.labels) {
    throw new BadField(`has ${entries.length} entries, at most ${textLimits.labels} are kept: send fewer`, field);
  }
  for (const [name, item] of entries) {
    if (name.length > textLimits.labelName) {
      throw new BadField(`a name is ${name.length} characters long, at most ${textLimits.labelName} are kept`, field);
    }
    if (typeof item === 'string') setOwn(labels, name, item);
    else if (typeof item === 'number' || typeof item === 'boolean') setOwn(labels, name, String(item));
    else if (item !== null) throw new BadField(`expected a string, got ${kindOf(item)}`, field, name);
  }
  return labels;
}

/**
 * A time as RFC 3339 or a number since 1970: epoch milliseconds; absent, empty and zero give null. What is no time at all
 * refuses the alert: someone should see it.
 */
export function readInstant(value: unknown, field: string): number | null {
  if (value === undefined || value === null || value === '') return null;
  const parsed = instantOf(value);
  if (parsed.kind === 'instant') return parsed.ms;
  if (parsed.kind === 'zero') return null;
  const got = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : kindOf(value);
  throw new BadField(`expected a time like 2026-11-02T07:15:00Z, got ${got}`, field);
}

/** A text that the alert can do without: what is no text, number or boolean counts as absent. */
export function readText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** A time further than ten years from the receipt is a broken clock: unknown is the better answer. */
export function plausibleOrNull(ms: number | null, receivedAt: number): number | null {
  return ms !== null && isPlausible(ms, receivedAt) ? ms : null;
}

/**
 * An end is never after we heard of it and never before its start. A sender's clock that runs ahead would otherwise close
 * the episode in the future, and every new one until then would count as a late copy of it.
 */
export function settledEnd(startsAt: number | null, endsAt: number | null, receivedAt: number): number | null {
  const end = plausibleOrNull(endsAt, receivedAt);
  return end === null ? null : Math.max(Math.min(end, receivedAt), startsAt ?? 0);
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function instantOf(value: unknown): ParsedInstant {
  if (typeof value === 'number') return parseEpoch(value);
  if (typeof value !== 'string') return { kind: 'invalid' };
  return /^\d{9,19}$/.test(value) ? parseEpoch(Number(value)) : parseInstant(value);
}
