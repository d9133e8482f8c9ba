import { describe, expect, it } from 'vitest';
import { exactDuration, secondsOf, splitDuration } from './durationField.ts';
import { withCondition } from './ruleConditions.ts';
import { newRule } from './ruleDraft.ts';
import { ruleSentences } from './ruleWords.ts';

describe('a duration in a form', () => {
  it('is shown in the largest unit in which it is whole', () => {
    expect([0, 90, 900, 7_200, 86_400].map(exactDuration)).toEqual(['0 min', '90 s', '15 min', '2 h', '1 d']);
    for (const seconds of [0, 1, 90, 3_600, 90_000]) expect(secondsOf(splitDuration(seconds))).toBe(seconds);
  });
});

describe('a rule in sentences', () => {
  it('says what it does with an alert', () => {
    const rule = { ...newRule('a'), thresholdCount: 5, thresholdSeconds: 600, holdSeconds: 120, team: 'db' };
    expect(ruleSentences(rule)).toEqual([
      'Alerts with the same environment and service go into one incident, while each comes within 15 min of the one before, for 1 d at most.',
      'It opens after 5 alerts within 10 min, if something still fires 2 min later.',
      'It belongs to db and pages.',
      'It resolves by itself 2 min after the last alert has; a new alert within 15 min reopens it.',
    ]);
  });
});

describe('requiring a label', () => {
  it('adds a condition, once', () => {
    const once = withCondition(null, 'team', 'db "main"');
    expect(once).toBe('labels.team == "db \\"main\\""');
    expect(withCondition(once, 'team', 'db "main"')).toBe(once);
  });

  it('keeps the meaning of what was there', () => {
    expect(withCondition('a || b', 'kubernetes.io/name', 'x')).toBe('(a || b) && labels["kubernetes.io/name"] == "x"');
  });
});
