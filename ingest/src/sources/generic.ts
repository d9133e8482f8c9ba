import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { fingerprintOfLabels } from '@tocsin/schema/domain/fingerprint';
import type { Integration } from '@tocsin/schema/domain/source';
import { emptyRecord } from '@tocsin/schema/domain/text';
import { z } from 'zod';
import { instantField, kindOf, rejection } from '../fields.js';
import { normalise, type Draft } from '../normalise.js';
import { alertmanager } from './alertmanager.js';
import { annotationsField, fieldsOf, statusField, tagsField } from './genericFields.js';
import type { RejectedAlert, Source } from './source.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String).nullish().catch(null);

/** One alert under our names; the wire names are in `synonyms`. */
const alertSchema = z.object({
  title: scalar,
  summary: scalar,
  status: statusField,
  severity: scalar,
  service: scalar,
  environment: scalar,
  labels: tagsField,
  annotations: annotationsField,
  startsAt: instantField,
  endsAt: instantField,
  url: scalar,
  runbookUrl: scalar,
  dedupKey: scalar,
  description: scalar,
  groupKey: scalar,
  traceId: scalar,
  isTest: scalar,
});
type GenericAlert = z.infer<typeof alertSchema>;

/**
 * Simple JSON for everything without an adapter: one alert, an array of them, or `{ "alerts": […] }`. Only a title is
 * required. An Alertmanager body is understood too.
 * ```json
 * { "title": "Queue is growing", "status": "firing", "severity": "high", "service": "mailer", "environment": "production",
 *   "dedupKey": "mailer-queue", "labels": { "queue": "outbound" }, "startsAt": "2026-11-02T07:15:00Z",
 *   "url": "https://…", "description": "…" }
 * ```
 */
export const generic: Source = {
  kind: 'generic',
  parse(body, integration, receivedAt) {
    if (looksLikeV4(body)) return alertmanager.parse(body, integration, receivedAt);
    const list = alertsOf(body);
    if (list === null) {
      const message = `expected an alert, an array of alerts or {"alerts": […]}, got ${kindOf(body)}`;
      return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: null };
    }
    const alerts: NormalisedAlert[] = [];
    const rejected: RejectedAlert[] = [];
    for (const { path, sent } of list) {
      const alert = readAlert(sent, path, integration);
      if ('message' in alert) rejected.push(alert);
      else alerts.push(normalise(alert, integration, receivedAt));
    }
    return { ok: true, alerts, rejected };
  },
};

function looksLikeV4(body: unknown): boolean {
  const shape = z.object({ groupKey: z.string(), version: z.string(), alerts: z.array(z.unknown()) });
  return shape.safeParse(body).success;
}

function alertsOf(body: unknown): { path: string; sent: unknown }[] | null {
  if (Array.isArray(body)) return body.map((sent: unknown, i) => ({ path: `[${i}]`, sent }));
  if (typeof body !== 'object' || body === null) return null;
  if ('alerts' in body && Array.isArray(body.alerts)) {
    return body.alerts.map((sent: unknown, i) => ({ path: `alerts[${i}]`, sent }));
  }
  return [{ path: '', sent: body }];
}

function readAlert(sent: unknown, path: string, integration: Integration): Draft | RejectedAlert {
  const issue = (message: string, steps: string[]): RejectedAlert =>
    rejection(new z.ZodError([{ code: 'custom', message, path: steps }]), path, sent);
  if (typeof sent !== 'object' || sent === null) return issue(`expected an object, got ${kindOf(sent)}`, []);
  const parsed = alertSchema.safeParse(fieldsOf(sent));
  if (!parsed.success) return rejection(parsed.error, path, sent);
  const alert = parsed.data;
  const title = alert.title ?? alert.annotations['summary'] ?? alert.labels['alertname'] ?? '';
  if (title.trim() === '') return issue('give the alert a title (or name, alertname, summary)', ['title']);
  return {
    ...alert,
    title,
    generatorUrl: alert.url,
    fingerprint: alert.dedupKey ?? conditionOf(alert, title, integration),
    isTest: alert.isTest === 'true',
  };
}

/** Without a key of the sender, what it is about and where: not how bad it is, which changes while it lasts. */
function conditionOf(alert: GenericAlert, title: string, integration: Integration): string {
  const condition = Object.assign(emptyRecord(), alert.labels, {
    ' title': title,
    ' service': alert.service ?? '',
    ' environment': alert.environment ?? '',
  });
  return fingerprintOfLabels(condition, integration.ignoreLabels);
}
