import { describe, expect, it } from 'vitest';
import { compareGroupings } from './ruleBacktestCompare.js';
import type { Grouping } from './ruleBacktestFold.js';

describe('the comparison of two groupings', () => {
  const grouping = (...incidentOf: number[]): Grouping => ({
    incidentOf: Int32Array.from(incidentOf),
    incidentCount: Math.max(0, ...incidentOf),
    rules: [],
  });
  const compare = (before: Grouping, after: Grouping) => {
    const ids = [...before.incidentOf].map((_, index) => 100 + index);
    return compareGroupings({ ids, names: ids.map((id) => (id < 103 ? 'web' : 'db')) }, before, after);
  };

  it('finds no difference where only the numbers differ', () => {
    expect(compare(grouping(1, 2, 1, 2), grouping(2, 1, 2, 1)).differences).toEqual([]);
  });

  it('tells joined, split, regrouped, held back and opened apart, the largest first', () => {
    const before = grouping(1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 0);
    const after = grouping(1, 1, 1, 2, 3, 4, 5, 4, 5, 0, 6);
    const { differences } = compare(before, after);
    expect(differences.map((each) => [each.kind, each.alertCount, each.incidentsBefore, each.incidentsAfter])).toEqual([
      ['regrouped', 4, 2, 2],
      ['joined', 3, 2, 1],
      ['split', 2, 1, 2],
      ['heldBack', 1, 1, 0],
      ['opened', 1, 0, 1],
    ]);
    expect(differences[1]).toMatchObject({
      sentence: '3 alerts of web would be one incident instead of 2',
      alertIds: [100, 102, 101],
    });
    expect(differences[3]).toMatchObject({ sentence: '1 alert of db would open no incident', alertIds: [109] });
  });

  it('sums up what each makes of the alerts', () => {
    const { before, after } = compare(grouping(1, 1, 2, 3), grouping(1, 1, 1, 0));
    expect(before).toEqual({
      alerts: 4,
      incidents: 3,
      alertsPerIncident: 4 / 3,
      largestIncidentAlerts: 2,
      heldBack: 0,
    });
    expect(after).toEqual({ alerts: 4, incidents: 1, alertsPerIncident: 3, largestIncidentAlerts: 3, heldBack: 1 });
  });
});
