import type { Configuration } from '@tocsin/ingest/placing';
import { builtInRule, compiledBuiltInRule } from '@tocsin/schema/domain/correlateWindows';
import type { LogEvent } from '@tocsin/schema/domain/event';
import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import { Topology } from '@tocsin/schema/domain/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../fuzz/random.js';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { settled } from '../support/settled.js';
import { catalogue } from '../support/stormCatalogue.js';
import { groupsIn, nameOf, outcomeOf, replayed, wholeLog, type Outcome } from '../support/stormOutcome.js';
import {
  anyStorm,
  minute,
  sentOf,
  separatedStorm,
  type StormAlert,
  type StormDelivery,
  type Wave,
} from '../support/storms.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const rule = (id: string, fields: Partial<CorrelationRule>): CorrelationRule => ({
  ...builtInRule,
  id,
  name: id,
  maxHops: 0,
  ...fields,
});
const { rules: written } = compileRules({
  version: 1,
  rules: [
    rule('threshold', {
      match: 'labels.kind == "threshold"',
      groupBy: ['labels.region'],
      threshold: { count: 3, seconds: 600 },
    }),
    rule('tenant', { match: 'labels.kind == "tenant"', groupBy: ['labels.tenant'] }),
    rule('hold', { match: 'labels.kind == "hold"', groupBy: ['service'], holdSeconds: 300 }),
  ],
});
const rules = [...written, compiledBuiltInRule];
const topology = new Topology(catalogue);
const configuration: Configuration = { rules, topology, suppressorOf: () => null };
const seeds = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);

