import { describe, expect, it } from 'vitest';
import type { Explanation } from './correlation.js';
import type { NewEvent } from './event.js';
import { summarise, type SummaryContext } from './summary.js';

const ada = { kind: 'person', name: 'ada' } as const;
const tocsin = { kind: 'system', name: 'tocsin' } as const;
const alert = { title: 'HighLatency', severity: 'critical' };
const explanation: Explanation = {
  ruleId: 'default',
  ruleVersion: 1,
  outcome: 'joined',
  key: 'environment=production service=checkout',
  values: { service: 'checkout', environment: 'production' },
  windowSeconds: 300,
  sentence: 'Joined because …',
};

type Told = { [K in NewEvent['kind']]: Pick<Extract<NewEvent, { kind: K }>, 'kind' | 'data'> }[NewEvent['kind']];

function tell(event: Told, actor: NewEvent['actor'] = ada, context: SummaryContext = { alert }): string {
  const cursor = { xid: '1', position: '1' };
  return summarise({ ...event, actor, incidentId: 1, alertId: 1, occurredAt: 0, recordedAt: 0, cursor }, context);
}

describe('the sentence of an event', () => {
  it('says who did what', () => {
    expect(tell({ kind: 'incident.acknowledged', data: {} })).toBe('ada acknowledged the incident');
    expect(tell({ kind: 'incident.severityChanged', data: { from: 'low', to: 'high' } })).toBe(
      'ada changed the severity from low to high',
    );
    expect(tell({ kind: 'incident.dismissed', data: { reason: 'false_alarm', comment: null } })).toBe(
      'ada dismissed the incident as false alarm',
    );
    expect(tell({ kind: 'incident.absorbed', data: { fromIncidentId: 7, alertCount: 1 } })).toBe(
      'ada merged INC-7 into this incident (1 alert)',
    );
  });

  it('says until when nobody is called as people write a time', () => {
    expect(
      tell({ kind: 'incident.snoozed', data: { until: Date.UTC(2026, 10, 28, 7, 53, 15, 953), kinds: null } }),
    ).toBe('ada snoozed the incident until 2026-11-28 07:53 UTC');
  });

  it('tells taking an incident from giving it to somebody, and from taking it away', () => {
    expect(tell({ kind: 'incident.assigned', data: { from: null, to: 'ada' } })).toBe('ada took the incident');
    expect(tell({ kind: 'incident.assigned', data: { from: 'ada', to: 'bob' } })).toBe(
      'ada assigned the incident to bob',
    );
    expect(tell({ kind: 'incident.assigned', data: { from: 'bob', to: null } })).toBe(
      'ada took the assignment from bob',
    );
  });

  it('says why an alert joined', () => {
    expect(tell({ kind: 'incident.alertJoined', data: { explanation } }, tocsin)).toBe(
      'HighLatency (critical) joined: same service checkout in production',
    );
    const byGroup = { ...explanation, key: 'groupKey=abc', values: { groupKey: 'abc' } };
    expect(tell({ kind: 'incident.alertJoined', data: { explanation: byGroup } }, tocsin)).toBe(
      'HighLatency (critical) joined: same groupKey=abc',
    );
  });

  it('tells what happened by itself from what people did', () => {
    const resolved = { from: 'acknowledged', reason: 'allAlertsResolved' } as const;
    expect(tell({ kind: 'incident.resolved', data: resolved }, tocsin)).toBe('Resolved: all its alerts have ended');
    expect(tell({ kind: 'incident.resolved', data: { ...resolved, reason: 'person' } })).toBe(
      'ada resolved the incident',
    );
    expect(tell({ kind: 'incident.reopened', data: { reason: 'alertFiredAgain' } }, tocsin)).toBe(
      'Reopened: an alert fired again',
    );
  });

  it('does without an alert that is gone', () => {
    expect(tell({ kind: 'alert.stale', data: { lastReceivedAt: 0 } }, tocsin, { alert: null })).toBe(
      'An alert went stale: its sender no longer mentions it',
    );
  });
});
