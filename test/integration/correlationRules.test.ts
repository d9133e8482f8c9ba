import { surfaceAlerts } from '@tocsin/ingest/surface';
import { holdJob } from '@tocsin/ingest/jobs/hold';
import type { Configuration } from '@tocsin/ingest/placing';
import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { builtInRule, compiledBuiltInRule } from '@tocsin/schema/domain/correlateWindows';
import type { Explanation } from '@tocsin/schema/domain/correlation';
import type { Suppression } from '@tocsin/schema/domain/maintenanceSuppressor';
import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import { Topology, type TopologyService } from '@tocsin/schema/domain/topology';
import { unmergeIncident } from '@tocsin/schema/postgres/incidentUnmerge';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const base = Date.parse('2026-05-01T10:00:00Z');
const ada = { kind: 'person', name: 'ada' } as const;

const rule = (id: string, fields: Partial<CorrelationRule>): CorrelationRule => ({
  ...builtInRule,
  id,
  name: id,
  maxHops: 0,
  ...fields,
});
const service = (name: string, dependsOn: readonly string[] = [], team: string | null = null): TopologyService => ({
  name,
  kind: 'api',
  environments: [],
  namespace: null,
  team,
  tier: null,
  aliases: [],
  dependsOn,
});

interface Stored {
  readonly id: number;
  readonly incident_id: number | null;
  readonly explanation: Explanation | null;
  readonly suppressed_by: number | null;
}

