import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Integration } from '@tocsin/schema/domain/source';
import { BadField, isRecord, kindOf, readInstant, readLabels, readText } from '@tocsin/schema/domain/fields';
import { readEach } from '../fields.js';
import { conditionOf, normalise } from '@tocsin/schema/domain/normalise';
import type { Source } from './source.js';

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
  parse(body, integration, { receivedAt }) {
    if (!Array.isArray(body)) {
      const hint = isRecord(body) && 'alerts' in body ? '; a webhook body goes to /webhooks/alertmanager' : '';
      const message = `expected a JSON array of alerts, got ${kindOf(body)}${hint}`;
      return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: null };
    }
    return {
      ok: true,
      ...readEach(
        body,
        (i) => `[${i}]`,
        (sent) => readAlert(sent, integration, receivedAt),
      ),
    };
  },
};

function readAlert(sent: Record<string, unknown>, integration: Integration, receivedAt: number): NormalisedAlert {
  const labels = readLabels(sent['labels'], 'labels');
  if (Object.values(labels).every((value) => value === '')) {
    throw new BadField('at least one label is required', 'labels');
  }
  const endsAt = readInstant(sent['endsAt'], 'endsAt');
  const isOver = endsAt !== null && endsAt <= receivedAt;
  return normalise(
    {
      labels,
      annotations: readLabels(sent['annotations'], 'annotations'),
      status: isOver ? 'resolved' : 'firing',
      // Alertmanager lets a missing start be the end. Of a firing alert that end lies ahead: there the receipt stands in.
      startsAt: readInstant(sent['startsAt'], 'startsAt') ?? (isOver ? endsAt : null),
      endsAt,
      fingerprint: conditionOf(labels, null, integration),
      generatorUrl: readText(sent['generatorURL']),
    },
    integration,
    receivedAt,
  );
}
