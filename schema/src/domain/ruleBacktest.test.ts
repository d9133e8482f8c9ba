import { describe, expect, it } from 'vitest';
import { builtInRule } from './correlateWindows.js';
import { compareGroupings } from './ruleBacktestCompare.js';
import type { Grouping } from './ruleBacktestFold.js';
import { type Span, wouldOpen } from './ruleBacktestOpening.js';

const minute = 60_000;
const span = (from: number, to = Infinity): Span => ({ startsAt: from * minute, endsAt: to * minute });

describe('a threshold', () => {
  const rule = { ...builtInRule, threshold: { count: 3, seconds: 600 } };
  it('is reached by as many alerts within its time, in whatever order they came', () => {
    expect(wouldOpen(rule, [span(20), span(0), span(25), span(28)])).toBe(true);
    expect(wouldOpen(rule, [span(0), span(10), span(5)])).toBe(true);
  });
  it('is not reached by fewer, nor by as many over a longer time', () => {
    expect(wouldOpen(rule, [span(0), span(1)])).toBe(false);
    expect(wouldOpen(rule, [span(0), span(6), span(12), span(18)])).toBe(false);
  });
});

describe('a hold', () => {
  const rule = { ...builtInRule, holdSeconds: 300 };
  it('opens for what still fires when it is over', () => {
    expect(wouldOpen(rule, [span(0)])).toBe(true);
    expect(wouldOpen(rule, [span(0, 2), span(1, 6)])).toBe(true);
  });
  it('does not open for what ended before, however often', () => {
    expect(wouldOpen(rule, [span(0, 2), span(3, 4.9), span(60, 61)])).toBe(false);
  });
  it('begins again with the next alert', () => {
    expect(wouldOpen(rule, [span(0, 1), span(60, 70)])).toBe(true);
  });
  it('waits for the threshold where there is one', () => {
    const both = { ...rule, threshold: { count: 2, seconds: 600 } };
    expect(wouldOpen(both, [span(0, 5.5), span(4, 8)])).toBe(false);
    expect(wouldOpen(both, [span(0, 5.5), span(4, 10)])).toBe(true);
  });
});

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
