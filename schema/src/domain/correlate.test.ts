import { describe, expect, it } from 'vitest';
import type { CorrelatedAlert, CorrelationCandidate } from './correlation.js';
import { correlate, correlationKey, defaultRules } from './correlate.js';

const minute = 60_000;
const t0 = Date.parse('2026-03-01T10:00:00Z');
const rule = defaultRules[0];

const alert: CorrelatedAlert = {
  integrationId: 1,
  fingerprint: 'f1',
  service: 'checkout',
  environment: 'production',
  groupKey: '{}:{alertname="X"}',
  labels: {},
  startsAt: t0,
};
const key = correlationKey(alert, defaultRules);
const candidate: CorrelationCandidate = {
  incidentId: 5,
  key: key.key,
  isOpen: true,
  mayReopen: false,
  firstStartsAt: t0 - 10 * minute,
  lastActivityAt: t0 - 5 * minute,
  hasFiringAlerts: true,
};
const decide = (changes: Partial<CorrelationCandidate> = {}, startsAt = t0) =>
  correlate({ ...alert, startsAt }, key, { ...candidate, ...changes });

describe('the key of an alert', () => {
  it('is environment and service, else the sender’s group, else the condition alone', () => {
    expect(key.values).toEqual({ environment: 'production', service: 'checkout' });
    const noService = correlationKey({ ...alert, service: null }, defaultRules);
    expect(noService.values).toEqual({ environment: 'production', integration: '1', groupKey: alert.groupKey });
    const nothing = correlationKey({ ...alert, service: null, groupKey: null, environment: null }, defaultRules);
    expect(nothing.values).toEqual({ integration: '1', fingerprint: 'f1' });
  });

  it('cannot be forged by a value that looks like two', () => {
    const forged = correlationKey({ ...alert, environment: null, service: 'a" service="b' }, defaultRules);
    const honest = correlationKey({ ...alert, environment: 'a', service: 'b' }, defaultRules);
    expect(forged.key).not.toBe(honest.key);
  });

  it('keeps environments apart', () => {
    expect(correlationKey({ ...alert, environment: 'staging' }, defaultRules).key).not.toBe(key.key);
  });
});

describe('correlate', () => {
  it('opens when nobody holds the key', () => {
    expect(correlate(alert, key, null)).toMatchObject({ outcome: 'opened', displaced: null });
  });

  it('joins within the rolling window, and says why', () => {
    const decision = decide();
    expect(decision).toMatchObject({ outcome: 'joined', incidentId: 5 });
    expect(decision.explanation).toMatchObject({
      ruleId: 'default',
      ruleVersion: 1,
      key: key.key,
      windowSeconds: 1800,
    });
    expect(decision.explanation.sentence).toBe(
      'Joined because it has the same service checkout in production within 30 minutes of the incident’s last activity.'.replace(
        '’',
        "'",
      ),
    );
  });

  it('joins a late delivery whose own time lies shortly before the incident', () => {
    expect(decide({}, t0 - 20 * minute)).toMatchObject({ outcome: 'joined' });
    expect(decide({}, t0 - 60 * minute)).toMatchObject({ outcome: 'opened', displaced: { isOver: false } });
  });

  it('opens another when nothing new was seen within the window although an old alert still fires', () => {
    expect(decide({}, t0 + 60 * minute)).toMatchObject({
      outcome: 'opened',
      displaced: { incidentId: 5, isOver: false },
    });
  });

  it('opens another when the incident has reached its maximum age', () => {
    const old = { firstStartsAt: t0 - 25 * 60 * minute };
    expect(decide(old)).toMatchObject({ outcome: 'opened', displaced: { isOver: false } });
  });

  it('counts an incident as over when its quiet period has passed on the alerts’ own clock', () => {
    const quiet = { hasFiringAlerts: false, lastActivityAt: t0 - 10 * minute };
    expect(decide(quiet)).toMatchObject({ outcome: 'reopened', endsFirst: true });
    expect(decide({ ...quiet, lastActivityAt: t0 - 40 * minute })).toMatchObject({
      outcome: 'opened',
      displaced: { incidentId: 5, isOver: true },
    });
    expect(decide({ ...quiet, lastActivityAt: t0 - minute })).toMatchObject({ outcome: 'joined' });
  });

  it('reopens within the reopen window, and not what people ended', () => {
    const ended = { isOpen: false, hasFiringAlerts: false };
    expect(decide({ ...ended, mayReopen: true })).toMatchObject({ outcome: 'reopened', endsFirst: false });
    expect(decide({ ...ended, mayReopen: false })).toMatchObject({ outcome: 'opened', displaced: null });
    const seconds = rule?.reopenWindowSeconds ?? 0;
    expect(decide({ ...ended, mayReopen: true }, candidate.lastActivityAt + seconds * 1_000 + 1)).toMatchObject({
      outcome: 'opened',
    });
  });

  it('decides the same whatever the clock on the wall says', () => {
    const shifted = (by: number) =>
      correlate({ ...alert, startsAt: alert.startsAt + by }, key, {
        ...candidate,
        firstStartsAt: candidate.firstStartsAt + by,
        lastActivityAt: candidate.lastActivityAt + by,
      });
    expect(shifted(400 * 24 * 60 * minute)).toEqual(shifted(0));
  });
});
