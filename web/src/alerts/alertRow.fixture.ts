import type { AlertRow } from './alertsQueries.ts';

/** An alert to test with; `patch` says what matters. */
export function alertRow(patch: Partial<AlertRow> = {}): AlertRow {
  return {
    id: '1',
    status: 'FIRING',
    severity: 'HIGH',
    title: 'Error rate of checkout',
    summary: null,
    service: 'checkout',
    environment: 'production',
    labels: [{ name: 'instance', value: 'pod-1' }],
    startsAt: '2026-03-01T10:00:00.000Z',
    endsAt: null,
    lastReceivedAt: '2026-03-01T10:05:00.000Z',
    receivedCount: 1,
    isStale: false,
    isFlapping: false,
    resolveReason: null,
    vanishReason: null,
    suppression: null,
    integration: { id: '7', name: 'Prometheus' },
    incident: null,
    explanation: null,
    ...patch,
  };
}
