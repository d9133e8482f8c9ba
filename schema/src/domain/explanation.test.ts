import { describe, expect, it } from 'vitest';
import type { Explanation } from './correlation.js';
import { sentenceOf } from './explanation.js';

const placed: Explanation = {
  ruleId: 'default',
  ruleVersion: 0,
  outcome: 'joined',
  reason: 'sameService',
  key: 'default · service="checkout"',
  values: { environment: 'production', service: 'checkout' },
  windowSeconds: 1_200,
};

describe('an explanation as a sentence', () => {
  it('names what is shared, and within what time', () => {
    expect(sentenceOf(placed)).toContain('service checkout in production');
    expect(sentenceOf(placed)).toContain('20 minutes');
  });

  it('leaves what a person said as it is', () => {
    expect(sentenceOf({ ...placed, outcome: 'moved', sentence: 'Moved here from INC-4 by ada.' })).toBe(
      'Moved here from INC-4 by ada.',
    );
  });

  it('names the incident that an alert came with, and what showed the two to be one', () => {
    const path = ['db', 'web'];
    const sentence = sentenceOf({ ...placed, outcome: 'merged', reason: 'dependency', path, fromIncidentId: 12 });
    expect(sentence).toMatch(/INC-12.*db and web are neighbours/);
  });

  it('says which rule failed', () => {
    expect(sentenceOf({ ...placed, failures: [{ ruleId: 'r1', message: 'no such key' }] })).toContain(
      'Rule r1 failed on it and was skipped: no such key',
    );
  });
});
