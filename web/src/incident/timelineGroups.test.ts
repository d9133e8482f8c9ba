import { describe, expect, it } from 'vitest';
import type { EventKind } from '../graphql/graphql.ts';
import type { TimelineRow } from '../graphql/incidentFields.ts';
import { timelineGroups } from './timelineGroups.ts';

const event = (id: string, kind: EventKind, person = false): TimelineRow => ({
  id,
  kind,
  occurredAt: '2026-03-01T10:00:00.000Z',
  recordedAt: '2026-03-01T10:00:00.000Z',
  actor: { kind: person ? 'PERSON' : 'SENDER', name: person ? 'Mia' : 'signoz' },
  summary: '',
  note: null,
  from: null,
  to: null,
  reason: null,
  explanation: null,
  incidentId: 'i1',
  alert: null,
  relatedIncident: null,
});

const joined = (count: number, prefix = 'j') =>
  Array.from({ length: count }, (_, n) => event(`${prefix}${n}`, 'INCIDENT_ALERT_JOINED'));

describe('the timeline on screen', () => {
  it('stands newest first', () => {
    const groups = timelineGroups([event('a', 'INCIDENT_OPENED'), event('b', 'INCIDENT_ACKNOWLEDGED', true)], 'all');
    expect(groups.map(({ key }) => key)).toEqual(['b', 'a']);
  });

  it('folds a long run of alerts, but never what people did', () => {
    const groups = timelineGroups([...joined(8), event('p', 'INCIDENT_NOTE_ADDED', true), ...joined(2, 'k')], 'all');
    expect(groups.map(({ events }) => events.length)).toEqual([1, 1, 1, 8]);
  });

  it('keeps the name of a fold while it grows, so an opened one stays open', () => {
    const before = timelineGroups(joined(8), 'all');
    const after = timelineGroups(joined(9), 'all');
    expect(after[0]?.key).toBe(before[0]?.key);
  });

  it('shows only what people did when asked', () => {
    const groups = timelineGroups([...joined(3), event('p', 'INCIDENT_ACKNOWLEDGED', true)], 'people');
    expect(groups.map(({ key }) => key)).toEqual(['p']);
  });
});
