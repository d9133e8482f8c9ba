import { holdJob } from '@tocsin/ingest/jobs/hold';
import type { Configuration } from '@tocsin/ingest/placing';
import { surfaceAlerts } from '@tocsin/ingest/surface';
import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { builtInRule } from '@tocsin/schema/domain/correlateWindows';
import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { currentRuleSet, saveRuleSet } from '@tocsin/schema/postgres/ruleSet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { builtInConfiguration } from '../support/builtInConfiguration.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const second = 1_000;
const rule = (id: string, fields: Partial<CorrelationRule>): CorrelationRule => {
  return { ...builtInRule, id, name: id, maxHops: 0, ...fields };
};
const several = { count: 2, seconds: 600 };
const byRegion = rule('region', { groupBy: ['labels.region'], threshold: several });
const byCluster = rule('cluster', { groupBy: ['labels.cluster'], threshold: several });
const patient = rule('patient', { groupBy: ['labels.cluster'], holdSeconds: 300 });

describe('an alert that a rule held back, when the rules change', () => {
  let database: TestDatabase;
  let ingest: IngestHarness;
  let batchPool: Pool;
  let configuration: Configuration;
  let clock: number;
  beforeEach(async () => {
    clock = Date.parse('2026-05-01T10:00:00Z');
    database = await createTestDatabase();
    configuration = builtInConfiguration;
    ingest = await startIngest(database, { configuration: () => configuration, now: () => clock });
    batchPool = createPool({ connectionString: database.url, applicationName: 'test-hold', pipeline: true });
    await become(byRegion);
  });
  afterEach(async () => {
    await ingest.stop();
    await batchPool.end();
    await database.drop();
  });

  async function become(only: CorrelationRule): Promise<void> {
    const { version } = await currentRuleSet(database.pool);
    const actor = { kind: 'person', name: 'ada' } as const;
    const { rules } = compileRules({ version: version + 1, rules: [only] });
    configuration = { ...builtInConfiguration, rules: [...rules, ...builtInConfiguration.rules] };
    const request = { rules: [only], expectedVersion: version, comment: null, actor, now: clock };
    await saveRuleSet(database.pool, request);
  }

  async function fire(alertname: string, cluster: string, region: string): Promise<void> {
    const labels = { alertname, cluster, region, env: 'production' };
    const sent = { labels, startsAt: new Date(clock).toISOString() };
    expect((await ingest.post('/webhooks/alertmanager', alertmanagerBody(sent))).status).toBe(200);
  }

  const deps = () => ({ batchPool, configuration: () => configuration, now: () => clock });

  /** What is due by then is looked at. */
  async function passUntil(time: number): Promise<void> {
    clock = time;
    const jobs = new Map([['alert.hold', holdJob({ pool: database.pool, ...deps() })]] as const);
    const onError = (error: unknown): never => {
      throw error;
    };
    await createTimerWorker({ pool: database.pool, jobs, now: () => clock, onError }).runDue();
  }

  const alerts = async (): Promise<readonly (readonly [string, number | null, string | null])[]> => {
    const { rows } = await database.pool.query<{ title: string; incident: number | null; key: string | null }>(
      `select labels->>'alertname' as title, dense_rank() over (order by incident_id)::int * sign(incident_id)::int as incident,
              pending_key as key from alert order by id`,
    );
    return rows.map(({ title, incident, key }) => [title, incident, key]);
  };

  it('waits in the group of the rule that holds it back now', async () => {
    const start = clock;
    await fire('One', 'blue', 'north');
    expect(await alerts()).toEqual([['One', null, 'region · labels.region="north"']]);
    await become(byCluster);
    await passUntil(start + 10 * second);
    expect(await alerts()).toEqual([['One', null, 'cluster · labels.cluster="blue"']]);
    await fire('Other', 'green', 'north');
    await fire('Two', 'blue', 'south');
    const [one, other, two] = await alerts();
    expect([one, other, two]).toEqual([
      ['One', 1, null],
      ['Other', null, 'cluster · labels.cluster="green"'],
      ['Two', 1, null],
    ]);
  });

  it('must last as long as the rule says that holds it back now, counted from its receipt', async () => {
    const start = clock;
    await fire('One', 'blue', 'north');
    await become(patient);
    await passUntil(start + 10 * second);
    expect(await alerts()).toEqual([['One', null, 'patient · labels.cluster="blue"']]);
    await passUntil(start + 300 * second - 1);
    expect((await alerts())[0]?.[1]).toBeNull();
    await passUntil(start + 300 * second);
    expect(await alerts()).toEqual([['One', 1, null]]);
  });

  it('comes into its incident once, though several of its group are looked at together', async () => {
    await fire('One', 'blue', 'north');
    await become(byCluster);
    await fire('Two', 'blue', 'south');
    await fire('Three', 'green', 'north');
    const { rows } = await database.pool.query<{ id: number }>('select id from alert order by id');
    const ids = rows.map(({ id }) => id);
    await surfaceAlerts(deps(), ids, 'lasted');
    const { rows: joined } = await database.pool.query<{ alert_id: number; n: number }>(
      `select alert_id, count(*)::int as n from event where kind = 'incident.alertJoined' group by alert_id order by alert_id`,
    );
    expect(joined).toEqual([
      { alert_id: ids[0], n: 1 },
      { alert_id: ids[1], n: 1 },
    ]);
  });
});