describe('one storm over any number of ingest processes', () => {
  let database: TestDatabase;
  let processes: readonly IngestHarness[] = [];
  const secrets = { alertmanager: '', signoz: '' };
  let clock = 0;
  let nextBase = Date.parse('2026-01-05T08:00:00Z');
  beforeAll(async () => {
    database = await createTestDatabase();
    const start = (source: 'alertmanager' | 'signoz'): Promise<IngestHarness> =>
      startIngest(database, { source, now: () => clock, configuration: () => configuration });
    const first = await start('alertmanager');
    const second = await start('signoz');
    processes = [first, second, await start('alertmanager')];
    Object.assign(secrets, { alertmanager: first.secret, signoz: second.secret });
    // A change of severity is a change of the alert, and not another alert.
    await database.pool.query(`update integration set ignore_labels = '{severity}'`);
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await database.drop();
  });

  interface Run {
    readonly name: string;
    readonly base: number;
  }
  /** Days and a label of its own, so that no run meets what another left. */
  function newRun(name: string): Run {
    nextBase += 2 * 24 * 60 * minute;
    clock = nextBase + 12 * 60 * minute;
    return { name, base: nextBase };
  }

  async function deliver(to: number, { source, alerts }: StormDelivery, { name, base }: Run): Promise<void> {
    const process = processes[to % processes.length];
    const body = alertmanagerBody(...alerts.map((alert) => sentOf(alert, base, name)));
    expect((await process?.post(`/webhooks/${source}`, body, secrets[source]))?.status).toBe(200);
  }

  async function inOrder(storm: readonly Wave[], run: Run): Promise<void> {
    for (const delivery of storm.flat()) await deliver(0, delivery, run);
  }

  /**
   * Everything of a wave at once and in any order, some of it twice or to two processes, with late copies of what earlier
   * waves told. Between waves the senders wait for their answers: nobody tells an end before its start.
   */
  async function scattered(storm: readonly Wave[], run: Run, random: Random): Promise<void> {
    const told: StormDelivery[] = [];
    for (const wave of storm) {
      const copies = told.filter(() => random.chance(0.08));
      const sent = [...wave, ...wave.filter(() => random.chance(0.3)), ...copies];
      const shuffled = sent.map((delivery) => [random.next(), delivery] as const).toSorted(([a], [b]) => a - b);
      await Promise.all(shuffled.map(([, delivery]) => deliver(random.below(3), delivery, run)));
      told.push(...wave);
    }
  }

  async function finished(...runs: readonly Run[]): Promise<readonly Outcome[]> {
    await settled(database.pool);
    const log = await wholeLog(database.pool);
    return Promise.all(runs.map(({ name }) => outcomeOf(database.pool, name, log)));
  }

  const episodes = ({ alerts }: Outcome, { base }: Run): readonly string[] =>
    alerts
      .map((alert) => `${nameOf(alert, base)} to ${alert.endsAt === null ? 'now' : (alert.endsAt - base) / 1_000}`)
      .toSorted();
  const incidents = ({ alerts }: Outcome, { base }: Run): readonly string[] =>
    groupsIn(alerts, ({ incidentId }) => incidentId, base);

  it.each(seeds(1, 2))('is the same incidents as in order in one: separated groups, storm %i', async (seed) => {
    const storm = separatedStorm(seed);
    const one = newRun(`one-${seed}`);
    await inOrder(storm, one);
    const many = newRun(`many-${seed}`);
    await scattered(storm, many, new Random(seed));
    const [ofOne, ofMany] = await finished(one, many);
    if (!ofOne || !ofMany) throw new Error('Nothing is there.');
    expect(episodes(ofMany, many)).toEqual(episodes(ofOne, one));
    expect(incidents(ofMany, many)).toEqual(incidents(ofOne, one));
    await expectSound(ofOne, one);
    await expectSound(ofMany, many);
  });

  it.each([
    ...seeds(100, 5).map((seed) => ['any storm', seed, false] as const),
    ...seeds(200, 5).map((seed) => ['alerts that name no environment, and what all share', seed, true] as const),
  ])('is the incidents of some order in one: %s, storm %i', async (_, seed, isSpanning) => {
    const storm = anyStorm(seed, isSpanning);
    const one = newRun(`any-one-${seed}`);
    await inOrder(storm, one);
    const many = newRun(`any-many-${seed}`);
    await scattered(storm, many, new Random(seed));
    const [ofOne, ofMany] = await finished(one, many);
    if (!ofOne || !ofMany) throw new Error('Nothing is there.');
    await expectSound(ofOne, one);
    expect(episodes(ofMany, many)).toEqual(episodes(ofOne, one));
    await expectSound(ofMany, many);
  });

  it('puts what fits two incidents equally well into the same one, told at once or one after another', async () => {
    const alert = (env: string | null): StormAlert => {
      const where = env === null ? {} : { env };
      return { labels: { alertname: 'HighErrorRate', service: 'web', ...where }, from: 0, to: null };
    };
    const told = [alert('production'), alert('staging')];
    const runs: Run[] = [];
    for (const known of [told, told.toReversed()]) {
      for (const requests of [
        [[...known, alert(null)]],
        [known, [alert(null)]],
        [...known, alert(null)].map((a) => [a]),
      ]) {
        const run = newRun(`tie-${runs.length}`);
        runs.push(run);
        await inOrder([requests.map((alerts) => ({ source: 'alertmanager', alerts }))], run);
      }
    }
    for (const [n, outcome] of (await finished(...runs)).entries()) {
      const run = runs[n] ?? { name: '', base: 0 };
      expect(incidents(outcome, run)).toEqual([
        'together:  web HighErrorRate 16 0 | production web HighErrorRate 16 0',
        'together: staging web HighErrorRate 16 0',
      ]);
      await expectSound(outcome, run);
    }
  });

  /** What must hold of every storm, whatever came first. */
  async function expectSound(outcome: Outcome, run: Run): Promise<void> {
    expectLogTellsAll(outcome);
    await expectEveryAlertHasItsPlace(outcome);
    const homeOf = await replayed(database.pool, outcome, rules, topology);
    expect(incidents(outcome, run)).toEqual(groupsIn(outcome.alerts, homeOf, run.base));
  }

  /** Once that it opened, first of all; then its end, if it has one; and that it came into an incident. */
  function expectLogTellsAll({ alerts, log }: Outcome): void {
    const byAlert = new Map<number | null, LogEvent[]>();
    for (const event of log) byAlert.set(event.alertId, [...(byAlert.get(event.alertId) ?? []), event]);
    for (const alert of alerts) {
      const events = byAlert.get(alert.id) ?? [];
      const kinds = events.map(({ kind }) => kind);
      expect(kinds[0], JSON.stringify([alert.title, kinds])).toBe('alert.opened');
      expect(kinds.filter((kind) => kind === 'alert.opened')).toHaveLength(1);
      const ends = kinds.filter((kind) => kind === 'alert.resolved' || kind === 'alert.superseded');
      expect(ends).toHaveLength(alert.endsAt === null ? 0 : 1);
      const homes = events.filter(
        ({ kind, incidentId }) => incidentId !== null && (kind === 'alert.opened' || kind === 'incident.alertJoined'),
      );
      expect(homes, JSON.stringify([alert.title, kinds])).toHaveLength(alert.incidentId === null ? 0 : 1);
    }
  }

  /** In one incident that goes on, which is found by what the alert is about; or held back by a rule that says why. */
  async function expectEveryAlertHasItsPlace({ alerts }: Outcome): Promise<void> {
    for (const { incidentId, pendingKey, explanation, title } of alerts) {
      const isHeld = incidentId === null;
      expect([title, isHeld, explanation?.outcome === 'heldBack']).toEqual([title, pendingKey !== null, isHeld]);
    }
    const ids = [...new Set(alerts.map(({ incidentId }) => incidentId))];
    const { rows } = await database.pool.query<{ problem: string; id: number }>(
      `select 'holds alerts and was merged' as problem, id from incident where id = any($1) and merged_into is not null
       union all select 'is merged into what was merged', i.id from incident i join incident j on j.id = i.merged_into
        where j.merged_into is not null
       union all select 'shares its key', min(id) from incident where accepts_alerts group by correlation_key having count(*) > 1
       union all select 'is not found by the service of its alert', a.incident_id from alert a join incident i on i.id = a.incident_id
        where i.id = any($1) and a.explanation->>'ruleId' = 'default' and a.service is not null
          and a.labels->>'alertname' not like 'Certificate%'
          and not exists (select from incident_scope s join incident h on h.id = s.incident_id
             where i.id in (h.id, h.merged_into) and s.kind = 'service' and s.value = a.service
               and s.environment = coalesce(a.environment, '')
               and s.first_at <= date_trunc('minute', a.starts_at) + interval '1 minute' and s.last_at >= date_trunc('minute', a.starts_at))
       union all select 'lacks the service of its alert', a.incident_id from alert a join incident i on i.id = a.incident_id
        where i.id = any($1) and a.service is not null and not a.service = any(i.services)
       union all select 'is quiet for ever', i.id from incident i
        where i.id = any($1) and i.phase = 'detected'
          and not exists (select from alert a where a.incident_id = i.id and a.closed_at is null)
          and not exists (select from timer t where t.kind = 'incident.autoResolve' and t.key = i.id::text)`,
      [ids],
    );
    expect(rows).toEqual([]);
  }
});
