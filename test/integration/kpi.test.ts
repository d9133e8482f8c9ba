import { createKpiRelay } from '@tocsin/ingest/kpiRelay';
import { kpiBreakdown, kpiSeries, kpiValues, noiseFunnel } from '@tocsin/schema/clickhouse/kpi';
import { kpiMetrics, type KpiFilter, type KpiMetric, type KpiQuery, type KpiValue } from '@tocsin/schema/domain/kpi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClickHouse, type TestClickHouse } from '../support/embeddedClickHouse.js';
import { fillJune, june10 as day } from '../support/juneIncidents.js';
import { settled } from '../support/settled.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const instant = (text: string): number => Date.parse(text);
const june: KpiQuery = {
  from: instant('2026-06-01T00:00:00Z'),
  to: instant('2026-07-01T00:00:00Z'),
  filter: {},
  timeZone: 'UTC',
};

describe('KPIs', () => {
  let database: TestDatabase;
  let store: TestClickHouse;
  beforeAll(async () => {
    [database, store] = [await createTestDatabase(), await createTestClickHouse()];
    await fillJune(database);
    const silent = { info: () => undefined, warn: () => undefined };
    const relay = createKpiRelay({ pool: database.pool, clickhouse: store.clickhouse, logger: silent });
    await settled(database.pool);
    while ((await relay.runOnce()) > 0);
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const value = async (metric: KpiMetric, filter: KpiFilter = {}): Promise<KpiValue | undefined> =>
    (await kpiValues(store.clickhouse, { ...june, filter }, [metric]))[0];

  it('measure the first acknowledge, and count beside it what nobody acknowledged', async () => {
    // 60, 120, 240 and 600 s; two unacknowledged; merged and dismissed left out
    expect(await value('MTTA')).toMatchObject({
      n: 4,
      value: null,
      mean: 255,
      median: 180,
      p90: expect.closeTo(492, 9),
      excluded: 2,
    });
  });

  it('measure first and final resolve apart, each dated by its own instant', async () => {
    // first resolves: 1200, 600 (reopened and resolved again on July 2), 1800
    expect(await value('MTTR_FIRST')).toMatchObject({ n: 3, mean: 1200, median: 1200, p90: 1680, excluded: 1 });
    // standing resolves in June: 1200, 1800 and the one reopened from May: 40 days
    expect(await value('MTTR_FINAL')).toMatchObject({ n: 3, median: 1800, mean: (1200 + 1800 + 40 * 86_400) / 3 });
    expect(await value('INCIDENTS_RESOLVED')).toMatchObject({ n: 3, value: 3 });
  });

  it('measure detection from the start of the impact', async () => {
    expect(await value('MTTD')).toMatchObject({ n: 6, mean: 50, median: 0, p90: 150, excluded: 1 });
  });

  it('count dismissed incidents as opened and as false alarms, and merged ones nowhere', async () => {
    expect(await value('INCIDENTS_OPENED')).toMatchObject({ n: 7, value: 7, excluded: 1 });
    expect(await value('FALSE_ALARM_SHARE')).toMatchObject({ n: 7, value: 1 / 7 });
    expect(await value('REOPENING_RATE')).toMatchObject({ n: 3, value: 1 / 3 });
    expect(await value('AUTO_RESOLVED_SHARE')).toMatchObject({ n: 3, value: 2 / 3 });
  });

  it('count what was received without test notifications, and how it folds', async () => {
    expect(await value('ALERTS_RECEIVED')).toMatchObject({ n: 40, value: 40 });
    expect(await value('ALERTS_OPENED')).toMatchObject({ n: 14, value: 14 });
    expect(await value('DEDUP_RATIO')).toMatchObject({ n: 40, value: 1 - 14 / 40 });
    expect(await value('COMPRESSION')).toMatchObject({ n: 14, value: 0.5 });
    expect(await noiseFunnel(store.clickhouse, june)).toEqual({
      received: 40,
      alerts: 14,
      incidents: 7,
      acknowledged: 5,
      dedupRatio: 1 - 14 / 40,
      compression: 0.5,
    });
  });

  it('give the equally long period before beside each', async () => {
    const [mtta, opened, received] = await kpiValues(store.clickhouse, june, [
      'MTTA',
      'INCIDENTS_OPENED',
      'ALERTS_RECEIVED',
    ]);
    // 30 days before June 1: from May 2 on
    expect(mtta?.previous).toEqual({ n: 1, value: null, mean: 30, median: 30, p90: 30 });
    expect(opened?.previous).toEqual({ n: 1, value: 1, mean: null, median: null, p90: null });
    expect(received?.previous).toMatchObject({ n: 0, value: 0 });
  });

  it('are zero or nothing where nothing happened, for every metric', async () => {
    const empty = { ...june, from: instant('2020-01-01T00:00:00Z'), to: instant('2020-02-01T00:00:00Z') };
    for (const found of await kpiValues(store.clickhouse, empty, kpiMetrics)) {
      const isCount = ['INCIDENTS_OPENED', 'INCIDENTS_RESOLVED', 'ALERTS_OPENED', 'ALERTS_RECEIVED'].includes(
        found.metric,
      );
      expect(found).toMatchObject({
        n: 0,
        value: isCount ? 0 : null,
        mean: null,
        median: null,
        p90: null,
        excluded: 0,
      });
    }
  });

  it('count an incident with two services under each, and under none where it has none', async () => {
    expect(await kpiBreakdown(store.clickhouse, june, 'INCIDENTS_OPENED', 'SERVICE')).toMatchObject([
      { key: 'checkout', n: 5 },
      { key: 'search', n: 2 },
      { key: null, n: 1 },
    ]);
    expect(await kpiBreakdown(store.clickhouse, june, 'MTTA', 'SERVICE')).toMatchObject([
      { key: 'checkout', n: 3, median: 120 },
      { key: 'search', n: 2, median: 420 },
    ]);
  });

  it('break down by every other dimension', async () => {
    const rows = async (metric: KpiMetric, by: Parameters<typeof kpiBreakdown>[3]): Promise<object> =>
      Object.fromEntries(
        (await kpiBreakdown(store.clickhouse, june, metric, by)).map((row) => [String(row.key), row.n]),
      );
    expect(await rows('INCIDENTS_OPENED', 'SEVERITY')).toEqual({ high: 6, critical: 1 });
    expect(await rows('INCIDENTS_OPENED', 'TEAM')).toEqual({ payments: 6, null: 1 });
    expect(await rows('INCIDENTS_OPENED', 'TYPE')).toEqual({ operational: 6, security: 1 });
    expect(await rows('INCIDENTS_OPENED', 'ENVIRONMENT')).toEqual({ production: 6, staging: 1 });
    expect(await rows('INCIDENTS_OPENED', 'SOURCE')).toEqual({ alertmanager: 6, null: 1 });
    expect(await rows('ALERTS_RECEIVED', 'SERVICE')).toEqual({ checkout: 35, search: 5 });
    expect(await rows('ALERTS_RECEIVED', 'SOURCE')).toEqual({ alertmanager: 35, signoz: 5 });
    expect(await rows('COMPRESSION', 'SERVICE')).toEqual({ checkout: 11, search: 3 });
    expect(await rows('ALERTS_RECEIVED', 'TEAM')).toEqual({});
  });

  it('follow every filter, with an empty text for none', async () => {
    const opened = async (filter: KpiFilter): Promise<number | undefined> =>
      (await value('INCIDENTS_OPENED', filter))?.n;
    expect(await opened({ services: ['search'] })).toBe(2);
    expect(await opened({ services: ['search', ''] })).toBe(3);
    expect(await opened({ services: [`x') or 1 = 1 --`] })).toBe(0);
    expect(await opened({ severities: ['critical'] })).toBe(1);
    expect(await opened({ teams: [''] })).toBe(1);
    expect(await opened({ environments: ['staging'], types: ['security'] })).toBe(1);
    expect(await opened({ environments: ['staging'], types: ['operational'] })).toBe(0);
    expect(await opened({ services: [], teams: null })).toBe(7);
    expect(await value('ALERTS_RECEIVED', { services: ['search'] })).toMatchObject({ n: 5 });
    expect(await value('ALERTS_RECEIVED', { teams: ['payments'] })).toMatchObject({ n: 0 });
    expect(await kpiBreakdown(store.clickhouse, { ...june, filter: { services: ['search'] } }, 'INCIDENTS_OPENED', 'SERVICE')).toMatchObject([
      { key: 'search', n: 2 },
    ]); // prettier-ignore
  });

  it('fall into the days of the time zone where clocks change, empty days included', async () => {
    const query = {
      from: instant('2026-03-27T23:00:00Z'),
      to: instant('2026-03-30T22:00:00Z'),
      filter: {},
      timeZone: 'Europe/Berlin',
    };
    const points = await kpiSeries(store.clickhouse, query, 'INCIDENTS_OPENED', 'DAY');
    expect(points.map(({ bucketStart, n, value: count }) => [new Date(bucketStart).toISOString(), n, count])).toEqual([
      ['2026-03-27T23:00:00.000Z', 0, 0],
      ['2026-03-28T23:00:00.000Z', 2, 2],
      ['2026-03-29T22:00:00.000Z', 1, 1],
    ]);
    const inUtc = await kpiSeries(store.clickhouse, { ...query, timeZone: 'UTC' }, 'INCIDENTS_OPENED', 'DAY');
    expect(inUtc.map((point) => point.n)).toEqual([0, 1, 2, 0]);
  });

  it('give a series of medians and of ratios', async () => {
    const days = await kpiSeries(store.clickhouse, june, 'MTTA', 'DAY');
    expect(days).toHaveLength(30);
    expect(days[9]).toMatchObject({ bucketStart: day, n: 4, median: 180 });
    const dedup = await kpiSeries(store.clickhouse, june, 'DEDUP_RATIO', 'MONTH');
    expect(dedup).toMatchObject([{ bucketStart: june.from, n: 40, value: 1 - 14 / 40 }]);
  });

  it('refuse too many points, an empty period and an unknown time zone, naming what is wrong', async () => {
    await expect(kpiSeries(store.clickhouse, june, 'MTTA', 'MINUTE')).rejects.toThrow('2000 points');
    await expect(kpiValues(store.clickhouse, { ...june, to: june.from }, ['MTTA'])).rejects.toThrow('later than');
    await expect(noiseFunnel(store.clickhouse, { ...june, timeZone: 'Mars' })).rejects.toThrow('IANA');
  });
});
