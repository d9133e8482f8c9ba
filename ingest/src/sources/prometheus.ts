import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Integration } from '@tocsin/schema/domain/source';
import { z } from 'zod';
import { instantField, kindOf, labelsField, optionalText, rejection } from '../fields.js';
import { conditionOf, normalise } from '../normalise.js';
import type { RejectedAlert, Source } from './source.js';

const alertSchema = z.object({
  labels: labelsField.refine((labels) => Object.values(labels).some((value) => value !== ''), {
    error: 'at least one label is required',
  }),
  annotations: labelsField,
  startsAt: instantField,
  endsAt: instantField,
  generatorURL: optionalText,
});

/**
 * The body of Alertmanager's API v2, `POST /api/v2/alerts`: what Prometheus, vmalert, the Loki and Mimir rulers and
 * `amtool alert add` send. There is no status and no fingerprint: an end that has passed means resolved, and a running
 * Prometheus pushes the end ahead of itself with every re-send.
 *
 * Where Alertmanager would resolve an alert by itself once that end (or `resolve_timeout`) has passed, we do not: silence
 * is not recovery. The alert goes stale after `staleAfterSeconds`, visibly, and then follows the integration's rule.
 *
 * Source: prometheus/alertmanager api/v2/openapi.yaml, api/v2/api.go.
 */
export const prometheus: Source = {
  kind: 'prometheus',
  parse(body, integration, receivedAt) {
    if (!Array.isArray(body)) {
      const hint = typeof body === 'object' && body !== null && 'alerts' in body;
      const message = `expected a JSON array of alerts, got ${kindOf(body)}${hint ? '; a webhook body goes to /webhooks/alertmanager' : ''}`;
      return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: null };
    }
    const alerts: NormalisedAlert[] = [];
    const rejected: RejectedAlert[] = [];
    for (const [index, sent] of body.entries()) {
      const alert = alertSchema.safeParse(sent, { error: (issue) => `expected an object, got ${kindOf(issue.input)}` });
      if (alert.success) alerts.push(alertOf(alert.data, integration, receivedAt));
      else rejected.push(rejection(alert.error, `[${index}]`, sent));
    }
    return { ok: true, alerts, rejected };
  },
};

function alertOf(sent: z.infer<typeof alertSchema>, integration: Integration, receivedAt: number): NormalisedAlert {
  const isOver = sent.endsAt !== null && sent.endsAt <= receivedAt;
  return normalise(
    {
      ...sent,
      status: isOver ? 'resolved' : 'firing',
      // Alertmanager lets a missing start be the end. Of a firing alert that end lies ahead: there the receipt stands in.
      startsAt: sent.startsAt ?? (isOver ? sent.endsAt : null),
      fingerprint: conditionOf(sent.labels, null, integration),
      generatorUrl: sent.generatorURL,
    },
    integration,
    receivedAt,
  );
}
