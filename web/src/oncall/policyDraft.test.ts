import { describe, expect, it } from 'vitest';
import { delayWords, draftOf, endWords, inputOf, newPolicy, stepTime, stepWhom } from './policyDraft.ts';

const policy = {
  id: '4',
  name: 'Checkout',
  version: 2,
  repeatCount: 1,
  unacknowledgeSeconds: 1_800,
  pageWhen: 'severity >= high',
  usedBy: [],
  team: { id: '1', name: 'Payments' },
  steps: [
    {
      delaySeconds: 0,
      mode: 'ALL',
      condition: null,
      targets: [{ person: null, schedule: { id: '3', name: 'Primary' }, team: null, channel: null }],
    },
    {
      delaySeconds: 300,
      mode: 'ROUND_ROBIN',
      condition: 'hour < 6',
      targets: [
        { person: { id: '7', handle: 'ada', name: 'Ada', isActive: true }, schedule: null, team: null, channel: null },
      ],
    },
  ],
} as const;

describe('the draft of an escalation policy', () => {
  it('is saved as it was read, where nothing was changed', () => {
    expect(
      inputOf(
        draftOf({
          ...policy,
          usedBy: [],
          steps: policy.steps.map((step) => ({ ...step, targets: [...step.targets] })),
        }),
        '4',
      ),
    ).toEqual({
      id: '4',
      name: 'Checkout',
      team: 'Payments',
      repeatCount: 1,
      unacknowledgeSeconds: 1_800,
      pageWhen: 'severity >= high',
      steps: [
        { delaySeconds: 0, mode: 'ALL', condition: null, targets: [{ scheduleId: '3' }] },
        { delaySeconds: 300, mode: 'ROUND_ROBIN', condition: 'hour < 6', targets: [{ personId: '7' }] },
      ],
    });
  });

  it('says nothing where a field was left blank', () => {
    expect(inputOf({ ...newPolicy(), name: ' New ' }, null)).toMatchObject({
      id: null,
      name: 'New',
      pageWhen: null,
      unacknowledgeSeconds: null,
    });
  });

  it('says delays as people do', () => {
    expect([delayWords(0, true), delayWords(0, false), delayWords(90 * 60, false), delayWords(300, true)]).toEqual([
      'At once',
      'Together with the step before',
      '1 h 30 min later',
      'After 5 min',
    ]);
  });
});

describe('an escalation policy in words', () => {
  const steps = [
    { key: 'a', delayMinutes: 0, isRoundRobin: false, condition: '', targets: ['schedule:3'] },
    {
      key: 'b',
      delayMinutes: 5,
      isRoundRobin: true,
      condition: 'hour < 6',
      targets: ['person:7', 'person:8', 'team:1'],
    },
    { key: 'c', delayMinutes: 85, isRoundRobin: true, condition: '', targets: [] },
  ] as const;
  const nameOf = (key: string) => key.toUpperCase();

  it('counts when a step comes from the opening, not from the step before', () => {
    expect(steps.map((_, index) => stepTime(steps, index))).toEqual(['At once', 'After 5 min', 'After 1 h 30 min']);
  });

  it('says whom a step wakes, and whether one of them or all', () => {
    expect(steps.map((step) => stepWhom(step, nameOf))).toEqual([
      'SCHEDULE:3',
      'one of PERSON:7, PERSON:8 and TEAM:1, in turn',
      'nobody yet',
    ]);
  });

  it('says how it ends', () => {
    expect(endWords({ ...newPolicy(), repeatCount: 0 })).toBe(
      'Then nobody else is woken. Whoever acknowledges ends it.',
    );
    expect(endWords({ ...newPolicy(), repeatCount: 2, unacknowledgeMinutes: 30 })).toBe(
      'Then all of it twice more, while nobody acknowledges. Whoever acknowledges ends it, for 30 min: if nothing was done by then, it starts again.',
    );
  });
});
