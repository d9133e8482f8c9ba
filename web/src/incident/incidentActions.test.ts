import { describe, expect, it } from 'vitest';
import { commandLabel, severityActions } from './incidentActions.ts';

describe('what the palette calls an action of an incident', () => {
  it.each([
    ['Acknowledge', 'Acknowledge INC-12'],
    ['Assign…', 'INC-12: Assign…'],
    ['Set the severity to high', 'INC-12: Set the severity to high'],
  ])('%j is %j', (label, said) => expect(commandLabel({ label }, 'INC-12')).toBe(said));
});

describe('the severities in the palette', () => {
  it('are all but the one that it has', () => {
    const incident = {
      id: '1',
      version: 1,
      reference: 'INC-1',
      phase: 'DETECTED',
      firingAlertCount: 0,
      severity: 'HIGH',
    } as const;
    expect(severityActions(incident, () => Promise.resolve(null)).map(({ label }) => label)).toEqual([
      'Set the severity to critical',
      'Set the severity to medium',
      'Set the severity to low',
      'Set the severity to info',
    ]);
  });
});
