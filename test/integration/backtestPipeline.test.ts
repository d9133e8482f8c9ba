import { holdJob } from '@tocsin/ingest/jobs/hold';
import type { Configuration } from '@tocsin/ingest/placing';
import { createTimerWorker, type TimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { builtInRule, compiledBuiltInRule } from '@tocsin/schema/domain/correlateWindows';
import type { CorrelationRule, RuleSet } from '@tocsin/schema/domain/rule';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import { emptyTopology } from '@tocsin/schema/domain/topology';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { nextTimerAt } from '@tocsin/schema/postgres/timer';
import { runBacktest } from '@tocsin/server/backtest/runBacktest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../fuzz/random.js';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const second = 1_000;
const rule = (id: string, fields: Partial<CorrelationRule>): CorrelationRule => ({
  ...builtInRule,
  id,
  name: id,
  maxHops: 0,
  windowSeconds: 300,
  reopenWindowSeconds: 300,
  ...fields,
});
const several = { count: 3, seconds: 300 };
const ruleSet: RuleSet = {
  version: 1,
  rules: [
    rule('enough', { match: 'labels.kind == "enough"', groupBy: ['labels.region'], threshold: several }),
    rule('lasting', { match: 'labels.kind == "lasting"', groupBy: ['service'], holdSeconds: 120 }),
    rule('both', {
      // By the sender as well, which a stored alert must still be told by.
      match: 'labels.kind == "both" && source == "alertmanager"',
      groupBy: ['labels.region'],
      holdSeconds: 60,
      threshold: { count: 2, seconds: 300 },
    }),
    rule('alike', { match: 'labels.kind == "alike"', threshold: { count: 2, seconds: 200 } }),
  ],
};
const { rules } = compileRules(ruleSet);
const configuration: Configuration = {
  rules: [...rules, compiledBuiltInRule],
  topology: emptyTopology,
  suppressorOf: () => null,
};

interface Condition {
  readonly labels: Readonly<Record<string, string>>;
  startsAt: number | null;
}

const conditions = (run: string): Condition[] =>
  ['enough', 'lasting', 'both', 'alike', 'none'].flatMap((kind) =>
    ['production', 'staging', null].flatMap((env) =>
      ['a', 'b', 'c', 'd'].map((name) => {
        const where = env === null ? {} : { env };
        const labels = { alertname: `${kind}-${name}`, kind, region: 'north', service: `of-${kind}`, run, ...where };
        return { labels, startsAt: null };
      }),
    ),
  );

describe('a backtest and the pipeline', () => {
  let database: TestDatabase;
  let ingest: IngestHarness;
  let batchPool: Pool;
  let timers: TimerWorker;
  let clock = 0;
  beforeAll(async () => {
    database = await createTestDatabase();
    ingest = await startIngest(database, { configuration: () => configuration, now: () => clock });
    batchPool = createPool({ connectionString: database.url, applicationName: 'test-hold', pipeline: true });
    const hold = holdJob({ pool: database.pool, batchPool, configuration: () => configuration, now: () => clock });
    const onError = (error: unknown): never => {
      throw error;
    };
    const jobs = new Map([['alert.hold', hold]] as const);
    timers = createTimerWorker({ pool: database.pool, jobs, now: () => clock, onError });
  });
  afterAll(async () => {
    await ingest.stop();
    await batchPool.end();
    await database.drop();
  });

  /** Lets time pass; what has lasted by then is looked at when it has. */
  async function passUntil(time: number): Promise<void> {
    for (;;) {
      const due = await nextTimerAt(database.pool, ['alert.hold']);
      if (due === null || due > time) break;
      clock = Math.max(clock, due);
      await timers.runDue();
    }
    clock = time;
  }

  /** Some conditions begin, end or are found to have begun again; their senders tell of it up to a minute later. */
  function step(random: Random, all: readonly Condition[], now: number): readonly SentAlert[] {
    const told = all.filter(() => random.chance(0.08));
    return told.map((of) => {
      const at = now - random.below(60_000);
      const began = of.startsAt;
      if (began === null || (random.chance(0.15) && at > began + 400 * second)) {
        of.startsAt = began === null ? at : Math.max(at, began + 400 * second);
        return { labels: of.labels, startsAt: new Date(of.startsAt).toISOString() };
      }
      of.startsAt = null;
      const endsAt = new Date(Math.max(at, began + second)).toISOString();
      return { labels: of.labels, startsAt: new Date(began).toISOString(), endsAt };
    });
  }

  interface Placed {
    readonly id: number;
    readonly incident_id: number | null;
  }
  function groups(homes: readonly Placed[]): readonly (readonly number[])[] {
    const found = new Map<number, number[]>();
    for (const { id, incident_id: incident } of homes) {
      if (incident !== null) found.set(incident, [...(found.get(incident) ?? []), id]);
    }
    return [...found.values()].toSorted(([a], [b]) => (a ?? 0) - (b ?? 0));
  }

  it.each([1, 2, 3])('make the same of thresholds and of what must last, storm %i', async (seed) => {
    const from = Date.parse('2026-05-01T10:00:00Z') + seed * 7 * 86_400_000;
    const random = new Random(seed);
    const all = conditions(String(seed));
    let now = from;
    for (let n = 0; n < 60; n++) {
      await passUntil((now += 1 + random.below(90_000)));
      const alerts = step(random, all, now);
      if (alerts.length === 0) continue;
      expect((await ingest.post('/webhooks/alertmanager', alertmanagerBody(...alerts))).status).toBe(200);
    }
    const to = now + 30 * second;
    await passUntil(to);
    const { rows } = await database.pool.query<Placed>(
      `select id, incident_id from alert where labels->>'run' = $1 order by id`,
      [String(seed)],
    );
    const run = { ruleSet, from, to, isCancelled: () => false, onProgress: () => undefined };
    const fold = await runBacktest(database.pool, run);
    const grouping = fold?.grouping(to);
    const tested = rows.map(({ id }) => {
      const incident = grouping?.incidentOf[fold?.alerts.ids.indexOf(id) ?? -1] ?? null;
      return { id, incident_id: incident === 0 ? null : incident };
    });
    expect(groups(tested)).toEqual(groups(rows));
    // Some waited in vain and some did not, or nothing was tested.
    const { rows: joined } = await database.pool.query(
      `select 1 from event e join alert a on a.id = e.alert_id where e.kind = 'incident.alertJoined' and a.labels->>'run' = $1`,
      [String(seed)],
    );
    const isHeld = rows.some(({ incident_id: incident }) => incident === null);
    expect([isHeld, joined.length > 2, groups(rows).length > 4]).toEqual([true, true, true]);
  });
});
