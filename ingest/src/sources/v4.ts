import type { AlertStatus, Labels } from '@tocsin/schema/domain/alert';
import { z } from 'zod';
import { BadField, kindOf, readInstant, readLabels, readText } from '@tocsin/schema/domain/fields';
import { readEach } from '../fields.js';
import type { ParsedDelivery, RejectedAlert } from './source.js';

const optionalText = z.string().nullish().catch(null);
const envelopeSchema = z.object({ receiver: optionalText, groupKey: optionalText, alerts: z.array(z.unknown()) });

/** One alert of Alertmanager's webhook body; SigNoz sends the same. Times are epoch milliseconds. */
export interface V4Alert {
  readonly status: AlertStatus | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly generatorUrl: string | null;
  readonly sentFingerprint: string | null;
}

export interface V4Delivery {
  /** As configured: on the wire it is quoted as a regular expression. */
  readonly receiver: string;
  readonly groupKey: string | null;
  readonly alerts: readonly V4Alert[];
  readonly rejected: RejectedAlert[];
}

/**
 * Reads a version 4 webhook body. Texts are as sent; alerts that cannot be read are in `rejected`, unknown fields are ignored.
 * Alertmanager can replace the whole body by a template (`webhook_config.payload`), hence the pointer to `generic`.
 */
export function readV4(body: unknown): V4Delivery | Extract<ParsedDelivery, { ok: false }> {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return notV4(body);
  const { receiver, groupKey, alerts } = envelope.data;
  return {
    receiver: unquoteMeta(receiver ?? ''),
    groupKey: groupKey ?? null,
    ...readEach(alerts, (i) => `alerts[${i}]`, readV4Alert),
  };
}

/** @throws BadField */
export function readV4Alert(sent: Record<string, unknown>): V4Alert {
  const labels = readLabels(sent['labels'], 'labels');
  const sentFingerprint = readText(sent['fingerprint']) || null;
  if (sentFingerprint === null && Object.keys(labels).length === 0) {
    throw new BadField('an alert needs labels or a fingerprint', 'labels');
  }
  return {
    status: readStatus(sent['status']),
    labels,
    annotations: readLabels(sent['annotations'], 'annotations'),
    startsAt: readInstant(sent['startsAt'], 'startsAt'),
    endsAt: readInstant(sent['endsAt'], 'endsAt'),
    generatorUrl: readText(sent['generatorURL']),
    sentFingerprint,
  };
}

function readStatus(status: unknown): AlertStatus | null {
  if (status === 'firing' || status === 'resolved') return status;
  if (status === undefined || status === null) return null;
  const got = typeof status === 'string' ? JSON.stringify(status.slice(0, 60)) : kindOf(status);
  throw new BadField(`expected "firing" or "resolved", got ${got}`, 'status');
}

/** The alert's own status; without one (old senders) an end that has passed means resolved. */
export function statusOf(alert: V4Alert, receivedAt: number): AlertStatus {
  if (alert.status !== null) return alert.status;
  return alert.endsAt !== null && alert.endsAt <= receivedAt ? 'resolved' : 'firing';
}

/** Undoes Go's regexp.QuoteMeta: `team-a\.hook` → `team-a.hook`. */
export function unquoteMeta(text: string): string {
  return text.replace(/\\([\\.+*?()|[\]{}^$])/g, '$1');
}

function notV4(body: unknown): Extract<ParsedDelivery, { ok: false }> {
  const hint = Array.isArray(body)
    ? 'a bare array is what Prometheus sends: POST it to /api/v2/alerts'
    : 'for a payload template of your own use /webhooks/generic';
  const [path, got] =
    typeof body === 'object' && body !== null && !Array.isArray(body)
      ? ['alerts', 'alerts' in body ? kindOf(body.alerts) : 'nothing']
      : [null, kindOf(body)];
  const expected = path === null ? 'expected a version 4 webhook object' : 'alerts: expected an array';
  return { ok: false, code: 'MALFORMED_PAYLOAD', message: `${expected}, got ${got}; ${hint}`, path };
}
