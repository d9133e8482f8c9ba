import { sameEpisodeToleranceMs } from '@tocsin/schema/domain/dedupeParts';
import { Random } from '../fuzz/random.js';
import type { SentAlert } from './alertmanagerBody.js';

export const minute = 60_000;

/** One request to a webhook. Times stand in minutes of the storm, so that every run can have days of its own. */
export interface StormDelivery {
  readonly source: 'alertmanager' | 'signoz';
  readonly alerts: readonly StormAlert[];
}

export interface StormAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly from: number;
  readonly to: number | null;
}

/** What may be told in any order, all at once: of every condition at most one thing. The next wave comes after it. */
export type Wave = readonly StormDelivery[];

const both = ['production', 'staging'];

interface Condition {
  readonly source: StormDelivery['source'];
  readonly labels: Readonly<Record<string, string>>;
  /** Of the episode that fires; null while none does. */
  from: number | null;
  endedAt: number;
  /** The lower threshold of the same series, which fires whenever this one does. */
  readonly outer: Condition | null;
}

function condition(
  labels: Readonly<Record<string, string>>,
  source: Condition['source'] = 'alertmanager',
  outer: Condition | null = null,
): Condition {
  return { source, labels, outer, from: null, endedAt: -Infinity };
}

/** Both thresholds of one SigNoz rule: two alerts, to us one condition. */
function pair(alertname: string, name: string, environment: string): readonly Condition[] {
  const common = { alertname, 'service.name': name, 'deployment.environment': environment };
  const [warning, critical] = ['warning', 'critical'].map((severity) => ({
    ...common,
    severity,
    'threshold.name': severity,
  }));
  const outer = condition({ ...warning }, 'signoz');
  return [outer, condition({ ...critical }, 'signoz', outer)];
}

/** Of a pair at most one in a wave: while the higher threshold fires only that one, and it begins only above the lower. */
function oneOfEachPair(told: readonly Condition[], all: readonly Condition[]): readonly Condition[] {
  return told.filter((each) => {
    if (each.outer !== null) return each.outer.from !== null;
    const inner = all.find(({ outer }) => outer === each);
    return inner === undefined || (inner.from === null && (each.from === null || !told.includes(inner)));
  });
}

/** Everything that a storm without order may speak of. */
function everything(random: Random, spans: boolean): Condition[] {
  const conditions: Condition[] = [];
  for (const env of both) {
    for (const name of ['web', 'cart', 'stock', 'stock-db', 'ads', 'mail', 'bills', 'harbour']) {
      for (const alertname of ['HighErrorRate', 'HighLatency', 'GcPause', 'ConnectionPoolFull']) {
        if (random.chance(0.4)) conditions.push(condition({ alertname, service: name, env, severity: 'warning' }));
      }
    }
    for (const name of spans ? ['mail', 'bills'] : [])
      conditions.push(condition({ alertname: 'ProviderErrors', service: name, env, provider: 'post' }));
    conditions.push(condition({ alertname: 'KubeNodeNotReady', node: 'worker-3', env }));
    conditions.push(condition({ alertname: 'PodNotReady', service: 'ads', node: 'worker-3', env }));
    for (const alertname of ['Odd', 'CertificateExpiringSoon']) conditions.push(condition({ alertname, env }));
    for (const n of ['1', '2', '3', '4']) {
      conditions.push(condition({ alertname: `Enough${n}`, kind: 'threshold', region: `eu-${env}`, env }));
      conditions.push(
        condition({ alertname: `Tenant${n}`, kind: 'tenant', tenant: random.pick(['acme', 'globex']), env }),
      );
    }
    conditions.push(condition({ alertname: 'Lasting', kind: 'hold', service: 'quay', env }));
    conditions.push(...pair('Slow', 'cart', env), ...pair('Errors', 'lamp', env));
  }
  if (!spans) return conditions;
  for (const name of ['web', 'cart', 'harbour', 'post', 'mail']) {
    for (const alertname of ['Nowhere', 'HighErrorRate']) conditions.push(condition({ alertname, service: name }));
  }
  conditions.push(condition({ alertname: 'ProviderErrors', service: 'bills', provider: 'post' }));
  for (const n of ['1', '2', '3', '4'])
    conditions.push(condition({ alertname: `Enough${n}`, kind: 'threshold', region: 'eu-production' }));
  conditions.push(condition({ alertname: 'Tenant', kind: 'tenant', tenant: 'acme' }));
  return conditions;
}

/** Nothing is apart from anything: cascades, flaps, restarts nobody told. `spans`: some of it is in both environments. */
export function anyStorm(seed: number, spans: boolean): readonly Wave[] {
  const random = new Random(seed);
  const conditions = everything(random, spans);
  const waves: Wave[] = [];
  for (let at = 0; waves.length < 10; at += 3 + random.below(6)) {
    const busy = random.pick([0.1, 0.2, 0.4]);
    const told = oneOfEachPair(
      conditions.filter(() => random.chance(busy)),
      conditions,
    );
    waves.push(
      chunked(
        random,
        told.map((each) => [each, step(random, each, at)] as const),
        // What is decided together may fit several incidents that begin with it.
        spans ? 12 : 5,
      ),
    );
  }
  return waves;
}

