import { describe, expect, it } from 'vitest';
import { candidate, facts, harbour, minute, ruleBy, t0 } from './correlate.fixture.js';
import { RuleFailed, type CandidateScope, type IncidentCandidate, type ScopeKind } from './correlation.js';
import { place } from './correlatePlace.js';
import { sentenceOf } from './correlateSentence.js';
import { emptyTopology } from './topology.js';

function scope(kind: ScopeKind, value: string, changes: Partial<CandidateScope> = {}): CandidateScope {
  return { kind, value, environment: 'production', firstAt: t0 - 3 * minute, lastAt: t0 - minute, ...changes };
}
const about = (name: string, changes: Partial<IncidentCandidate> = {}) =>
  candidate({ services: [name], scopes: [scope('service', name)], ...changes });
const put = (alert = facts(), candidates: readonly IncidentCandidate[] = [], previous: number | null = null) =>
  place(alert, [], harbour, {
    candidates,
    previous: previous === null ? null : { incidentId: candidates[0]?.incidentId ?? 0, endsAt: previous },
  });

describe('an alert without anything to join', () => {
  it('opens an incident with a key that says what it is about', () => {
    const placed = put();
    expect(placed).toMatchObject({ outcome: 'opened', key: 'default · environment="production" service="stock"' });
    expect(sentenceOf(placed.explanation)).toBe(
      'Opened for service stock in production: no incident was there to join.',
    );
  });

  it('says which incidents of its kind are over on the alerts’ own clock', () => {
    const key = 'default · environment="production" service="stock"';
    const over = candidate({ key, hasFiringAlerts: false, lastActivityAt: t0 - 60 * minute });
    expect(put(facts(), [over])).toMatchObject({ outcome: 'opened', ended: [5], explanation: { reason: 'ended' } });
  });
});

describe('an alert of the same service', () => {
  it('joins while the service’s alerts are recent, whatever the rest of the incident does', () => {
    expect(put(facts(), [about('stock')])).toMatchObject({ outcome: 'joined', incidentId: 5 });
    const old = about('stock', { scopes: [scope('service', 'stock', { lastAt: t0 - 40 * minute })] });
    expect(put(facts(), [old]).outcome).toBe('opened');
  });

  it('reopens what has just ended, not what people ended or what ended a while ago', () => {
    const ended = { isOpen: false, hasFiringAlerts: false, lastActivityAt: t0 - 4 * minute };
    expect(put(facts(), [about('stock', ended)])).toMatchObject({ outcome: 'reopened', endsFirst: false });
    expect(put(facts(), [about('stock', { ...ended, mayReopen: false })]).outcome).toBe('opened');
    expect(put(facts(), [about('stock', { ...ended, lastActivityAt: t0 - 8 * minute })]).outcome).toBe('opened');
  });

  it('does not join one condition that keeps coming and going alone', () => {
    const nuisance = about('stock', { soleCondition: '1 other', alertCount: 3 });
    expect(put(facts(), [nuisance]).outcome).toBe('opened');
  });
});

describe('the same condition again', () => {
  it('reopens its incident through gaps of the reopen window', () => {
    const ended = candidate({ hasFiringAlerts: false, isOpen: false, lastActivityAt: t0 - 14 * minute });
    expect(put(facts(), [ended], t0 - 14 * minute)).toMatchObject({ outcome: 'reopened' });
    expect(put(facts(), [{ ...ended, lastActivityAt: t0 - 16 * minute }], t0 - 16 * minute).outcome).toBe('opened');
  });

  it('bridges three times as much where it was the only one', () => {
    const lastActivityAt = t0 - 40 * minute;
    const alone = candidate({ soleCondition: '1 f1', hasFiringAlerts: false, lastActivityAt });
    expect(put(facts(), [alone], lastActivityAt)).toMatchObject({
      outcome: 'reopened',
      explanation: { reason: 'sameCondition', windowSeconds: 45 * 60 },
    });
  });
});

