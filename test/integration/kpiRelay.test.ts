import { createKpiRelay, type KpiRelay } from '@tocsin/ingest/kpiRelay';
import { insertBlock, selectRows } from '@tocsin/schema/clickhouse/client';
import { dropClickHouseTables } from '@tocsin/schema/clickhouse/migrate';
import { projectNextRange } from '@tocsin/schema/clickhouse/project';
import { countProjectedRows } from '@tocsin/schema/clickhouse/projectedCounts';
import { kpiReader, kpiSource } from '@tocsin/schema/postgres/kpiSource';
import { withLogReader } from '@tocsin/schema/postgres/logReader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClickHouse, interruptibleClickHouse, type TestClickHouse } from '../support/embeddedClickHouse.js';
import { createKpiScenario, type KpiScenario } from '../support/kpiScenario.js';
import { settled } from '../support/settled.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const at = Date.parse('2026-05-04T10:00:30Z');
const silent = { info: () => undefined, warn: () => undefined };

describe('the KPI relay', () => {
  let database: TestDatabase;
  let store: TestClickHouse;
  let scenario: KpiScenario;
  let relay: KpiRelay;
  beforeAll(async () => {
    [database, store] = [await createTestDatabase(), await createTestClickHouse()];
    scenario = await createKpiScenario(database.pool);
    relay = createKpiRelay({ pool: database.pool, clickhouse: store.clickhouse, logger: silent, rangeLimit: 4 });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const catchUp = async (): Promise<void> => {
    await settled(database.pool);
    while ((await relay.runOnce()) > 0);
  };
  const facts = (): Promise<readonly Record<string, unknown>[]> =>
    selectRows(
      store.clickhouse,
      'select incident_id, phase, alert_count, revision from incident_fact final order by incident_id',
    );

  it('carries counts, events and facts into ClickHouse, and is at the head then', async () => {
    await scenario.received(at, { outcome: 'repeated', count: 5 }, { outcome: 'resolved', count: 2, service: null });
    const id = await scenario.incident({ openedAt: at, services: ['checkout', "o'neill; drop"] }, 3);
    await catchUp();
    expect(await countProjectedRows(store.clickhouse)).toEqual({
      alert_event: 0,
      alert_received: 3,
      incident_event: 1,
      incident_fact: 1,
    });
    expect(await facts()).toEqual([{ incident_id: id, phase: 'detected', alert_count: 3, revision: 1 }]);
    expect(
      await selectRows(store.clickhouse, 'select distinct toString(minute) as minute from alert_received'),
    ).toEqual([{ minute: '2026-05-04 10:00:00.000' }]);
    expect(relay.lagSeconds()).toBe(0);
  });

  it('counts once what a crash between insert and cursor makes it write again', async () => {
    await scenario.received(at + 60_000, { count: 7 });
    const id = await scenario.incident({ openedAt: at });
    const before = await countProjectedRows(store.clickhouse);
    await settled(database.pool);
    const crash = withLogReader(database.pool, kpiReader, (client) =>
      projectNextRange(store.clickhouse, {
        ...kpiSource(client),
        complete: () => Promise.reject(new Error('killed')),
      }),
    );
    await expect(crash).rejects.toThrow('killed');
    // Later events do not stretch the range that was fixed.
    await scenario.change(id, { phase: 'acknowledged', acknowledgedAt: at + 1_000 }, 'incident.acknowledged');
    expect(await relay.runOnce()).toBe(2);
    await catchUp();
    const after = await countProjectedRows(store.clickhouse);
    expect(after['alert_received']).toBe((before['alert_received'] ?? 0) + 1);
    expect(after['incident_event']).toBe((before['incident_event'] ?? 0) + 2);
    const parts = await selectRows(store.clickhouse, 'select count() as n from alert_received where count = 7');
    expect(parts).toEqual([{ n: 1 }]);
    expect((await facts()).at(-1)).toMatchObject({ incident_id: id, phase: 'acknowledged', revision: 2 });
  });

  it('counts once also what is written again after its token was forgotten', async () => {
    const before = await countProjectedRows(store.clickhouse);
    const rows = await selectRows<Record<string, unknown>>(store.clickhouse, 'select * from alert_received final');
    await insertBlock(store.clickhouse, 'alert_received', 'another token', rows);
    expect(await countProjectedRows(store.clickhouse)).toEqual(before);
  });

  it('keeps the newest facts when an older copy arrives late', async () => {
    const id = await scenario.incident({ openedAt: at }, 1);
    await catchUp();
    const old = await selectRows<Record<string, unknown>>(
      store.clickhouse,
      `select * from incident_fact final where incident_id = ${id}`,
    );
    await scenario.change(id, { phase: 'mitigated' }, 'incident.mitigated');
    await catchUp();
    await insertBlock(store.clickhouse, 'incident_fact', 'late copy', old);
    expect((await facts()).at(-1)).toMatchObject({ phase: 'mitigated', revision: 2, alert_count: 1 });
  });

  it('lets one of several relays write, and each row arrive once', async () => {
    for (let n = 0; n < 10; n++) await scenario.incident({ openedAt: at + n }, 2);
    const relays = Array.from({ length: 3 }, () =>
      createKpiRelay({ pool: database.pool, clickhouse: store.clickhouse, logger: silent, rangeLimit: 3 }),
    );
    await Promise.all(relays.map(async (each) => {
      for (let idle = 0; idle < 5; ) idle = (await each.runOnce()) === 0 ? idle + 1 : 0;
    })); // prettier-ignore
    await catchUp();
    const [opened] = await selectRows<{ n: number; distinct: number }>(
      store.clickhouse,
      `select count() as n, uniqExact(position) as distinct from incident_event where kind = 'incident.opened'`,
    );
    expect(opened).toEqual({ n: 13, distinct: 13 });
  });

  it('goes on by itself when ClickHouse was away, and says how far it is behind meanwhile', async () => {
    const store2 = interruptibleClickHouse(store.clickhouse);
    store2.isAway = true;
    let wake: () => void = () => undefined;
    const warnings: string[] = [];
    const live = createKpiRelay({
      pool: database.pool,
      clickhouse: store2.client,
      logger: { info: () => undefined, warn: (_, message) => warnings.push(message) },
      waitForWake: () => new Promise((resolve) => (wake = resolve)),
    });
    const id = await scenario.incident({ openedAt: at });
    live.start();
    await expect.poll(() => warnings.length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(live.lagSeconds()).toBeGreaterThan(0);
    store2.isAway = false;
    await expect.poll(async () => (await facts()).at(-1)?.['incident_id'], { timeout: 20_000 }).toBe(id);
    await expect.poll(() => live.lagSeconds(), { timeout: 10_000 }).toBe(0);
    const next = await scenario.incident({ openedAt: at });
    await expect
      .poll(async () => {
        wake();
        return (await facts()).at(-1)?.['incident_id'];
      }, { timeout: 10_000 })
      .toBe(next); // prettier-ignore
    await live.stop();
  });

  it('writes the whole log again into a ClickHouse that lost its tables', async () => {
    const before = await countProjectedRows(store.clickhouse);
    await dropClickHouseTables(store.clickhouse, { cluster: null });
    const restarted = createKpiRelay({ pool: database.pool, clickhouse: store.clickhouse, logger: silent });
    await settled(database.pool);
    while ((await restarted.runOnce()) > 0);
    expect(await countProjectedRows(store.clickhouse)).toEqual(before);
  });
});