describe('rules, topology and silence in the pipeline', () => {
  let database: TestDatabase;
  let ingest: IngestHarness;
  let batchPool: Pool;
  let quiet: Suppression | null = null;
  const { rules } = compileRules({
    version: 7,
    rules: [
      rule('tenants', {
        match: 'labels.kind == "tenant"',
        groupBy: ['labels.tenant'],
        titleTemplate: 'Tenant {{labels.tenant}}',
        severity: 'critical',
        team: 'success',
        notify: 'record',
      }),
      rule('enough', {
        match: 'labels.kind == "threshold"',
        groupBy: ['labels.region'],
        threshold: { count: 3, seconds: 600 },
      }),
      rule('lasting', { match: 'labels.kind == "hold"', groupBy: ['service'], holdSeconds: 60 }),
      rule('by-hand', { match: 'labels.kind == "manual"', groupBy: ['service'], resolve: 'manual' }),
    ],
  });
  const configuration: Configuration = {
    rules: [...rules, compiledBuiltInRule],
    topology: new Topology([service('web', ['db']), service('worker', ['db']), service('db', [], 'storage')]),
    suppressorOf: (alert) => (alert.labels['kind'] === 'quiet' ? quiet : null),
  };
  beforeAll(async () => {
    database = await createTestDatabase();
    batchPool = createPool({ connectionString: database.url, applicationName: 'test-surface', pipeline: true });
    ingest = await startIngest(database, { configuration: () => configuration, now: () => clock });
  });
  afterAll(async () => {
    await ingest.stop();
    await batchPool.end();
    await database.drop();
  });
  let clock = Date.now();

  /** Sends one alert and returns what is stored of it; minutes count from the test's own base. */
  async function send(name: string, labels: Record<string, string>, from: number, to?: number): Promise<Stored> {
    const at = (minutes: number): string => new Date(base + minutes * minute).toISOString();
    const sent = { labels: { alertname: name, severity: 'warning', ...labels }, startsAt: at(from) };
    const body = alertmanagerBody({ ...sent, ...(to === undefined ? {} : { endsAt: at(to) }) });
    expect((await ingest.post('/webhooks/alertmanager', body)).status).toBe(200);
    return stored(name, labels);
  }
  async function stored(name: string, labels: Record<string, string>): Promise<Stored> {
    const { rows } = await database.pool.query<Stored>(
      `select id, incident_id, explanation, suppressed_by from alert
        where labels->>'alertname' = $1 and labels @> $2::jsonb order by id desc limit 1`,
      [name, JSON.stringify(labels)],
    );
    if (rows[0] === undefined) throw new Error(`No alert ${name}.`);
    return rows[0];
  }
  async function incident(id: number | null): Promise<Record<string, unknown> | undefined> {
    const { rows } = await database.pool.query<Record<string, unknown>>('select * from incident where id = $1', [id]);
    return rows[0];
  }
  async function kindsOf(alertId: number): Promise<readonly string[]> {
    const { rows } = await database.pool.query<{ kind: string }>(
      'select kind from event where alert_id = $1 order by event.xid, event.position',
      [alertId],
    );
    return rows.map(({ kind }) => kind);
  }

  it('groups by what a rule says, names, rates and routes the incident, and never shares a bucket of the nameless', async () => {
    const tenant = (name: string): Record<string, string> => ({ kind: 'tenant', tenant: name, service: 'x', env: 'a' });
    const first = await send('Login', tenant('acme'), 0);
    const second = await send('Export', tenant('acme'), 1);
    const other = await send('Login', tenant('globex'), 1);
    const nameless = await send('Login', { kind: 'tenant', service: 'x', env: 'a' }, 1);
    const nameless2 = await send('Export', { kind: 'tenant', service: 'x', env: 'a' }, 1);
    expect(second).toMatchObject({
      incident_id: first.incident_id,
      explanation: { ruleId: 'tenants', ruleVersion: 7 },
    });
    expect(new Set([first, other, nameless, nameless2].map((alert) => alert.incident_id)).size).toBe(4);
    expect(await incident(first.incident_id)).toMatchObject({
      title: 'Tenant acme',
      severity: 0,
      team: 'success',
      notify: 'record',
    });
  });

  it('waits for enough alerts of a group, and lets those that waited go with the one that makes them enough', async () => {
    const labels = (n: number): Record<string, string> => ({
      kind: 'threshold',
      region: 'eu',
      service: `s${n}`,
      env: 'b',
    });
    const first = await send('Lag', labels(1), 0);
    expect(first).toMatchObject({ incident_id: null, explanation: { outcome: 'heldBack', ruleId: 'enough' } });
    await send('Lag', labels(2), 30);
    expect((await send('Lag', labels(3), 35)).incident_id).toBeNull();
    const enough = await send('Lag', labels(4), 36);
    expect(enough.incident_id).not.toBeNull();
    expect(await stored('Lag', labels(2))).toMatchObject({ incident_id: enough.incident_id });
    // Half an hour before the others: no part of it.
    expect(await stored('Lag', labels(1))).toMatchObject({ incident_id: null });
    const { id } = await stored('Lag', labels(2));
    expect(await kindsOf(id)).toEqual(['alert.opened', 'incident.alertJoined']);
    expect((await send('Lag', labels(5), 37)).incident_id).toBe(enough.incident_id);
  });

  it('opens only for what lasts, where a rule says so', async () => {
    const timers = createTimerWorker({
      pool: database.pool,
      jobs: new Map([
        [
          'alert.hold',
          holdJob({ pool: database.pool, batchPool, configuration: () => configuration, now: () => clock }),
        ],
      ]),
      now: () => clock,
      onError: (error) => {
        throw error;
      },
    });
    const lasting = await send('Slow', { kind: 'hold', service: 'lasting', env: 'c' }, 0);
    const blip = await send('Slow', { kind: 'hold', service: 'blip', env: 'c' }, 0);
    expect([lasting.incident_id, blip.incident_id]).toEqual([null, null]);
    await send('Slow', { kind: 'hold', service: 'blip', env: 'c' }, 0, 1);
    clock += 30_000;
    await timers.runDue();
    expect((await stored('Slow', { service: 'lasting' })).incident_id).toBeNull();
    clock += 31_000;
    await timers.runDue();
    const opened = await stored('Slow', { service: 'lasting' });
    expect(opened).toMatchObject({ explanation: { outcome: 'opened', ruleId: 'lasting' } });
    expect((await stored('Slow', { service: 'blip' })).incident_id).toBeNull();
    expect((await send('Errors', { kind: 'hold', service: 'lasting', env: 'c' }, 2)).incident_id).toBe(
      opened.incident_id,
    );
  });

  it('leaves an incident to people where its rule says so', async () => {
    const labels = { kind: 'manual', service: 'vault', env: 'd' };
    const { incident_id: id } = await send('Sealed', labels, 0);
    await send('Sealed', labels, 0, 1);
    const { rows } = await database.pool.query(`select 1 from timer where kind = 'incident.autoResolve' and key = $1`, [
      String(id),
    ]);
    expect(rows).toEqual([]);
  });

  it('stores what is kept quiet without an incident, and surfaces it once nothing keeps it so', async () => {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into maintenance_window (kind, name, match, owner, starts_at, ends_at, created_at, updated_at)
       values ('silence', 'Moving house', 'true', 'ada', now(), now() + interval '1 hour', now(), now()) returning id`,
    );
    const windowId = rows[0]?.id ?? 0;
    quiet = { windowId, name: 'Moving house', kind: 'silence', until: clock + 3_600_000 };
    const labels = { kind: 'quiet', service: 'attic', env: 'e' };
    const alert = await send('Noise', labels, 0);
    expect(alert).toMatchObject({ incident_id: null, suppressed_by: windowId });
    expect(await kindsOf(alert.id)).toEqual(['alert.opened', 'alert.suppressed']);
    const surfacing = { batchPool, configuration: () => configuration, now: () => clock };
    await surfaceAlerts(surfacing, [alert.id], 'released');
    expect((await stored('Noise', labels)).incident_id).toBeNull();
    quiet = null;
    await surfaceAlerts(surfacing, [alert.id], 'released');
    await surfaceAlerts(surfacing, [alert.id], 'released');
    const surfaced = await stored('Noise', labels);
    expect(surfaced.incident_id).not.toBeNull();
    expect(await kindsOf(alert.id)).toEqual([
      'alert.opened',
      'alert.suppressed',
      'alert.surfaced',
      'incident.alertJoined',
    ]);
  });

  it('joins neighbours, and merges by itself what a cause shows to be one; a person can take that back', async () => {
    const web = await send('HttpErrorsHigh', { service: 'web', env: 'f' }, 0);
    const worker = await send('JobsFailing', { service: 'worker', env: 'f' }, 1);
    expect(worker.incident_id).not.toBe(web.incident_id);
    const db = await send('PostgresDown', { service: 'db', env: 'f' }, 2);
    const [moved, stayed] = [await stored('HttpErrorsHigh', { env: 'f' }), await stored('JobsFailing', { env: 'f' })];
    expect(new Set([moved.incident_id, stayed.incident_id, db.incident_id]).size).toBe(1);
    const gone = [web, worker].map((alert) => alert.incident_id).find((id) => id !== db.incident_id) ?? 0;
    expect(await incident(gone)).toMatchObject({ phase: 'merged', merged_into: db.incident_id });
    const { rows } = await database.pool.query<{ data: object }>(
      `select data from event where kind = 'incident.absorbed' and incident_id = $1`,
      [db.incident_id],
    );
    expect(rows).toEqual([{ data: { fromIncidentId: gone, alertCount: 1 } }]);
    await unmergeIncident(database.pool, gone, ada, clock);
    expect(await incident(gone)).toMatchObject({ phase: 'detected', merged_into: null });
    // What a person decided is not decided again.
    await send('PostgresReplicationBroken', { service: 'db', env: 'f' }, 3);
    expect(await incident(gone)).toMatchObject({ phase: 'detected' });
  });
});
