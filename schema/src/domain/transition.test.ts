import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from './event.js';
import { isOpenPhase, type Incident } from './incident.js';
import { isMoreSevere, severities, severityRank } from './severity.js';
import { transition, type IncidentCommand } from './transition.js';

const ada: Actor = { kind: 'person', name: 'ada' };
const system: Actor = { kind: 'system', name: 'tocsin' };
const t0 = Date.parse('2026-03-01T10:00:00Z');

const detected: Incident = {
  id: 7,
  version: 1,
  title: 'Checkout is down',
  description: null,
  type: 'operational',
  severity: 'high',
  severityIsManual: false,
  phase: 'detected',
  typeVersion: 0,
  status: 'detected',
  impact: null,
  urgency: null,
  priority: 3,
  customFields: {},
  tags: [],
  isRestricted: false,
  touchedAt: null,
  services: ['checkout'],
  environment: 'production',
  team: null,
  assignee: null,
  reporter: null,
  correlationKey: 'default · service="checkout"',
  impactStartedAt: t0 - 60_000,
  openedAt: t0,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedSeverity: null,
  mitigatedAt: null,
  firstResolvedAt: null,
  resolvedAt: null,
  resolvedBy: null,
  closedAt: null,
  reopenedCount: 0,
  dismissReason: null,
  mergedInto: null,
  updatedAt: t0,
};

/** Runs commands a minute apart; fails on a refused one. */
function run(...commands: readonly IncidentCommand[]): Incident {
  return commands.reduce((incident, command, n) => {
    const result = transition(incident, command, ada, t0 + (n + 1) * 60_000);
    if (!result.ok) throw new Error(result.error.message);
    return result.incident;
  }, detected);
}

function kinds(incident: Incident, command: IncidentCommand, actor = ada): readonly string[] {
  const result = transition(incident, command, actor, t0 + 3_600_000);
  return result.ok ? result.events.map((event) => event.kind) : [result.error.code];
}

const explanation = {
  ruleId: 'default',
  ruleVersion: 1,
  outcome: 'reopened',
  key: 'k',
  values: {},
  windowSeconds: 900,
  sentence: 'Fired again.',
} as const;

describe('an incident', () => {
  it('is acknowledged once; the first acknowledge is the one that counts', () => {
    const acknowledged = run({ type: 'acknowledge' });
    expect(acknowledged).toMatchObject({ phase: 'acknowledged', acknowledgedBy: 'ada', acknowledgedAt: t0 + 60_000 });
    expect(kinds(acknowledged, { type: 'acknowledge' })).toEqual([]);
    const again = run({ type: 'acknowledge' }, { type: 'resolve' }, { type: 'reopen' });
    expect(again).toMatchObject({ phase: 'acknowledged', reopenedCount: 1, acknowledgedAt: t0 + 60_000 });
  });

  it('counts a mitigate before any acknowledge as both', () => {
    expect(kinds(detected, { type: 'mitigate' })).toEqual(['incident.acknowledged', 'incident.mitigated']);
  });

  it('loses its acknowledgement when an alert is more severe than what was acknowledged', () => {
    const acknowledged = run({ type: 'acknowledge' });
    const command = { type: 'alertSeverity', severity: 'critical' } as const;
    expect(kinds(acknowledged, command)).toEqual(['incident.severityChanged', 'incident.unacknowledged']);
    expect(kinds(acknowledged, { type: 'alertSeverity', severity: 'high' })).toEqual([]);
  });

  it('keeps a severity that a person set, whatever the sender says', () => {
    const manual = run({ type: 'changeSeverity', severity: 'low' });
    expect(kinds(manual, { type: 'alertSeverity', severity: 'critical' })).toEqual([]);
    expect(manual).toMatchObject({ severity: 'low', severityIsManual: true });
  });

  it('keeps the first resolve and dates the last', () => {
    const twice = run({ type: 'resolve' }, { type: 'reopen' }, { type: 'resolve' });
    expect(twice).toMatchObject({ firstResolvedAt: t0 + 60_000, resolvedAt: t0 + 180_000, reopenedCount: 1 });
  });

  it('resolves by itself at its last alert’s end, but never before what people did', () => {
    const early = transition(detected, { type: 'autoResolve', endedAt: t0 + 1_000 }, system, t0 + 121_000);
    expect(early).toMatchObject({ ok: true, incident: { resolvedAt: t0 + 1_000, resolvedBy: system } });
    const acknowledged = run({ type: 'acknowledge' });
    const late = transition(acknowledged, { type: 'autoResolve', endedAt: t0 + 1_000 }, system, t0 + 121_000);
    expect(late).toMatchObject({ ok: true, incident: { resolvedAt: t0 + 60_000 } });
  });

  it('reopened by an alert is unacknowledged unless somebody had taken it on', () => {
    const resolved = run({ type: 'resolve' });
    const fired = { type: 'fireAgain', explanation } as const;
    expect(transition(resolved, fired, system, t0 + 600_000)).toMatchObject({ incident: { phase: 'detected' } });
    const taken = run({ type: 'acknowledge' }, { type: 'resolve' });
    expect(transition(taken, fired, system, t0 + 600_000)).toMatchObject({ incident: { phase: 'acknowledged' } });
  });

  it('refuses what its phase does not allow, and says what to do', () => {
    expect(transition(detected, { type: 'close' }, ada, t0)).toEqual({
      ok: false,
      error: {
        code: 'INVALID_TRANSITION',
        message: 'INC-7 is detected: you cannot close it; resolve it first.',
        phase: 'detected',
        command: 'close',
      },
    });
    const merged = run({ type: 'mergeInto', incidentId: 3 });
    expect(kinds(merged, { type: 'acknowledge' })).toEqual(['INVALID_TRANSITION']);
    expect(kinds(merged, { type: 'reopen' })).toEqual(['INVALID_TRANSITION']);
    expect(kinds(detected, { type: 'mergeInto', incidentId: 7 })).toEqual(['INVALID_INPUT']);
  });
});

