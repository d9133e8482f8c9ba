import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { clickHouseIsReachable, createClickHouse, insertBlock, selectRows } from '@tocsin/schema/clickhouse/client';
import { migrateClickHouse, projectionTables } from '@tocsin/schema/clickhouse/migrate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClickHouse, type TestClickHouse } from '../support/embeddedClickHouse.js';

describe('ClickHouse', () => {
  let store: TestClickHouse;
  beforeAll(async () => {
    store = await createTestClickHouse();
  });
  afterAll(() => store.close());

  it('gets its tables once, and again changes nothing', async () => {
    expect(await migrateClickHouse(store.clickhouse)).toMatchObject({ wasEmpty: true, version: 1 });
    expect(await migrateClickHouse(store.clickhouse)).toEqual({ applied: [], wasEmpty: false, version: 1 });
    const tables = await selectRows<{ name: string }>(
      store.clickhouse,
      'select name from system.tables where database = currentDatabase()',
    );
    expect(tables.map(({ name }) => name).toSorted()).toEqual([...projectionTables, 'migration'].toSorted());
  });

  it('drops old events alone when a retention is set', async () => {
    await migrateClickHouse(store.clickhouse, { eventRetentionDays: 30 });
    const kept = await selectRows<{ name: string }>(
      store.clickhouse,
      `select name from system.tables where database = currentDatabase() and create_table_query like '%TTL%' order by name`,
    );
    expect(kept.map(({ name }) => name)).toEqual(['alert_event', 'incident_event']);
    await expect(migrateClickHouse(store.clickhouse, { eventRetentionDays: 0.5 })).rejects.toThrow('whole number');
  });

  it('takes any text as it is, and the same token once', async () => {
    const actor = `a;b\n'; drop table alert_event; --\\ "x" 🔥`;
    const row = {
      position: '9007199254740993',
      xid: '1',
      kind: 'alert.opened',
      alert_id: 1,
      actor_kind: 'person',
      actor,
      occurred_at: Date.now(),
      recorded_at: 0,
    };
    await insertBlock(store.clickhouse, 'alert_event', 'one', [row]);
    await insertBlock(store.clickhouse, 'alert_event', 'one', [row]);
    expect(
      await selectRows(store.clickhouse, 'select toString(position) as position, actor, service from alert_event'),
    ).toEqual([{ position: '9007199254740993', actor, service: null }]);
    expect(await selectRows(store.clickhouse, 'select {text: String} as text', { text: actor })).toEqual([
      { text: actor },
    ]);
  });

  it('is refused when it is newer than this program', async () => {
    await insertBlock(store.clickhouse, 'migration', 'future', [{ version: 999, name: '000999_future.sql' }]);
    await expect(migrateClickHouse(store.clickhouse)).rejects.toThrow('999');
  });

  it('says whether it is reachable', async () => {
    expect(await clickHouseIsReachable(store.clickhouse)).toBe(true);
    const away = await createClickHouse({ url: 'http://127.0.0.1:1' });
    expect(await clickHouseIsReachable(away)).toBe(false);
    await away.close();
  });

  it('says in one sentence that another process has the data directory', async () => {
    const client = fileURLToPath(new URL('../../schema/dist/clickhouse/client.js', import.meta.url));
    const script = `import { createClickHouse } from ${JSON.stringify(client)};
      await createClickHouse({ embeddedPath: ${JSON.stringify(store.folder)} }).catch((e) => console.log(e.name, e.message));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toMatch(/^CannotOpenClickHouse The ClickHouse data directory .* is in use/m);
  });
});
