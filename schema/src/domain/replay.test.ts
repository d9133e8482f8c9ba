import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, harbour, minute, t0 } from './correlate.fixture.js';
import type { AlertFacts } from './correlation.js';
import { lookupsOf, scopesOf } from './correlateScopes.js';
import { createReplay } from './replay.js';
import { emptyTopology, Topology } from './topology.js';
import { service } from './correlate.fixture.js';

/** The incident of each alert after all have come, in order. */
function partition(alerts: readonly AlertFacts[], topology: Topology = harbour): readonly number[] {
  const replay = createReplay([], topology);
  const placed = alerts.map((alert, id) => replay.open(id, alert).incident);
  return placed.map((incident) => replay.incidentOf(incident));
}

function named(alertname: string, of: string | null, changes: Partial<AlertFacts> = {}): AlertFacts {
  return facts({ fingerprint: `${alertname} ${of}`, service: of, labels: { alertname }, ...changes });
}

describe('a replay', () => {
  it('puts a cascade into one incident, in whatever order it is noticed', () => {
    const alerts = ['stock-db', 'stock', 'cart', 'web'].map((name, i) =>
      named('HighErrorRate', name, { startsAt: t0 + i * 30_000 }),
    );
    expect(new Set(partition(alerts)).size).toBe(1);
    expect(new Set(partition(alerts.toReversed())).size).toBe(1);
  });

  it('merges what one cause shows to be one', () => {
    const alerts = [named('HighErrorRate', 'web'), named('HighErrorRate', 'stock'), named('HighErrorRate', 'cart')];
    expect(new Set(partition(alerts)).size).toBe(1);
  });

  it('puts what ran on a lost machine with the machine', () => {
    const down = named('KubeNodeNotReady', null, { host: 'worker-3', startsAt: t0 + minute });
    const pod = named('KubePodNotReady', 'ads', {
      description: 'Pod shop/ads-x on node worker-3 is not ready.',
      startsAt: t0 + 5 * minute,
    });
    const [first, , third, fourth] = partition([
      named('HighErrorRate', 'ads'),
      down,
      pod,
      named('CertificateExpiringSoon', 'mail', { startsAt: t0 + 2 * minute }),
    ]);
    expect(third).toBe(first);
    expect(fourth).not.toBe(first);
  });

  it('keeps environments apart unless what both share failed', () => {
    const staging = { environment: 'staging' };
    const apart = partition([named('HighErrorRate', 'mail'), named('HighErrorRate', 'mail', staging)]);
    expect(new Set(apart).size).toBe(2);
    const provider = { labels: { alertname: 'ProviderErrors', provider: 'post' } };
    const together = partition([
      named('ProviderErrors', 'mail', provider),
      named('ProviderErrors', 'bills', { ...provider, ...staging }),
    ]);
    expect(new Set(together).size).toBe(1);
  });

  it('keeps what comes and goes alone in one incident, and out of others', () => {
    const replay = createReplay([], harbour);
    const chronic = [0, 20, 45, 75].map((after, id) => {
      const startsAt = t0 + after * minute;
      const { incident } = replay.open(id, named('GcPause', 'stock', { startsAt }));
      replay.end(id, startsAt + 5 * minute);
      return incident;
    });
    expect(new Set(chronic).size).toBe(1);
    const real = replay.open(9, named('HighErrorRate', 'stock', { startsAt: t0 + 79 * minute }));
    expect(real.incident).not.toBe(chronic[0]);
  });

  it('groups by the sender’s group where nothing else is known', () => {
    const alerts = ['a', 'b', 'c'].map((name) =>
      named(`Odd${name}`, null, { groupKey: name === 'c' ? '{}:{x="2"}' : '{}:{x="1"}' }),
    );
    const [a, b, c] = partition(alerts, emptyTopology);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  it('forgets what nothing can join any more', () => {
    const replay = createReplay([], harbour);
    const first = replay.open(1, named('HighErrorRate', 'stock')).incident;
    replay.end(1, t0 + minute);
    const later = replay.open(2, named('HighErrorRate', 'stock', { startsAt: t0 + 24 * 60 * minute })).incident;
    expect(later).not.toBe(first);
    expect(replay.incidentCount).toBe(2);
  });
});

const names = ['web', 'cart', 'stock', 'ads', 'mail'];
const anAlert = fc
  .record({
    of: fc.constantFrom(...names),
    alertname: fc.constantFrom('HighErrorRate', 'Latency', 'GcPause'),
    environment: fc.constantFrom('production', 'staging'),
    minute: fc.nat(240),
    ms: fc.nat(59_999),
  })
  .map(({ of, alertname, environment, minute: m, ms }) => {
    const fingerprint = `${alertname} ${of} ${environment}`;
    return named(alertname, of, { environment, fingerprint, startsAt: t0 + m * minute + ms });
  });
const byTime = (a: AlertFacts, b: AlertFacts): number => a.startsAt - b.startsAt;

describe('any storm', () => {
  it('never joins two environments while nothing shared has failed', () => {
    fc.assert(
      fc.property(fc.array(anAlert, { maxLength: 40 }), (alerts) => {
        const sorted = alerts.toSorted(byTime);
        const environments = new Map<number, Set<string | null>>();
        partition(sorted).forEach((incident, i) => {
          const seen = environments.get(incident) ?? new Set();
          environments.set(incident, seen.add(sorted[i]?.environment ?? null));
        });
        for (const seen of environments.values()) expect(seen.size).toBe(1);
      }),
      { numRuns: 200 },
    );
  });

  it('groups well separated services the same in any order within a minute', () => {
    const apart = new Topology(['a', 'b', 'c', 'd'].map((name) => service(name)));
    const shuffled = fc.shuffledSubarray(
      ['a', 'b', 'c', 'd'].flatMap((name) =>
        ['HighErrorRate', 'Latency', 'GcPause'].map((alertname, i) =>
          named(alertname, name, { startsAt: t0 + i * 15_000 }),
        ),
      ),
      { minLength: 12 },
    );
    fc.assert(
      fc.property(shuffled, (alerts) => {
        const incidents = partition(alerts, apart);
        const groups = new Set(alerts.map((alert, i) => `${alert.service} ${incidents[i]}`));
        expect(groups.size).toBe(4);
        expect(new Set(incidents).size).toBe(4);
      }),
      { numRuns: 200 },
    );
  });

  it('asks for a bounded number of things and is found by few', () => {
    const hub = new Topology([service('bus'), ...Array.from({ length: 1_000 }, (_, i) => service(`s${i}`, ['bus']))]);
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string(), { maxKeys: 20 }),
        fc.constantFrom('bus', 's1'),
        (labels, of) => {
          const alert = facts({ labels, service: of });
          expect(scopesOf(alert, [], hub).length).toBeLessThanOrEqual(8);
          expect(lookupsOf(alert, [], hub).length).toBeLessThanOrEqual(200);
        },
      ),
    );
  });
});