const anyCommand: fc.Arbitrary<IncidentCommand> = fc.oneof(
  fc.constantFrom<IncidentCommand>(
    { type: 'acknowledge' },
    { type: 'mitigate' },
    { type: 'resolve' },
    { type: 'reopen' },
    { type: 'close' },
    { type: 'note', text: 'looking' },
    { type: 'dismiss', reason: 'false_alarm', comment: null },
    { type: 'fireAgain', explanation },
    { type: 'autoResolve', endedAt: t0 + 30_000 },
    { type: 'mergeInto', incidentId: 3 },
  ),
  fc.constantFrom(...severities).map((severity) => ({ type: 'alertSeverity', severity }) as const),
  fc.constantFrom(...severities).map((severity) => ({ type: 'changeSeverity', severity }) as const),
  fc.constantFrom(null, 'ada', 'bob').map((assignee) => ({ type: 'assign', assignee }) as const),
);

describe('any sequence of commands', () => {
  it('keeps the invariants that the database and the numbers rely on', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        let before = detected;
        for (const [n, command] of commands.entries()) {
          const result = transition(before, command, ada, t0 + (n + 1) * 60_000);
          if (!result.ok) continue;
          const after = result.incident;
          expect(after.version).toBeGreaterThanOrEqual(before.version);
          if (result.events.length === 0) expect(after).toEqual(before);
          if (before.acknowledgedAt !== null) expect(after.acknowledgedAt).toBe(before.acknowledgedAt);
          if (before.firstResolvedAt !== null) expect(after.firstResolvedAt).toBe(before.firstResolvedAt);
          expect(after.phase === 'merged').toBe(after.mergedInto !== null);
          expect(after.phase === 'dismissed').toBe(after.dismissReason !== null);
          if (after.phase === 'resolved' || after.phase === 'closed') expect(after.resolvedAt).not.toBeNull();
          if (isOpenPhase(after.phase)) expect(after.resolvedAt).toBeNull();
          if (after.resolvedAt !== null) expect(after.resolvedAt).toBeGreaterThanOrEqual(after.openedAt);
          if (before.phase === 'merged') expect(after.phase).toBe('merged');
          before = after;
        }
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 10 }), anyCommand, (commands, command) => {
        const incident = commands.reduce((state, next) => {
          const result = transition(state, next, ada, t0 + 60_000);
          return result.ok ? result.incident : state;
        }, detected);
        const once = transition(incident, command, ada, t0 + 120_000);
        if (!once.ok || command.type === 'note') return;
        const twice = transition(once.incident, command, ada, t0 + 180_000);
        if (twice.ok) expect(twice.incident).toEqual(once.incident);
      }),
    );
  });

  it('takes the most severe alert in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...severities), { minLength: 1 }), (found) => {
        const worst = found.reduce((a, b) => (isMoreSevere(b, a) ? b : a), detected.severity);
        const after = found.reduce((incident, severity) => {
          const result = transition(incident, { type: 'alertSeverity', severity }, system, t0);
          return result.ok ? result.incident : incident;
        }, detected);
        expect(severityRank(after.severity)).toBe(severityRank(worst));
      }),
    );
  });
});
