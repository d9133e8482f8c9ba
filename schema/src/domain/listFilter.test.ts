import { describe, expect, it } from 'vitest';
import type { Incident } from './incident.js';
import { type IncidentFilter, matchesIncident } from './listFilter.js';

const incident: Incident = {
  id: 12,
  version: 1,
  title: 'Checkout is slow',
  description: null,
  type: 'operational',
  severity: 'high',
  severityIsManual: false,
  phase: 'resolved',
  typeVersion: 0,
  status: 'resolved',
  impact: null,
  urgency: null,
  priority: 3,
  customFields: {},
  tags: [],
  isRestricted: false,
  touchedAt: null,
  services: ['checkout', 'cart'],
  environment: null,
  team: 'payments',
  assignee: null,
  reporter: null,
  correlationKey: null,
  impactStartedAt: 1,
  openedAt: 100,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedSeverity: null,
  mitigatedAt: null,
  firstResolvedAt: 200,
  resolvedAt: 200,
  resolvedBy: null,
  closedAt: null,
  reopenedCount: 0,
  dismissReason: null,
  mergedInto: null,
  updatedAt: 200,
};

describe('an incident passes a filter', () => {
  const passing: readonly IncidentFilter[] = [
    {},
    { isOpen: false, phases: ['resolved'], severities: ['high', 'low'], services: ['cart'], types: null },
    { assignees: [''] },
    { text: 'SLOW checkout' },
    { text: 'inc-12' },
    { text: '12' },
    { openedAfter: 100, openedBefore: 101, resolvedAfter: 200 },
  ];
  it.each(passing)('%j', (filter) => expect(matchesIncident(incident, filter)).toBe(true));
});

describe('an incident does not pass a filter', () => {
  const failing: readonly IncidentFilter[] = [
    { isOpen: true },
    { phases: [] },
    { services: ['auth'] },
    { environments: ['production'] },
    { assignees: ['ada'] },
    { text: 'slow login' },
    { text: 'INC-13' },
    { openedBefore: 100 },
    { resolvedAfter: 201 },
  ];
  it.each(failing)('%j', (filter) => expect(matchesIncident(incident, filter)).toBe(false));
});
