import type { ExpressionAlert } from './expressionAlert.js';

/** An alert for expressions, with what a test does not care about filled in. */
export function alertFacts(alert: Partial<ExpressionAlert> = {}): ExpressionAlert {
  return {
    integrationId: 1,
    source: 'alertmanager',
    fingerprint: 'f',
    severity: 'high',
    title: 'Slow',
    summary: null,
    description: null,
    service: null,
    environment: null,
    host: null,
    namespace: null,
    groupKey: null,
    labels: {},
    annotations: {},
    startsAt: 0,
    ...alert,
  };
}