/** What a condition does next; its clock runs within three minutes of the wave. */
function step(random: Random, of: Condition, wave: number): StormAlert {
  const at = wave + random.below(180) / 60;
  if (of.from === null) return begin(of, Math.max(at, of.endedAt + 0.25));
  if (of.source === 'alertmanager' && random.chance(0.15) && at > of.from + sameEpisodeToleranceMs / minute + 0.5)
    return begin(of, at);
  if (random.chance(0.3)) return alertOf(of, random.chance(0.5) ? { severity: 'critical' } : {});
  return end(of, Math.max(at, of.from + 0.25));
}

function end(of: Condition, to: number): StormAlert {
  const ended = { ...alertOf(of), to };
  of.from = null;
  of.endedAt = to;
  return ended;
}
function begin(of: Condition, from: number): StormAlert {
  of.from = from;
  return alertOf(of);
}

function alertOf(of: Condition, changes: Readonly<Record<string, string>> = {}): StormAlert {
  // Of a SigNoz pair the severity says which of the two it is.
  const labels = of.source === 'signoz' ? of.labels : { ...of.labels, ...changes };
  return { labels, from: of.from ?? 0, to: null };
}

type Told = readonly [Condition, StormAlert];

/** Some requests of each sender, with one to so many alerts each. */
function chunked(random: Random, told: readonly Told[], most = 5): Wave {
  const deliveries: StormDelivery[] = [];
  for (const source of ['alertmanager', 'signoz'] as const) {
    const alerts = told.filter(([of]) => of.source === source).map(([, alert]) => alert);
    while (alerts.length > 0) deliveries.push({ source, alerts: alerts.splice(0, 1 + random.below(most)) });
  }
  return deliveries;
}

/**
 * A storm whose groups are well separated: each is one service, or two that call each other, or one group of a rule, in one
 * environment; no dependency, machine or provider leads from one to another of the same hour; and while a group lasts, two
 * of its conditions fire from its first minute to its last. So what an alert can join is the same incident whichever of a minute's
 * alerts comes first.
 */
export function separatedStorm(seed: number): readonly Wave[] {
  const random = new Random(seed);
  const waves: Wave[] = [];
  for (const hour of [0, 3]) {
    const groups = both.flatMap((env) => groupsOf(random, env));
    const keepers = groups.flatMap((group) => group.slice(0, 2));
    const effects = groups.flatMap((group) => group.slice(2));
    const start = (of: Condition, at: number): Told => [of, begin(of, at + random.below(60) / 60)];
    waves.push(
      chunked(
        random,
        keepers.map((of) => start(of, hour * 60)),
      ),
    );
    for (let at = 1; at <= 10; at++) {
      const acting = oneOfEachPair(
        effects.filter(() => random.chance(0.35)),
        effects,
      );
      const told = acting.map((of) => [of, effect(random, of, hour * 60 + at)] as const);
      waves.push(chunked(random, told));
    }
    const ending = [...effects, ...keepers].filter(({ from }) => from !== null);
    waves.push(
      chunked(
        random,
        ending.map((of) => [of, end(of, hour * 60 + 11 + random.below(60) / 60)] as const),
      ),
    );
  }
  return waves;
}

/** Within the minute of the wave, and no sooner after its own last change than that it is a change. */
function effect(random: Random, of: Condition, wave: number): StormAlert {
  const at = wave + random.below(60) / 60;
  if (of.from === null) return begin(of, at);
  if (random.chance(0.3)) return alertOf(of, { severity: 'critical' });
  if (of.source === 'alertmanager' && random.chance(0.2) && at > of.from + sameEpisodeToleranceMs / minute)
    return begin(of, at);
  return end(of, at);
}

/** Groups of one environment: the first two conditions of each are what fires throughout. */
function groupsOf(random: Random, env: string): readonly (readonly Condition[])[] {
  const of = (name: string, ...alertnames: string[]): Condition[] =>
    alertnames.map((alertname) => condition({ alertname, service: name, env, severity: 'warning' }));
  const kind = (name: string, n: number): Condition[] =>
    Array.from({ length: n }, (_, i) =>
      condition({
        alertname: `${name}${i}`,
        kind: name,
        env,
        service: 'lamp',
        region: `eu-${env}`,
        tenant: `acme-${env}`,
      }),
    );
  const extra = random.pick([[], ['ConnectionPoolFull'], ['QueueLag', 'HeapFull']]);
  return [
    of('harbour', 'HighErrorRate', 'HighLatency', 'GcPause', ...extra),
    [...of('web', 'HighErrorRate'), ...of('cart', 'HighErrorRate'), ...of('cart', 'HighLatency', 'GcPause', ...extra)],
    [...of('kiosk', 'HighErrorRate', 'DiskFull'), ...pair('Slow', 'kiosk', env)],
    kind('threshold', 5),
    kind('tenant', 4),
    kind('hold', 3),
  ];
}

/** The alert as its sender writes it, in days of the run's own. */
export function sentOf({ labels, from, to }: StormAlert, base: number, run: string): SentAlert {
  const at = (minutes: number): string => new Date(base + Math.round(minutes * minute)).toISOString();
  // By which SigNoz tells the two of a pair apart.
  const fingerprint = 'threshold.name' in labels ? { fingerprint: JSON.stringify(labels) } : {};
  const sent = { labels: { ...labels, run }, startsAt: at(from), ...fingerprint };
  return to === null ? sent : { ...sent, endsAt: at(to) };
}
