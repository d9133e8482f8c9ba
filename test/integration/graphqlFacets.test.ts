import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('filters and facets', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let integrationId: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    integrationId = (await addIntegration(database.pool)).id;
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  it('counts each facet without its own filter and with all others', async () => {
    const facet = { environment: 'facets' } as const;
    await addIncident(database.pool, { ...facet, severity: 'critical', services: ['a', 'b'], team: null });
    await addIncident(database.pool, { ...facet, severity: 'low', services: ['b'], team: 'x' });
    await addIncident(database.pool, { ...facet, severity: 'low', services: ['c'], team: 'x' });
    const { data, errors } = await server.ask(
      `{ incidentFacets(filter: { environments: ["facets"], severities: [LOW] }, fields: [SEVERITY, SERVICE, TEAM]) { field isExact values { value count } } }`,
    );
    expect(errors).toEqual([]);
    expect(data?.['incidentFacets']).toEqual([
      {
        field: 'SEVERITY',
        isExact: true,
        values: [
          { value: 'LOW', count: 2 },
          { value: 'CRITICAL', count: 1 },
        ],
      },
      {
        field: 'SERVICE',
        isExact: true,
        values: [
          { value: 'b', count: 1 },
          { value: 'c', count: 1 },
        ],
      },
      { field: 'TEAM', isExact: true, values: [{ value: 'x', count: 2 }] },
    ]);
  });

  it('filters and counts alerts by labels, as Prometheus would', async () => {
    const environment = 'labels';
    for (const [pod, zone] of [
      ['web-1', 'a'],
      ['web-2', 'b'],
      ['db-1', 'a'],
      [null, 'a'],
    ]) {
      const labels = { ...(pod != null && { pod }), ...(zone != null && { zone }) };
      await addAlert(database.pool, { integrationId, environment, labels });
    }
    const count = async (matchers: readonly object[]) => {
      const { data, errors } = await server.ask(
        'query ($f: AlertFilter) { alerts(filter: $f) { totalCount { value } nodes { id } } }',
        { f: { environments: [environment], matchers } },
      );
      return errors.length > 0
        ? errors[0]?.extensions
        : (data as { alerts: { totalCount: { value: number } } }).alerts.totalCount.value;
    };
    expect(await count([{ name: 'pod', op: 'EQ', value: 'web-1' }])).toBe(1);
    expect(await count([{ name: 'pod', op: 'EQ', value: '' }])).toBe(1);
    expect(await count([{ name: 'pod', op: 'NOT_EQ', value: 'web-1' }])).toBe(3);
    expect(await count([{ name: 'pod', op: 'REGEX', value: 'web' }])).toBe(0);
    expect(await count([{ name: 'pod', op: 'REGEX', value: 'web|web-\\d' }])).toBe(2);
    expect(
      await count([
        { name: 'pod', op: 'NOT_REGEX', value: 'web-.*' },
        { name: 'zone', op: 'EQ', value: 'a' },
      ]),
    ).toBe(2);
    const refused = { code: 'INVALID_INPUT', field: 'filter.matchers' };
    expect(await count([{ name: 'pod', op: 'REGEX', value: '(' }])).toEqual(refused);
    expect(await count([{ name: 'pod', op: 'REGEX', value: 'a'.repeat(201) }])).toEqual(refused);
    const { data } = await server.ask(
      'query ($f: AlertFilter) { alertFacets(filter: $f, fields: ["zone", "pod", "status"]) { field values { value count } } }',
      { f: { environments: [environment], matchers: [{ name: 'pod', op: 'REGEX', value: 'web-.*' }] } },
    );
    expect(data?.['alertFacets']).toEqual([
      {
        field: 'zone',
        values: [
          { value: 'a', count: 1 },
          { value: 'b', count: 1 },
        ],
      },
      {
        field: 'pod',
        values: expect.arrayContaining([
          { value: 'db-1', count: 1 },
          { value: null, count: 1 },
        ]),
      },
      { field: 'status', values: [{ value: 'FIRING', count: 2 }] },
    ]);
  });
});
