import { describe, expect, it } from 'vitest';
import type { EventKind } from '../graphql/graphql.ts';
import type { TimelineRow } from '../graphql/incidentFields.ts';
import { timelineGroups } from './timelineGroups.ts';

const alertOf = (id: string): TimelineRow['alert'] => ({ id, title: id, status: 'FIRING', severity: 'HIGH' });

const why: TimelineRow['explanation'] = {
  ruleId: 'default',
  ruleVersion: 1,
  outcome: 'joined',
  key: 'service',
  values: [],
  windowSeconds: 1_800,
  sentence: 'Joined because it has the same service.',
  path: [],
  failures: [],
};

const event = (id: string, kind: EventKind, person = false): TimelineRow => ({
  id,
  kind,
  occurredAt: '2026-03-01T10:00:00.000Z',
  recordedAt: '2026-03-01T10:00:00.000Z',
  actor: { kind: person ? 'PERSON' : 'SENDER', name: person ? 'Mia' : 'signoz' },
  summary: '',
  note: null,
  noteEntry: null,
  from: null,
  to: null,
  reason: null,
  explanation: null,
  incidentId: 'i1',
  alert: null,
  change: null,
  relatedIncident: null,
});

const joined = (count: number, prefix = 'j') =>
  Array.from({ length: count }, (_, n) => event(`${prefix}${n}`, 'INCIDENT_ALERT_JOINED'));

describe('the timeline on screen', () => {
  it('stands newest first', () => {
    const groups = timelineGroups([event('a', 'INCIDENT_OPENED'), event('b', 'INCIDENT_ACKNOWLEDGED', true)], 'all');
    expect(groups.map(({ key }) => key)).toEqual(['b', 'a']);
  });

  it('puts a change where it happened, however late it was told', () => {
    const at = (time: string, row: TimelineRow): TimelineRow => ({ ...row, occurredAt: `2026-03-01T${time}:00.000Z` });
    const groups = timelineGroups(
      [
        at('10:00', event('opened', 'INCIDENT_OPENED')),
        at('09:30', event('before', 'INCIDENT_CHANGE_FOUND')),
        at('10:20', event('note', 'INCIDENT_NOTE_ADDED', true)),
        at('10:10', event('fix', 'INCIDENT_CHANGE_FOUND')),
        at('11:00', event('last', 'INCIDENT_CHANGE_FOUND')),
      ],
      'all',
    );
    expect(groups.map(({ key }) => key)).toEqual(['last', 'note', 'fix', 'opened', 'before']);
  });

  it('folds a long run of alerts, but never what people did', () => {
    const groups = timelineGroups([...joined(8), event('p', 'INCIDENT_NOTE_ADDED', true), ...joined(2, 'k')], 'all');
    expect(groups.map(({ entries }) => entries.length)).toEqual([1, 1, 1, 8]);
  });

  it('keeps the name of a fold while it grows, so an opened one stays open', () => {
    const before = timelineGroups(joined(8), 'all');
    const after = timelineGroups(joined(9), 'all');
    expect(after[0]?.key).toBe(before[0]?.key);
  });

  it('tells in one row that an alert fired and joined, whichever of the two was recorded first', () => {
    const joined = { ...event('1', 'INCIDENT_ALERT_JOINED'), alert: alertOf('a'), explanation: why };
    const severity = event('2', 'INCIDENT_SEVERITY_CHANGED');
    const fired = { ...event('3', 'ALERT_OPENED'), alert: alertOf('a') };
    const rows = timelineGroups([joined, severity, fired], 'all').flatMap(({ entries }) => entries);
    expect(rows).toEqual([
      { key: '2', event: severity, companion: null },
      { key: '1', event: fired, companion: joined },
    ]);
  });

  it('keeps the row of a joined alert where it is when the news that it fired comes', () => {
    const joined = { ...event('1', 'INCIDENT_ALERT_JOINED'), alert: alertOf('a') };
    const fired = { ...event('2', 'ALERT_OPENED'), alert: alertOf('a') };
    const keys = (events: readonly TimelineRow[]) => timelineGroups(events, 'all').map(({ key }) => key);
    expect(keys([joined, fired])).toEqual(keys([joined]));
  });

  it('does not take a later move into the incident for the moment the alert fired', () => {
    const fired = { ...event('1', 'ALERT_OPENED'), alert: alertOf('a') };
    const moved = {
      ...event('2', 'INCIDENT_ALERT_JOINED'),
      alert: alertOf('a'),
      occurredAt: '2026-03-01T11:00:00.000Z',
    };
    expect(timelineGroups([fired, moved], 'all')).toHaveLength(2);
  });

  it('opens an incident and fires its first alert in one row; the others of that moment have rows of their own', () => {
    const opened = { ...event('1', 'INCIDENT_OPENED'), explanation: why };
    const joined = { ...event('2', 'INCIDENT_ALERT_JOINED'), alert: alertOf('b') };
    const others = { ...event('3', 'ALERT_OPENED'), alert: alertOf('b') };
    const first = { ...event('4', 'ALERT_OPENED'), alert: alertOf('a') };
    const rows = timelineGroups([opened, joined, others, first], 'all').flatMap(({ entries }) => entries);
    expect(rows).toEqual([
      { key: '2', event: others, companion: joined },
      { key: '1', event: opened, companion: first },
    ]);
  });

  it('takes an alert that says itself why it joined for no opening', () => {
    const opened = { ...event('1', 'INCIDENT_OPENED'), explanation: why };
    const joined = { ...event('2', 'ALERT_OPENED'), alert: alertOf('b'), explanation: why };
    const first = { ...event('3', 'ALERT_OPENED'), alert: alertOf('a'), explanation: { ...why, outcome: 'opened' } };
    const rows = timelineGroups([opened, joined, first], 'all').flatMap(({ entries }) => entries);
    expect(rows).toEqual([
      { key: '2', event: joined, companion: null },
      { key: '1', event: opened, companion: first },
    ]);
  });

  it('leaves an incident that a person reported alone', () => {
    const reported = event('1', 'INCIDENT_OPENED', true);
    const fired = { ...event('2', 'ALERT_OPENED'), alert: alertOf('a') };
    expect(timelineGroups([reported, fired], 'all')).toHaveLength(2);
  });

  it('shows only what people did when asked', () => {
    const groups = timelineGroups([...joined(3), event('p', 'INCIDENT_ACKNOWLEDGED', true)], 'people');
    expect(groups.map(({ key }) => key)).toEqual(['p']);
  });
});
