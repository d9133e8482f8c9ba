import { holdJob } from '@tocsin/ingest/jobs/hold';
import type { Configuration } from '@tocsin/ingest/placing';
import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { builtInRule } from '@tocsin/schema/domain/correlateWindows';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import { createPool } from '@tocsin/schema/postgres/pool';
import { saveRuleSet } from '@tocsin/schema/postgres/ruleSet';
import { expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { builtInConfiguration } from '../support/builtInConfiguration.js';
import { startIngest } from '../support/ingestHarness.js';
import { createTestDatabase } from '../support/testDatabase.js';

const threshold = { ...builtInRule, id: 'enough', name: 'Enough', threshold: { count: 3, seconds: 600 } };

it('decides again on what a rule held back, once that rule is gone', async () => {
  const database = await createTestDatabase();
  let clock = Date.parse('2026-05-01T10:00:00Z');
  const { rules } = compileRules({ version: 1, rules: [threshold] });
  let configuration: Configuration = { ...builtInConfiguration, rules: [...rules, ...builtInConfiguration.rules] };
  const ingest = await startIngest(database, { configuration: () => configuration, now: () => clock });
  const batchPool = createPool({ connectionString: database.url, applicationName: 'test-hold', pipeline: true });
  const homes = async (): Promise<readonly unknown[]> =>
    (await database.pool.query<{ has_incident: boolean }>('select incident_id is not null as has_incident from alert'))
      .rows;
  try {
    const sent = { labels: { alertname: 'Lag', service: 'alone' }, startsAt: new Date(clock).toISOString() };
    expect((await ingest.post('/webhooks/alertmanager', alertmanagerBody(sent))).status).toBe(200);
    expect(await homes()).toEqual([{ has_incident: false }]);

    configuration = builtInConfiguration;
    const actor = { kind: 'person', name: 'ada' } as const;
    const other = { ...builtInRule, id: 'other', name: 'Other', match: 'service == "nobody"' };
    await saveRuleSet(database.pool, { rules: [other], expectedVersion: 0, comment: null, actor, now: clock });
    clock += 10_000;
    const job = holdJob({ pool: database.pool, batchPool, configuration: () => configuration, now: () => clock });
    const jobs = new Map([['alert.hold', job]] as const);
    const onError = (error: unknown): never => {
      throw error;
    };
    await createTimerWorker({ pool: database.pool, jobs, now: () => clock, onError }).runDue();
    expect(await homes()).toEqual([{ has_incident: true }]);
  } finally {
    await ingest.stop();
    await batchPool.end();
    await database.drop();
  }
});
