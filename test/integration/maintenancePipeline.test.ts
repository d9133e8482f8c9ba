import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('an alert inside of a silence', () => {
  let database: TestDatabase;
  let product: Product;
  let secret: string;
  beforeEach(async () => {
    database = await createTestDatabase();
    product = await startProduct(database.url);
    ({ secret } = await addSender(database.pool));
  });
  afterEach(async () => {
    await product.stop();
    await database.drop();
  });

  const startedAt = Date.now() - 60_000;
  const alert = (service: string, endsAt?: number): SentAlert => ({
    labels: { alertname: 'Down', service_name: service, env: 'production' },
    startsAt: new Date(startedAt).toISOString(),
    ...(endsAt === undefined ? {} : { endsAt: new Date(endsAt).toISOString() }),
  });
  const send = async (...alerts: SentAlert[]): Promise<void> => {
    expect(await product.post('/webhooks/alertmanager', alertmanagerBody(...alerts), secret)).toMatchObject({
      status: 200,
    });
  };
  const run = async <T>(query: string, variables: object = {}): Promise<T> => {
    const { data, errors } = await product.graphql(query, variables);
    expect(errors).toBeUndefined();
    return data?.['done'] as T;
  };
  /** A silence of checkout that ingest knows of: until then it looks whether probes are kept quiet. */
  const silence = async (): Promise<string> => {
    const { id } = await run<{ readonly id: string }>(
      'mutation ($input: MaintenanceInput!) { done: createMaintenanceWindow(input: $input) { id } }',
      {
        input: {
          kind: 'SILENCE',
          name: 'Disk is being replaced',
          match: 'service == "checkout" || service.startsWith("probe")',
          startsAt: new Date(Date.now() - 1_000).toISOString(),
          endsAt: new Date(Date.now() + 3_600_000).toISOString(),
        },
      },
    );
    let probes = 0;
    await expect
      .poll(async () => {
        await send(alert(`probe${++probes}`), alert(`probe${probes}`, Date.now() - 1));
        return (await rows(`select 1 from alert where service = 'probe${probes}' and incident_id is null`)).length;
      })
      .toBe(1);
    return id;
  };
  const end = (id: string) => run(`mutation { done: endMaintenanceWindow(id: ${id}) { state } }`);
  const rows = async <T extends object>(sql: string): Promise<readonly T[]> => (await database.pool.query<T>(sql)).rows;
  const alerts = () =>
    rows(
      `select service, suppressed_by is not null and surfaced_at is null as is_quiet, incident_id is not null as has_incident
         from alert where service not like 'probe%' order by service`,
    );
  const incidents = () =>
    rows<{ phase: string }>(
      `select phase, services from incident where not exists (select 1 from unnest(services) as s where s like 'probe%') order by id`,
    );

  it('is stored and opens no incident, and surfaces when a person ends the silence', async () => {
    const id = await silence();
    await send(alert('checkout'), alert('orders'));
    expect(await alerts()).toEqual([
      { service: 'checkout', is_quiet: true, has_incident: false },
      { service: 'orders', is_quiet: false, has_incident: true },
    ]);
    expect(await incidents()).toMatchObject([{ services: ['orders'] }]);
    await end(id);
    await expect.poll(alerts, { timeout: 45_000 }).toMatchObject([
      { service: 'checkout', is_quiet: false, has_incident: true },
      { service: 'orders', is_quiet: false, has_incident: true },
    ]);
    expect(
      (
        await rows(`select kind from event join alert a on a.id = alert_id
           where kind in ('alert.suppressed', 'alert.surfaced') and a.service = 'checkout' order by position`)
      ).map(Object.values),
    ).toEqual([['alert.suppressed'], ['alert.surfaced']]);
  });

  it('that resolves meanwhile never opens an incident', async () => {
    const id = await silence();
    await send(alert('checkout'));
    expect(await alerts()).toEqual([{ service: 'checkout', is_quiet: true, has_incident: false }]);
    await send(alert('checkout', Date.now() - 1));
    await end(id);
    await expect
      .poll(() => rows(`select 1 from timer where kind like 'maintenance.%' and key not like '%:again'`))
      .toEqual([]);
    expect(await incidents()).toEqual([]);
  });

  it('that fires already stays in its incident, which stays open', async () => {
    await send(alert('checkout'));
    const id = await silence();
    await expect.poll(alerts).toMatchObject([{ is_quiet: true, has_incident: true }]);
    expect(await incidents()).toMatchObject([{ phase: 'detected' }]);
    await end(id);
    await expect.poll(alerts).toMatchObject([{ is_quiet: false, has_incident: true }]);
    expect(await incidents()).toHaveLength(1);
  });
});
