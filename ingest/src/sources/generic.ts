import { mapsAlert } from '@tocsin/schema/domain/mapping';
import { genericDraft } from '@tocsin/schema/domain/genericAlert';
import { normalise } from '@tocsin/schema/domain/normalise';
import { z } from 'zod';
import { isRecord, kindOf } from '@tocsin/schema/domain/fields';
import { readEach } from '../fields.js';
import { parseMapped, parseMappedOne } from '../mapped.js';
import { alertmanager } from './alertmanager.js';
import { readGenericChange } from './genericChange.js';
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
 * With a `type` of deploy, release or the like and no status it is a change, which opens nothing: see `genericChange`.
 * Where the integration has a mapping, the fields are found by its expressions instead; what is a change by its own words
 * still is one, unless the mapping finds a state or a list of alerts in it.
 */
export const generic: Source = {
  kind: 'generic',
  parse(body, integration, request) {
    const { receivedAt } = request;
    if (integration.mapping.length > 0) {
      const told = mapsAlert(body, integration.mapping) ? null : readGenericChange(body, integration, receivedAt);
      return told ?? parseMapped(body, integration, receivedAt);
    }
    if (v4Shape.safeParse(body).success) return alertmanager.parse(body, integration, request);
    const change = readGenericChange(body, integration, receivedAt);
    if (change !== null) return change;
    const read = (sent: Record<string, unknown>) => normalise(genericDraft(sent, integration), integration, receivedAt);
    const list = listShape.safeParse(body);
    if (list.success) return { ok: true, ...readEach(list.data.alerts, (i) => `alerts[${i}]`, read) };
    if (Array.isArray(body)) return { ok: true, ...readEach(body, (i) => `[${i}]`, read) };
    if (isRecord(body)) return { ok: true, ...readEach([body], () => '', read) };
    const message = `expected an alert, an array of alerts or {"alerts": […]}, got ${kindOf(body)}`;
    return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: null };
  },
  parseOne(alert, integration, request) {
    return integration.mapping.length > 0
      ? parseMappedOne(alert, integration, request.receivedAt)
      : generic.parse({ alerts: [alert] }, integration, request);
  },
};
