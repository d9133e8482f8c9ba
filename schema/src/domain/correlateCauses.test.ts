import { describe, expect, it } from 'vitest';
import { candidate, facts, harbour, minute, t0 } from './correlate.fixture.js';
import type { AlertFacts, CandidateScope, IncidentCandidate, ScopeKind } from './correlation.js';
import { place } from './correlatePlace.js';

function scope(kind: ScopeKind, value: string, changes: Partial<CandidateScope> = {}): CandidateScope {
  return { kind, value, environment: 'production', firstAt: t0 - 3 * minute, lastAt: t0 - minute, ...changes };
}
const about = (name: string, changes: Partial<IncidentCandidate> = {}) =>
  candidate({ services: [name], scopes: [scope('service', name)], ...changes });
const put = (alert: AlertFacts, candidates: readonly IncidentCandidate[]) =>
  place(alert, [], harbour, { candidates, previous: null });

describe('the loss of a machine', () => {
  const goneAt = t0 - 6 * minute;
  const lost = (changes: Partial<IncidentCandidate> = {}) =>
    candidate({
      incidentId: 1,
      firstStartsAt: goneAt,
      lastActivityAt: t0,
      scopes: [scope('hostGone', 'worker-3', { firstAt: goneAt, lastAt: goneAt })],
      ...changes,
    });
  const onIt = facts({ service: 'stock', labels: { alertname: 'PodNotReady' }, host: 'worker-3' });
  const troubled = (changes: Partial<IncidentCandidate> = {}) =>
    about('stock', { incidentId: 2, firstStartsAt: goneAt + minute, ...changes });

  it('explains what ran there, until the pods run elsewhere, however long its incident lasts', () => {
    expect(put(onIt, [lost()])).toMatchObject({ outcome: 'joined', explanation: { reason: 'sameNode' } });
    const longAgo = t0 - 20 * minute;
    const scopes = [scope('hostGone', 'worker-3', { firstAt: longAgo, lastAt: longAgo })];
    expect(put(onIt, [lost({ firstStartsAt: longAgo, scopes })]).outcome).toBe('opened');
    const disk = facts({ service: null, host: 'worker-3', labels: { alertname: 'NodeDiskSlow' } });
    expect(put(disk, [lost()]).outcome).toBe('joined');
    expect(put(disk, [lost({ firstStartsAt: longAgo, scopes })]).outcome).toBe('opened');
  });

  it('shows the trouble of a service to be its own where that began with it and has no other origin', () => {
    expect(put(onIt, [lost(), troubled()])).toMatchObject({ incidentId: 1, absorbs: [2] });
    expect(put(onIt, [lost(), troubled({ firstStartsAt: goneAt - 5 * minute })])).toMatchObject({ absorbs: [] });
    expect(put(onIt, [lost(), troubled({ services: ['stock', 'stock-db'] })])).toMatchObject({ absorbs: [] });
  });

  it('takes in what began somewhere in the environment with it, not minutes after it', () => {
    const another = facts({ service: null, host: 'worker-3', labels: { alertname: 'KubeNodeUnreachable' } });
    const symptom = (firstStartsAt: number) =>
      candidate({ incidentId: 2, firstStartsAt, services: ['ads'], scopes: [scope('symptom', '*')] });
    expect(put(another, [lost(), symptom(goneAt + 3 * minute)])).toMatchObject({ absorbs: [2] });
    const tenBefore = lost({ firstStartsAt: t0 - 10 * minute });
    expect(put(another, [tenBefore, symptom(t0 - 2 * minute)])).toMatchObject({ incidentId: 1, absorbs: [] });
  });
});

describe('what the environment shares', () => {
  const dns = (minutes: number) =>
    candidate({
      firstStartsAt: t0 - 20 * minute,
      lastActivityAt: t0,
      scopes: [scope('shared', 'dns', { firstAt: t0 - 20 * minute, lastAt: t0 - minutes * minute })],
    });

  it('takes down at once what resolves names, and nothing later', () => {
    expect(put(facts({ service: 'cart' }), [dns(4)])).toMatchObject({
      explanation: { reason: 'sharedInfrastructure' },
    });
    expect(put(facts({ service: 'cart' }), [dns(5)]).outcome).toBe('opened');
  });

  it('does not take down what calls nobody', () => {
    expect(put(facts({ service: 'stock-db' }), [dns(1)]).outcome).toBe('opened');
    expect(put(facts({ service: 'unknown' }), [dns(1)]).outcome).toBe('joined');
  });
});

describe('a merge by the system', () => {
  it('needs a cause within one step', () => {
    const first = about('stock', { incidentId: 1 });
    const far = about('cart', { incidentId: 2, firstStartsAt: t0 - 2 * minute });
    const alert = facts({ service: 'stock-db' });
    expect(put(alert, [far])).toMatchObject({ outcome: 'joined', incidentId: 2 });
    expect(put(alert, [first, far])).toMatchObject({ incidentId: 1, absorbs: [] });
  });

  it('needs more than the catalogue where a service suffers from another: the alert must name it', () => {
    const own = about('cart', { incidentId: 1 });
    const callee = about('stock', { incidentId: 2 });
    expect(put(facts({ service: 'cart' }), [own, callee])).toMatchObject({ incidentId: 1, absorbs: [] });
    const labels = { alertname: 'UpstreamErrors', upstream: 'stock' };
    expect(put(facts({ service: 'cart', labels }), [own, callee])).toMatchObject({ incidentId: 2, absorbs: [1] });
  });
});
