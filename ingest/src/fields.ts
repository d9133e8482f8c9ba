import { BadField, isRecord, kindOf } from '@tocsin/schema/domain/fields';
import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { storableJson } from '@tocsin/schema/domain/text';
import type { ParsedDelivery, RejectedAlert } from './sources/source.js';

/** Reads each alert on its own: one that is no object, or that `read` refuses, is a dead letter; its neighbours go on. */
export function readEach<T>(
  list: readonly unknown[],
  pathOfAlert: (index: number) => string,
  read: (sent: Record<string, unknown>) => T,
): { readonly alerts: T[]; readonly rejected: RejectedAlert[] } {
  return readAny(list, pathOfAlert, (sent) => {
    if (!isRecord(sent)) throw new BadField(`expected an object, got ${kindOf(sent)}`);
    return read(sent);
  });
}

/** As {@link readEach}, of alerts that may be any JSON. */
export function readAny<T>(
  list: readonly unknown[],
  pathOfAlert: (index: number) => string,
  read: (sent: unknown, index: number) => T,
): { readonly alerts: T[]; readonly rejected: RejectedAlert[] } {
  const alerts: T[] = [];
  const rejected: RejectedAlert[] = [];
  for (const [index, sent] of list.entries()) {
    try {
      alerts.push(read(sent, index));
    } catch (failure) {
      if (!(failure instanceof BadField)) throw failure;
      rejected.push(rejection(failure, pathOfAlert(index), sent));
    }
  }
  return { alerts, rejected };
}

/** Reads a body that is one alert: where `read` refuses it, the whole body is the dead letter. @param prefix of the path */
export function readOne(prefix: string, read: () => NormalisedAlert): ParsedDelivery {
  try {
    return { ok: true, alerts: [read()], rejected: [] };
  } catch (failure) {
    if (!(failure instanceof BadField)) throw failure;
    return refusedBody(failure, prefix);
  }
}

/** The answer to a body that was refused as a whole. */
export function refusedBody(field: BadField, prefix = ''): ParsedDelivery {
  const path = pathOf(prefix, field.steps);
  const message = path === '' ? field.message : `${path}: ${field.message}`;
  return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: path === '' ? null : path };
}

/** The dead letter of an alert, e.g. `alerts[3].labels: has 10000 entries …`. */
function rejection(field: BadField, prefix: string, body: unknown): RejectedAlert {
  const path = pathOf(prefix, field.steps);
  return { path, message: path === '' ? field.message : `${path}: ${field.message}`, body: storableJson(body) };
}

/** `alerts[3]`, ['labels', 'a b'] → `alerts[3].labels["a b"]`. */
function pathOf(prefix: string, steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((path, step) => {
    const name = String(step).slice(0, 120);
    if (!/^[\w$]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
    return path === '' ? name : `${path}.${name}`;
  }, prefix);
}
