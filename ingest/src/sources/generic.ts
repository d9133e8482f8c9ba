import type { Labels } from '@tocsin/schema/domain/alert';
import { fingerprintOfLabels } from '@tocsin/schema/domain/fingerprint';
import type { Integration } from '@tocsin/schema/domain/source';
import { z } from 'zod';
import { BadField, isRecord, kindOf, readEach, readInstant, readText } from '../fields.js';
import { normalise, type Draft } from '../normalise.js';
import { alertmanager } from './alertmanager.js';
import { fieldsOf, readDetails, readStatusWord, readTags } from './genericFields.js';
import type { Source } from './source.js';

const v4Shape = z.object({ groupKey: z.string(), version: z.string(), alerts: z.array(z.unknown()) });
const listShape = z.object({ alerts: z.array(z.unknown()) });

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
    if (v4Shape.safeParse(body).success) return alertmanager.parse(body, integration, receivedAt);
    const read = (sent: Record<string, unknown>) => normalise(readAlert(sent, integration), integration, receivedAt);
    const list = listShape.safeParse(body);
    if (list.success) return { ok: true, ...readEach(list.data.alerts, (i) => `alerts[${i}]`, read) };
    if (Array.isArray(body)) return { ok: true, ...readEach(body, (i) => `[${i}]`, read) };
    if (isRecord(body)) return { ok: true, ...readEach([body], () => '', read) };
    const message = `expected an alert, an array of alerts or {"alerts": […]}, got ${kindOf(body)}`;
    return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: null };
  },
};

function readAlert(sent: Record<string, unknown>, integration: Integration): Draft {
  const fields = fieldsOf(sent);
  const labels = readTags(fields.labels);
  const annotations = readDetails(fields.annotations);
  const title = readText(fields.title) ?? annotations['summary'] ?? labels['alertname'] ?? '';
  if (title.trim() === '') throw new BadField('give the alert a title (or name, alertname, summary)', 'title');
  const service = readText(fields.service);
  const environment = readText(fields.environment);
  return {
    title,
    summary: readText(fields.summary),
    description: readText(fields.description),
    status: readStatusWord(fields.status),
    severity: readText(fields.severity),
    service,
    environment,
    labels,
    annotations,
    startsAt: readInstant(fields.startsAt, 'startsAt'),
    endsAt: readInstant(fields.endsAt, 'endsAt'),
    generatorUrl: readText(fields.url),
    runbookUrl: readText(fields.runbookUrl),
    fingerprint: readText(fields.dedupKey) ?? conditionOf(labels, title, service, environment, integration),
    groupKey: readText(fields.groupKey),
    traceId: readText(fields.traceId),
    isTest: readText(fields.isTest) === 'true',
  };
}

/** Without a key of the sender, what it is about and where: not how bad it is, which changes while it lasts. */
function conditionOf(
  labels: Labels,
  title: string,
  service: string | null,
  environment: string | null,
  integration: Integration,
): string {
  // With a blank in front, these are no labels that a sender has.
  const stated = { ' title': title, ' service': service ?? '', ' environment': environment ?? '' };
  return fingerprintOfLabels({ ...labels, ...stated }, integration.ignoreLabels);
}
