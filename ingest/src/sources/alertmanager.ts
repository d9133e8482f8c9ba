import { conditionOf, normalise } from '@tocsin/schema/domain/normalise';
import type { Source } from './source.js';
import { readV4, statusOf } from './v4.js';

/**
 * Prometheus Alertmanager's webhook, version 4. Every notification carries all current alerts of its group, each with its
 * own status. What is missing from one means nothing: it may be silenced, inhibited or truncated.
 *
 * Source: prometheus/alertmanager notify/webhook/webhook.go, template/template.go.
 */
export const alertmanager: Source = {
  kind: 'alertmanager',
  parse(body, integration, { receivedAt }) {
    const delivery = readV4(body);
    if ('ok' in delivery) return delivery;
    const alerts = delivery.alerts.map((alert) =>
      normalise(
        {
          ...alert,
          status: statusOf(alert, receivedAt),
          fingerprint: conditionOf(alert.labels, alert.sentFingerprint, integration),
          groupKey: delivery.groupKey,
        },
        integration,
        receivedAt,
      ),
    );
    return { ok: true, alerts, rejected: delivery.rejected };
  },
};
