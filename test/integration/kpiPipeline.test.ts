import type { Actor } from '@tocsin/schema/domain/event';
import { kpiValues } from '@tocsin/schema/clickhouse/kpi';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { mergeIncidents } from '@tocsin/schema/postgres/incidentMerge';
import { splitIncident } from '@tocsin/schema/postgres/incidentSplit';
import { verifyKpis } from '@tocsin/server/kpi/verifyKpis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { builtInConfiguration } from '../support/builtInConfiguration.js';
import { createTestClickHouse, type TestClickHouse } from '../support/embeddedClickHouse.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const base = Date.parse('2026-03-01T10:00:00Z');
const ada: Actor = { kind: 'person', name: 'ada' };
const alert = (name: string, service: string, from: number, to?: number): SentAlert => ({
  labels: { alertname: name, service, env: `site of ${service}`, severity: 'warning' },
  startsAt: new Date(base + from * minute).toISOString(),
  ...(to === undefined ? {} : { endsAt: new Date(base + to * minute).toISOString() }),
});

describe('the numbers of what really happened', () => {
  let database: TestDatabase;
  let store: TestClickHouse;
  let ingest: IngestHarness;
  let now = base;
  beforeAll(async () => {
    [database, store] = [await createTestDatabase(), await createTestClickHouse()];
    ingest = await startIngest(database, {
      now: () => now,
      configuration: () => ({
        ...builtInConfiguration,
        suppressorOf: ({ service }) =>
          service === 'quiet' ? { windowId: 1, name: 'Quiet', kind: 'silence', until: base + 600 * minute } : null,
      }),
    });
  });
  afterAll(async () => {
    await ingest.stop();
    await store.close();
    await database.drop();
  });

  const send = async (...alerts: SentAlert[]): Promise<void> => {
    expect((await ingest.post('/webhooks/alertmanager', alertmanagerBody(...alerts))).status).toBe(200);
  };
  const incidentOf = async (service: string): Promise<number> => {
    const { rows } = await database.pool.query<{ id: number }>(
      'select id from incident where services @> array[$1] order by id desc limit 1',
      [service],
    );
    return rows[0]?.id ?? 0;
  };
  const expectNoDifference = async (): Promise<void> => {
    const report = await verifyKpis({ pool: database.pool, clickhouse: store.clickhouse });
    expect(report).toMatchObject({ outcome: 'compared', differences: [] });
  };

  it('agree after every kind of arrival', async () => {
    await send(alert('Slow', 'shop', 0), alert('Down', 'api', 0), alert('Down', 'api', 0));
    await send(alert('Slow', 'shop', 0));
    await send(alert('Slow', 'shop', 0, 3), alert('Never seen', 'shop', 0, 3));
    await send(alert('Slow', 'shop', 1));
    await send(alert('Down', 'api', 90));
    expect(
      (await ingest.post('/webhooks/alertmanager', { version: '4', alerts: [{ status: 'odd' }] })).status,
    ).toBeLessThan(500);
    await send(alert('Silenced', 'quiet', 2));
    await send(alert('Silenced', 'quiet', 2), alert('Over', 'quiet', 0, 1));
    await Promise.all(Array.from({ length: 40 }, (_, n) => send(alert(`Burst ${n % 13}`, `svc ${n % 7}`, n % 5))));
    await expectNoDifference();
  });

  it('agree after people acknowledged, resolved, reopened, dismissed, merged and split', async () => {
    const command = (id: number, given: Parameters<typeof executeCommand>[2]): Promise<unknown> => {
      now += 7 * minute + 321;
      return executeCommand(database.pool, id, given, ada, now, null);
    };
    const named = ['shop', 'api', 'svc 0', 'svc 1', 'svc 2'];
    const [shop = 0, api = 0, zero = 0, one = 0, two = 0] = await Promise.all(named.map(incidentOf));
    await command(shop, { type: 'acknowledge' });
    await command(shop, { type: 'resolve' });
    await command(shop, { type: 'reopen' });
    await command(shop, { type: 'resolve' });
    await command(api, { type: 'acknowledge' });
    await command(zero, { type: 'dismiss', reason: 'false_alarm', comment: null });
    await mergeIncidents(database.pool, [one], two, ada, now);
    const { rows } = await database.pool.query<{ id: number }>(
      'select id from alert where incident_id = $1 order by id limit 1',
      [two],
    );
    await splitIncident(database.pool, two, [rows[0]?.id ?? 0], null, ada, now);
    await expectNoDifference();
    const period = { from: base - 86_400_000, to: now + minute, filter: { services: ['shop'] }, timeZone: 'UTC' };
    const [mtta, first, final] = await kpiValues(store.clickhouse, period, ['MTTA', 'MTTR_FIRST', 'MTTR_FINAL']);
    const step = (7 * minute + 321) / 1000;
    expect(mtta).toMatchObject({ n: 1, mean: expect.closeTo(step, 9) });
    expect(first).toMatchObject({ n: 1, mean: expect.closeTo(2 * step, 9) });
    expect(final).toMatchObject({ n: 1, mean: expect.closeTo(4 * step, 9) });
  });
});
