import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { insertBlock, selectRows } from '@tocsin/schema/clickhouse/client';
import { internalRoutes } from '@tocsin/server/kpi/internalRoutes';
import { clickhouseFolder } from '@tocsin/server/kpi/openStores';
import { rebuildProjection } from '@tocsin/server/kpi/rebuildProjection';
import { rebuildResult, verifyResult } from '@tocsin/server/kpi/reportText';
import { runningProcessFile } from '@tocsin/server/kpi/runningProcess';
import { verifyKpis, type KpiStores, type VerifyReport } from '@tocsin/server/kpi/verifyKpis';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClickHouse, type TestClickHouse } from '../support/embeddedClickHouse.js';
import { createKpiScenario, type KpiScenario } from '../support/kpiScenario.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const at = Date.parse('2026-05-04T10:00:30.125Z');

describe('verify and rebuild', () => {
  let database: TestDatabase;
  let store: TestClickHouse;
  let scenario: KpiScenario;
  let stores: KpiStores;
  beforeAll(async () => {
    [database, store] = [await createTestDatabase(), await createTestClickHouse()];
    stores = { pool: database.pool, clickhouse: store.clickhouse };
    scenario = await createKpiScenario(database.pool);
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const differences = (report: VerifyReport): readonly string[] =>
    report.outcome === 'compared'
      ? report.differences.map((each) => `${each.metric} ${each.grouping} ${each.field}`)
      : ['behind'];

  it('agree on nothing at all', async () => {
    const report = await verifyKpis(stores);
    expect(differences(report)).toEqual([]);
    expect(verifyResult(report)).toMatchObject({ exitCode: 0 });
  });

  it('bring ClickHouse up to the log first, and agree on every number', async () => {
    await fill(scenario);
    const report = await verifyKpis(stores);
    expect(differences(report)).toEqual([]);
    const { text, exitCode } = verifyResult(report);
    expect(text).toMatch(/^\d{4,} numbers compared, 0 differences$/);
    expect(exitCode).toBe(0);
  });

  it('go on beside a running writer', async () => {
    let isWriting = true;
    const writing = (async () => {
      while (isWriting) await scenario.incident({ openedAt: at, acknowledgedAt: at + 1_234 }, 1);
    })();
    const reports = [await verifyKpis(stores), await verifyKpis(stores)];
    isWriting = false;
    await writing;
    expect(reports.flatMap(differences)).toEqual([]);
  });

  it('say that nothing was compared while a transaction holds the log back', async () => {
    const slow = await database.pool.connect();
    await slow.query('begin');
    await slow.query('select pg_current_xact_id()');
    await scenario.received(at, { outcome: 'ignored', count: 1 });
    const report = await verifyKpis(stores, { patienceMs: 100 });
    await slow.query('rollback');
    slow.release();
    expect(report.outcome).toBe('behind');
    expect(verifyResult(report)).toMatchObject({ exitCode: 2 });
  });

  it('find a changed instant and a lost count in ClickHouse, and exit with 1', async () => {
    const [fact] = await selectRows<Record<string, unknown>>(
      store.clickhouse,
      `select * from incident_fact final where phase = 'acknowledged' order by incident_id limit 1`,
    );
    await insertBlock(store.clickhouse, 'incident_fact', 'injected', [
      { ...fact, acknowledged_at: at + 99_000, revision: Number(fact?.['revision']) + 1_000 },
    ]);
    const report = await verifyKpis(stores);
    expect(differences(report)).toEqual(
      expect.arrayContaining(['MTTA OVERALL mean', 'MTTA DAY mean', 'MTTA SERVICE mean', 'MTTA TEAM mean']),
    );
    const { text, exitCode } = verifyResult(report);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/MTTA\s+day\s+2026-05-04\s+mean\s+[\d.]+\s+-[\d.]+/);

    await store.clickhouse.command({
      query: `alter table alert_received delete where outcome = 'repeated' settings mutations_sync = 1`,
    });
    expect(differences(await verifyKpis(stores))).toEqual(
      expect.arrayContaining(['ALERTS_RECEIVED OVERALL n', 'DEDUP_RATIO DAY value']),
    );
  });

  it('rebuild from the log, and agree again', async () => {
    const report = await rebuildProjection(stores);
    expect(report.outcome).toBe('rebuilt');
    expect(rebuildResult(report).text).toMatch(/Rebuilt from \d+ events/);
    expect(differences(await verifyKpis(stores))).toEqual([]);
  });

  describe('as commands', () => {
    it('open the stores themselves when nothing runs', async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-verify-'));
      const environment = { DATABASE_URL: database.url, TOCSIN_DATA_DIR: dataDir };
      const early = await command('verify.js', environment);
      expect(early).toMatchObject({ code: 2, output: expect.stringContaining('There is no ClickHouse data') });
      await mkdir(clickhouseFolder(dataDir));
      const { code, output } = await command('verify.js', environment);
      await rm(dataDir, { recursive: true, force: true });
      expect(output).toMatch(/\d+ numbers compared, 0 differences/);
      expect(code).toBe(0);
    });

    it('ask the process that holds the data directory, with its secret, and refuse a browser', async () => {
      const app = fastify();
      internalRoutes(app, { stores, secret: 'of-the-data-directory' });
      const url = await app.listen({ port: 0, host: '127.0.0.1' });
      const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-verify-'));
      await writeFile(
        runningProcessFile(dataDir),
        JSON.stringify({ pid: process.pid, url, secret: 'of-the-data-directory' }),
      );
      const environment = { DATABASE_URL: database.url, TOCSIN_DATA_DIR: dataDir };

      const rebuilt = await command('rebuild.js', environment);
      expect(rebuilt.output).toMatch(/Rebuilt from \d+ events/);
      expect(rebuilt.code).toBe(0);
      await writeFile(runningProcessFile(dataDir), JSON.stringify({ pid: process.pid, url, secret: 'another' }));
      expect(await command('verify.js', environment)).toMatchObject({
        code: 2,
        output: expect.stringContaining('401'),
      });
      const headers = { authorization: 'Bearer of-the-data-directory', origin: url };
      expect((await fetch(new URL('/internal/rebuild', url), { method: 'POST', headers })).status).toBe(403);

      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    it('say in one sentence what keeps them from running, and exit with 2', async () => {
      const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', CLICKHOUSE_URL: 'http://127.0.0.1:1' };
      const { code, output } = await command('verify.js', nowhere);
      expect(code).toBe(2);
      expect(output).toMatch(/^It could not run: .+\n$/);
    });
  });
});

async function fill(scenario: KpiScenario): Promise<void> {
  const phases = ['detected', 'acknowledged', 'mitigated', 'resolved', 'closed', 'dismissed'];
  for (let n = 0; n < 60; n++) {
    const openedAt = at + n * 5_432_111;
    const phase = phases[n % phases.length] ?? 'detected';
    const isResolved = phase === 'resolved' || phase === 'closed';
    await scenario.incident(
      {
        openedAt,
        phase,
        impactStartedAt: openedAt - n * 777,
        severity: n % 5,
        reopenedCount: n % 3,
        services: [[], ['a'], ['a', 'b'], ['b', "c'"]][n % 4] ?? [],
        team: n % 7 === 0 ? null : `team ${n % 3}`,
        environment: n % 5 === 0 ? null : 'production',
        type: n % 9 === 0 ? 'security' : 'operational',
        acknowledgedAt: n % 4 === 0 || phase === 'detected' ? null : openedAt + n * 1_003,
        dismissReason: phase === 'dismissed' ? (n % 12 === 5 ? 'false_alarm' : 'duplicate') : null,
        firstResolvedAt: isResolved ? openedAt + n * 9_999 : null,
        resolvedAt: isResolved ? openedAt + n * 12_345 : null,
        resolvedByKind: isResolved ? (n % 2 === 0 ? 'person' : 'system') : null,
      },
      n % 4,
    );
    await scenario.received(
      openedAt,
      { outcome: 'repeated', count: n + 1 },
      { outcome: 'test', count: 2, service: null },
    );
  }
  const merged = await scenario.incident({
    openedAt: at,
    phase: 'resolved',
    firstResolvedAt: at + 1,
    resolvedAt: at + 1,
    resolvedByKind: 'person',
  });
  await scenario.incident({ openedAt: at, phase: 'merged', mergedInto: merged, acknowledgedAt: at + 5 });
}

async function command(
  file: 'verify.js' | 'rebuild.js',
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> {
  const path = fileURLToPath(new URL(`../../server/dist/${file}`, import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path],
      { env: { PATH: process.env['PATH'], ...environment } },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
      },
    );
  });
}