describe('an alert of a neighbour in the topology', () => {
  it('joins as an effect of what it calls, and names the way', () => {
    const placed = put(facts({ service: 'web' }), [about('stock')]);
    expect(placed).toMatchObject({
      outcome: 'joined',
      explanation: { reason: 'dependency', path: ['web', 'cart', 'stock'] },
    });
    expect(sentenceOf(placed.explanation)).toBe(
      'Joined because web and stock are neighbours in the service catalogue (by way of cart) and stock is affected, within 3 minutes.',
    );
  });

  it('joins as the cause of its callers when they have no other', () => {
    expect(put(facts({ service: 'stock-db' }), [about('stock')])).toMatchObject({ outcome: 'joined' });
    const explained = candidate({ services: ['web', 'stock'], scopes: [scope('service', 'web')] });
    expect(put(facts({ service: 'ads' }), [explained]).outcome).toBe('opened');
  });

  it('is no cause of what began long before it', () => {
    const old = about('stock', { firstStartsAt: t0 - 30 * minute });
    expect(put(facts({ service: 'stock-db' }), [old]).outcome).toBe('opened');
  });

  it('is an effect only soon after the last that was heard of what it calls', () => {
    const heard = (minutes: number, of = 'stock', began = minutes) =>
      candidate({
        services: [of],
        lastActivityAt: t0,
        firstStartsAt: t0 - 40 * minute,
        scopes: [scope('service', of, { firstAt: t0 - began * minute, lastAt: t0 - minutes * minute })],
      });
    const cart = facts({ service: 'cart' });
    expect(put(cart, [heard(5, 'stock', 40)]).outcome).toBe('joined');
    expect(put(cart, [heard(6)]).outcome).toBe('opened');
    // Over another service that shows nothing, only when it has just begun.
    const web = facts({ service: 'web' });
    expect(put(web, [heard(3)]).outcome).toBe('joined');
    expect(put(web, [heard(4)]).outcome).toBe('opened');
    expect(put(web, [heard(1, 'stock', 20)]).outcome).toBe('opened');
  });

  it('is the effect of what began last, where two that it calls are affected', () => {
    const of = (incidentId: number, name: string, firstAt: number) =>
      about(name, { incidentId, scopes: [scope('service', name, { firstAt })] });
    const older = of(1, 'cart', t0 - 20 * minute);
    const newer = of(2, 'ads', t0 - 2 * minute);
    const alert = facts({ service: 'web' });
    expect(put(alert, [older, newer])).toMatchObject({ outcome: 'joined', incidentId: 2 });
    const both = about('cart', { scopes: [...older.scopes, ...newer.scopes] });
    expect(put(alert, [both])).toMatchObject({ explanation: { path: ['web', 'ads'] } });
    expect(put(alert, [{ ...both, scopes: both.scopes.toReversed() }])).toMatchObject({
      explanation: { path: ['web', 'ads'] },
    });
  });

  it.each([
    { alertname: 'CertificateExpired' },
    { alertname: 'NightlyCronFailed' },
    { alertname: 'KubeJobFailed', job_name: 'stock-count-29460378' },
  ])('is no effect where nothing elsewhere can have made it: %o', (labels) => {
    expect(put(facts({ service: 'cart', labels }), [about('stock')]).outcome).toBe('opened');
    expect(put(facts({ service: 'stock', labels }), [about('stock')]).outcome).toBe('joined');
    // Others may well suffer from it.
    expect(put(facts({ service: 'stock', labels }), [about('cart')]).outcome).toBe('joined');
  });

  it('is no effect where it tells of itself alone, such as throttling', () => {
    const alert = facts({ service: 'web', labels: { alertname: 'CpuThrottled' } });
    expect(put(alert, [about('stock')]).outcome).toBe('opened');
  });

  it('shows two incidents to be one when it is the cause of both, unless people have touched one', () => {
    const first = about('stock', { incidentId: 1 });
    const second = candidate({ incidentId: 2, services: ['stock'], scopes: [scope('service', 'stock')] });
    const alert = facts({ service: 'stock-db' });
    expect(put(alert, [first, second])).toMatchObject({ outcome: 'joined', absorbs: [2] });
    expect(put(alert, [first, { ...second, isUntouched: false }])).toMatchObject({ absorbs: [] });
    expect(put(alert, [first, { ...second, firstStartsAt: t0 - 14 * minute }])).toMatchObject({ absorbs: [] });
  });
});

describe('rules', () => {
  const grouped = ruleBy(['labels.region']);
  const alert = facts({ labels: { alertname: 'X', region: 'eu' } });
  const key = 'mine · labels.region="eu"';

  it('group by exactly their fields', () => {
    expect(place(alert, [grouped], harbour, { candidates: [about('stock')], previous: null })).toMatchObject({
      outcome: 'opened',
      key,
    });
    const same = candidate({ ruleId: 'mine', key, scopes: [scope('rule', key)] });
    const placed = place(alert, [grouped], harbour, { candidates: [same], previous: null });
    expect(placed).toMatchObject({ outcome: 'joined', explanation: { reason: 'rule', ruleVersion: 3 } });
  });

  it('let neighbours in only within their own number of steps', () => {
    const own = about('stock', { ruleId: 'mine', key: 'mine · labels.region="us"' });
    const caller = facts({ service: 'cart', labels: { alertname: 'HighErrorRate', region: 'eu' } });
    expect(place(caller, [grouped], harbour, { candidates: [own], previous: null }).outcome).toBe('opened');
    const wide = ruleBy(['labels.region'], { maxHops: 1 });
    expect(place(caller, [wide], harbour, { candidates: [own], previous: null })).toMatchObject({ outcome: 'joined' });
  });

  it('never put what lacks a field into one bucket', () => {
    const placed = place(facts(), [grouped], harbour, { candidates: [], previous: null });
    expect(placed).toMatchObject({ key: 'mine · integration="1" fingerprint="f1"' });
    const skipping = ruleBy(['labels.region'], { onMissingLabel: 'skip' });
    expect(place(facts(), [skipping], harbour, { candidates: [], previous: null }).explanation.ruleId).toBe('default');
  });

  it('that fail on an alert are skipped and named', () => {
    const broken = {
      ...grouped,
      matches: () => {
        throw new RuleFailed('mine', 'no such field');
      },
    };
    expect(place(alert, [broken], emptyTopology, { candidates: [], previous: null })).toMatchObject({
      explanation: { ruleId: 'default' },
      failures: [{ ruleId: 'mine', message: 'no such field' }],
    });
  });
});
