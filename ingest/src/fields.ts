import type { Labels } from '@tocsin/schema/domain/alert';
import { emptyRecord, storableJson, textLimits } from '@tocsin/schema/domain/text';
import { isPlausible, parseEpoch, parseInstant, type ParsedInstant } from '@tocsin/schema/domain/time';
import { z } from 'zod';
import type { RejectedAlert } from './sources/source.js';

/**
 * A record of labels or annotations, as sent: numbers and booleans as their text, null as absent.
 * Own code instead of z.record, which drops a label named `__proto__` and with it a part of the fingerprint.
 */
export const labelsField = z
  .unknown()
  .optional()
  .transform((value, context): Labels => {
    const labels = emptyRecord();
    const refuse = (message: string, path: string[] = []): Labels => {
      context.addIssue({ code: 'custom', message, path });
      return labels;
    };
    if (value === undefined || value === null) return labels;
    if (typeof value !== 'object' || Array.isArray(value)) return refuse(`expected an object, got ${kindOf(value)}`);
    const entries: [string, unknown][] = Object.entries(value);
    if (entries.length > textLimits.labels) {
      return refuse(`has ${entries.length} entries, at most ${textLimits.labels} are kept: send fewer`);
    }
    for (const [name, item] of entries) {
      if (name.length > textLimits.labelName) {
        return refuse(`a name is ${name.length} characters long, at most ${textLimits.labelName} are kept`);
      }
      if (typeof item === 'string') labels[name] = item;
      else if (typeof item === 'number' || typeof item === 'boolean') labels[name] = String(item);
      else if (item !== null) return refuse(`expected a string, got ${kindOf(item)}`, [name]);
    }
    return labels;
  });

/**
 * A time as RFC 3339 or a number since 1970: epoch milliseconds; absent, empty and zero give null. What is no time at all
 * is an issue that names the field.
 */
export const instantField = z
  .unknown()
  .optional()
  .transform((value, context): number | null => {
    if (value === undefined || value === null || value === '') return null;
    const parsed = readInstant(value);
    if (parsed.kind === 'instant') return parsed.ms;
    if (parsed.kind === 'invalid') {
      const got = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : kindOf(value);
      context.addIssue({ code: 'custom', message: `expected a time like 2026-11-02T07:15:00Z, got ${got}` });
    }
    return null;
  });

/** A text that the alert can do without: what is no text counts as absent. */
export const optionalText = z.string().nullish().catch(null);

function readInstant(value: unknown): ParsedInstant {
  if (typeof value === 'number') return parseEpoch(value);
  if (typeof value !== 'string') return { kind: 'invalid' };
  return /^\d{9,19}$/.test(value) ? parseEpoch(Number(value)) : parseInstant(value);
}

/** A start further than ten years from the time of receipt is a broken clock: unknown is the better answer. */
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

/** The first issue of a failed parse, e.g. `alerts[3].labels: has 10000 entries …`, as a dead letter. */
export function rejection(error: z.ZodError, prefix: string, body: unknown): RejectedAlert {
  const issue = error.issues[0];
  const path = pathOf(prefix, issue?.path ?? []);
  return { path, message: `${path}: ${issue?.message ?? 'not understood'}`, body: storableJson(body) };
}

/** `alerts`, [3, 'labels', 'a b'] → `alerts[3].labels["a b"]`. */
export function pathOf(prefix: string, steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    const name = String(step).slice(0, 120);
    if (!/^[\w$]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
    return path === '' ? name : `${path}.${name}`;
  }, prefix);
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
