import { staleSweepJob } from '@tocsin/ingest/jobs/staleSweep';
import type { Configuration } from '@tocsin/ingest/placing';
import { surfaceAlerts } from '@tocsin/ingest/surface';
import { builtInRule } from '@tocsin/schema/domain/correlateWindows';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import { lockEnvironments } from '@tocsin/schema/postgres/environmentLock';
import { splitIncident } from '@tocsin/schema/postgres/incidentSplit';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { builtInConfiguration } from '../support/builtInConfiguration.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const now = Date.parse('2026-05-01T10:00:00Z');
const ada = { kind: 'person', name: 'ada' } as const;
const patient = { ...builtInRule, id: 'patient', name: 'patient', match: 'labels.kind == "patient"', holdSeconds: 60 };
const { rules } = compileRules({ version: 1, rules: [patient] });
const configuration: Configuration = { ...builtInConfiguration, rules: [...rules, ...builtInConfiguration.rules] };

interface Stored {
  readonly id: number;
  readonly incident_id: number | null;
}

/** A provider failed: an incident that was opened in production also holds alerts of staging. */
describe('whoever touches an incident that spans environments', () => {
  let database: TestDatabase;
  let ingest: IngestHarness;
  let batchPool: Pool;
  beforeEach(async () => {
    database = await createTestDatabase();
    ingest = await startIngest(database, { configuration: () => configuration, now: () => now });
    batchPool = createPool({ connectionString: database.url, applicationName: 'test-turns', pipeline: true });
  });
  afterEach(async () => {
    await ingest.stop();
    await batchPool.end();
    await database.drop();
  });

  async function send(labels: Readonly<Record<string, string>>): Promise<Stored> {
    const sent = { labels, startsAt: new Date(now).toISOString() };
    expect((await ingest.post('/webhooks/alertmanager', alertmanagerBody(sent))).status).toBe(200);
    return newest();
  }
  async function newest(): Promise<Stored> {
    const { rows } = await database.pool.query<Stored>('select id, incident_id from alert order by id desc limit 1');
    if (rows[0] === undefined) throw new Error('Nothing was stored.');
    return rows[0];
  }
  const provider = (service: string, env: string): Promise<Stored> =>
    send({ alertname: 'ProviderErrors', provider: 'post', service, env });

  /** Holds the turn of production until `work` waits for it, changes something, and lets it go on. */
  async function whileProductionIsHeld(work: () => Promise<unknown>, change = 'select 1'): Promise<void> {
    const other = await database.pool.connect();
    try {
      await other.query('begin');
      const own = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
      await lockEnvironments(other, ['production']);
      let isOver = false;
      const done = work().finally(() => (isOver = true));
      done.catch(() => undefined);
      const waits = 'select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))';
      while ((await database.pool.query(waits, [own.rows[0]?.pid])).rowCount === 0) {
        if (isOver) throw new Error('It did not wait for its turn.');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await other.query(change);
      await other.query('commit');
      await done;
    } finally {
      other.release(true);
    }
  }

  it('takes its turn with the environment it was opened in, when an alert has lasted', async () => {
    const waiting = await send({ alertname: 'Slow', service: 'bills', env: 'staging', kind: 'patient' });
    expect(waiting.incident_id).toBeNull();
    const opening = await provider('mail', 'production');
    expect((await provider('bills', 'staging')).incident_id).toBe(opening.incident_id);
    const deps = { batchPool, configuration: () => configuration, now: () => now + minute };
    await whileProductionIsHeld(() => surfaceAlerts(deps, [waiting.id], 'lasted'));
    const { rows } = await database.pool.query<Stored>('select id, incident_id from alert where id = $1', [waiting.id]);
    expect(rows).toEqual([{ id: waiting.id, incident_id: opening.incident_id }]);
  });

  it('takes its turn when a person splits it', async () => {
    const { incident_id: id } = await provider('mail', 'production');
    const bills = await provider('bills', 'staging');
    await whileProductionIsHeld(() => splitIncident(database.pool, id ?? 0, [bills.id], null, ada, now));
    expect((await newest()).incident_id).not.toBe(id);
  });

  it('looks where stale alerts are once it is its turn, and lets that incident calm down', async () => {
    await database.pool.query(`update integration set stale_action = 'resolve'`);
    const mail = await provider('mail', 'production');
    const bills = await provider('bills', 'staging');
    const other = await send({ alertname: 'Other', service: 'apart', env: 'elsewhere' });
    await database.pool.query(
      `update alert set closed_at = now(), ends_at = starts_at, resolve_reason = 'sender' where id in ($1, $2)`,
      [mail.id, other.id],
    );
    const sweep = staleSweepJob(database.pool, () => now + 24 * 60 * minute);
    const timer = { id: 0, kind: 'alert.staleSweep', key: 'all', dueAt: now, attempts: 1, data: {} } as const;
    await whileProductionIsHeld(
      () => sweep(timer),
      `update alert set incident_id = ${other.incident_id} where id = ${bills.id}`,
    );
    const { rows: ends } = await database.pool.query(
      `select incident_id from event where kind = 'alert.resolved' and alert_id = $1`,
      [bills.id],
    );
    expect(ends).toEqual([{ incident_id: other.incident_id }]);
    const { rows: timers } = await database.pool.query(`select key from timer where kind = 'incident.autoResolve'`);
    expect(timers).toEqual([{ key: String(other.incident_id) }]);
  });
});
