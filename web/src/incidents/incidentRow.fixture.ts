import type { IncidentRow } from '../graphql/incidentFields.ts';

/** An open, unacknowledged incident; tests change what they are about. */
export function incidentRow(changes: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id: 'i1',
    number: 1,
    reference: 'INC-1',
    version: 1,
    title: 'High error rate on checkout',
    type: { key: 'operational', title: 'Operational' },
    severity: 'HIGH',
    phase: 'DETECTED',
    isOpen: true,
    services: ['checkout'],
    environment: 'production',
    team: null,
    assignee: null,
    openedAt: '2026-03-01T10:00:00.000Z',
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    autoResolvesAt: null,
    alertCount: 1,
    firingAlertCount: 1,
    updatedAt: '2026-03-01T10:00:00.000Z',
    ...changes,
  };
}
