import { describe, expect, it } from 'vitest';
import {
  escalationReaction,
  type EscalationPosition,
  type IsMet,
  nextEscalationStep,
  type NextStep,
  type RunningPolicy,
  targetsOf,
} from './escalation.js';
import type { LogEvent } from './event.js';

const person = (id: number) => ({ kind: 'person', id }) as const;
const step = (delaySeconds: number, condition: string | null = null) => ({
  id: delaySeconds,
  delaySeconds,
  condition,
  mode: 'all' as const,
  targets: [person(1)],
});
const policy = (repeatCount: number, ...steps: ReturnType<typeof step>[]): RunningPolicy => ({
  name: 'p',
  repeatCount,
  unacknowledgeSeconds: null,
  pageWhen: null,
  timeZone: 'UTC',
  steps,
});
const always = (): boolean => true;

/** Every step that would be taken while nobody answers, as seconds and step. */
function run(tried: RunningPolicy, isMet: IsMet = always): readonly string[] {
  const taken: string[] = [];
  let at: EscalationPosition = { step: -1, round: 0 };
  let dueAt = 0;
  for (let count = 0; count < 100; count++) {
    const next: NextStep = nextEscalationStep(tried, at, dueAt, isMet);
    ({ dueAt } = next);
    taken.push(`${dueAt / 1_000} ${next.kind === 'step' ? `${next.round}/${next.step}` : next.kind}`);
    if (next.kind === 'exhausted') return taken;
    at = next;
  }
  throw new Error('It never ends.');
}

describe('an escalation that nobody answers', () => {
  it('takes its steps one after the other, then begins again, then waits for the last', () => {
    expect(run(policy(1, step(0), step(300), step(600)))).toEqual([
      '0 0/0',
      '300 0/1',
      '900 0/2',
      '1500 1/0',
      '1800 1/1',
      '2400 1/2',
      '3000 exhausted',
    ]);
  });

  it('gives people time between rounds though no delay says how much', () => {
    expect(run(policy(2, step(0)))).toEqual(['0 0/0', '300 1/0', '600 2/0', '900 exhausted']);
  });

  it('passes over a step whose condition is false, without its delay', () => {
    expect(run(policy(0, step(0), step(900, 'never'), step(60)), (text) => text !== 'never')).toEqual([
      '0 0/0',
      '60 0/2',
      '960 exhausted',
    ]);
  });

  it('asks a condition about the instant at which its step is due', () => {
    const afterTen = (_text: string, at: number): boolean => at >= 600_000;
    expect(run(policy(1, step(60, 'late'), step(600, 'late')), afterTen)).toEqual([
      '600 0/1',
      '1200 1/0',
      '1800 1/1',
      '2400 exhausted',
    ]);
  });

  it('does not run through all of its rounds at once where no step applies', () => {
    expect(run(policy(1, step(0, 'no'), step(120, 'no')), () => false)).toEqual([
      '120 pass',
      '240 pass',
      '360 exhausted',
    ]);
  });
});

describe('the targets of a step', () => {
  const targets = [person(1), person(2), person(3)];
  it('are asked together', () => {
    expect(targetsOf({ ...step(0), targets }, 7)).toEqual([targets]);
  });
  it('take turns, and whoever cannot be reached is stood in for by the next', () => {
    const ring = { ...step(0), mode: 'roundRobin' as const, targets };
    expect([0, 1, 2, 3].map((turns) => targetsOf(ring, turns)[0])).toEqual([
      [person(1)],
      [person(2)],
      [person(3)],
      [person(1)],
    ]);
    expect(targetsOf(ring, 1)).toEqual([[person(2)], [person(3)], [person(1)]]);
  });
});

describe('what happens to an incident', () => {
  const event = (kind: string, data: object = {}): LogEvent =>
    // the shape of the log's row; only kind and data are looked at
    ({ kind, data }) as unknown as LogEvent;
  it.each([
    ['incident.opened', {}, 'none', 'start'],
    ['incident.opened', {}, 'running', 'nothing'],
    ['incident.acknowledged', {}, 'running', 'acknowledge'],
    ['incident.mitigated', {}, 'running', 'acknowledge'],
    ['incident.unacknowledged', {}, 'acknowledged', 'start'],
    ['incident.reopened', { reason: 'alertFiredAgain' }, 'none', 'start'],
    ['incident.reopened', { reason: 'person' }, 'none', 'nothing'],
    ['incident.severityChanged', { from: 'low', to: 'high' }, 'none', 'start'],
    ['incident.severityChanged', { from: 'high', to: 'low' }, 'none', 'nothing'],
    ['incident.severityChanged', { from: 'low', to: 'high' }, 'acknowledged', 'nothing'],
    ['incident.resolved', {}, 'running', 'stop'],
    ['incident.merged', {}, 'running', 'stop'],
    ['incident.snoozed', {}, 'running', 'stop'],
    ['incident.woke', {}, 'none', 'start'],
    ['alert.opened', { outcome: 'joined' }, 'never', 'start'],
    ['alert.opened', { outcome: 'joined' }, 'none', 'nothing'],
    ['alert.opened', { outcome: 'opened' }, 'never', 'nothing'],
    ['incident.noteAdded', {}, 'running', 'nothing'],
    ['incident.edited', { changes: [{ field: 'team', from: null, to: 'web' }] }, 'none', 'reassign'],
    ['incident.edited', { changes: [{ field: 'services', from: [], to: ['web'] }] }, 'running', 'reassign'],
    ['incident.edited', { changes: [{ field: 'team', from: null, to: 'web' }] }, 'acknowledged', 'nothing'],
    ['incident.edited', { changes: [{ field: 'title', from: 'a', to: 'b' }] }, 'none', 'nothing'],
  ] as const)('%s %j while %s: %s', (kind, data, running, expected) => {
    expect(escalationReaction(event(kind, data), running)).toBe(expected);
  });
});
