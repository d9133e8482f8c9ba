import type { AlertStatus } from '@tocsin/schema/domain/alert';
import { z } from 'zod';
import { instantField, kindOf, labelsField, optionalText, rejection } from '../fields.js';
import type { ParsedDelivery, RejectedAlert } from './source.js';

/** One alert of Alertmanager's webhook body; SigNoz sends the same. Unknown fields are ignored. */
const alertSchema = z.object({
  status: z.enum(['firing', 'resolved'], { error: 'expected "firing" or "resolved"' }).nullish(),
  labels: labelsField,
  annotations: labelsField,
  startsAt: instantField,
  endsAt: instantField,
  generatorURL: optionalText,
  fingerprint: optionalText,
});
export type V4Alert = z.infer<typeof alertSchema>;

const envelopeSchema = z.object({
  receiver: optionalText,
  groupKey: optionalText,
  alerts: z.array(z.unknown()),
});

export interface V4Delivery {
  /** As configured: on the wire it is quoted as a regular expression. */
  readonly receiver: string;
  readonly groupKey: string | null;
  readonly alerts: readonly V4Alert[];
  readonly rejected: RejectedAlert[];
}

/**
 * Reads a version 4 webhook body. Times and texts are as sent; alerts that cannot be read are in `rejected`.
 * Alertmanager can replace the whole body by a template (`webhook_config.payload`), hence the pointer to `generic`.
 */
export function readV4(body: unknown): V4Delivery | Extract<ParsedDelivery, { ok: false }> {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return notV4(body);
  const alerts: V4Alert[] = [];
  const rejected: RejectedAlert[] = [];
  for (const [index, sent] of envelope.data.alerts.entries()) {
    const path = `alerts[${index}]`;
    const alert = alertSchema.safeParse(sent, { error: (issue) => `expected an object, got ${kindOf(issue.input)}` });
    if (!alert.success) {
      rejected.push(rejection(alert.error, path, sent));
    } else if (Object.keys(alert.data.labels).length === 0 && !alert.data.fingerprint) {
      const issue = { code: 'custom' as const, message: 'an alert needs labels or a fingerprint', path: ['labels'] };
      rejected.push(rejection(new z.ZodError([issue]), path, sent));
    } else {
      alerts.push(alert.data);
    }
  }
  const { receiver, groupKey } = envelope.data;
  return { receiver: unquoteMeta(receiver ?? ''), groupKey: groupKey ?? null, alerts, rejected };
}

/** The alert's own status; without one (old senders) an end that has passed means resolved. */
export function statusOf(alert: V4Alert, receivedAt: number): AlertStatus {
  if (alert.status) return alert.status;
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
