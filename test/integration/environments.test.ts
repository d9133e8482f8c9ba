import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('an environment that senders spell differently', () => {
  let database: TestDatabase;
  let product: Product;
  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct(database.url, { isStarted: false });
    const { secret } = await addSender(database.pool);
    const spellings = ['prod', 'production', ' PRD', 'Production-EU', 'stg'];
    const alerts = spellings.map((env, n) => ({
      labels: { alertname: `Down ${n}`, service: `service-${n}`, env },
      startsAt: new Date(Date.now() - 60_000).toISOString(),
    }));
    await product.post('/webhooks/alertmanager', alertmanagerBody(...alerts), secret);
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  it('is one in the facets of alerts and of incidents', async () => {
    const { data } = await product.graphql(
      `{ alertFacets(fields: ["environment"]) { values { value count } }
         incidentFacets(fields: [ENVIRONMENT]) { values { value count } } }`,
    );
    // One sender's group in one environment is one incident.
    const values = (inProduction: number): readonly object[] => [
      { value: 'production', count: inProduction },
      { value: 'production-eu', count: 1 },
      { value: 'staging', count: 1 },
    ];
    expect(data).toEqual({ alertFacets: [{ values: values(3) }], incidentFacets: [{ values: values(1) }] });
  });

  it('is found by any of its names', async () => {
    for (const name of ['production', 'prod', 'PRD']) {
      const { data } = await product.graphql(
        `query ($names: [String!]) {
           alerts(filter: { environments: $names }) { totalCount { value } }
           incidents(filter: { environments: $names }) { totalCount { value } } }`,
        { names: [name] },
      );
      expect([name, data]).toEqual([
        name,
        { alerts: { totalCount: { value: 3 } }, incidents: { totalCount: { value: 1 } } },
      ]);
    }
  });

  it('stays as it was sent in the labels', async () => {
    const { data } = await product.graphql(
      '{ alerts(filter: { text: "Down 0" }) { nodes { environment labels { name value } } } }',
    );
    expect(data).toMatchObject({
      alerts: {
        nodes: [{ environment: 'production', labels: expect.arrayContaining([{ name: 'env', value: 'prod' }]) }],
      },
    });
  });

  it('is the same where people report it', async () => {
    const { data } = await product.graphql(
      'mutation { createIncident(input: { title: "Slow", severity: LOW, services: [], environment: "Prod" }) { environment } }',
    );
    expect(data).toEqual({ createIncident: { environment: 'production' } });
  });
});
