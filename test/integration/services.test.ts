import { startOfLog } from '@tocsin/schema/domain/event';
import { configurationChannel } from '@tocsin/schema/postgres/configurationVersion';
import { listen } from '@tocsin/schema/postgres/listen';
import { readLog } from '@tocsin/schema/postgres/log';
import { catalogueVersion, loadCatalogue } from '@tocsin/schema/postgres/service';
import { editCatalogue, withoutService, withPatches } from '@tocsin/schema/postgres/serviceWrite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { countStatements } from '../support/countedPool.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

/** The format that catalogues are exchanged in. */
const catalogue = JSON.stringify({
  services: [
    {
      name: 'storefront',
      kind: 'web',
      environments: ['production'],
      namespace: 'shop',
      team: 'web',
      tier: 1,
      aliases: ['www'],
      dependsOn: ['basket', 'fx-feed'],
    },
    {
      name: 'basket',
      kind: 'api',
      environments: ['production'],
      namespace: 'shop',
      team: 'orders',
      tier: 1,
      aliases: [],
      dependsOn: ['basket-cache'],
    },
    { name: 'basket-cache', kind: 'redis', environments: ['production'], dependsOn: [] },
  ],
});

describe('the service catalogue', () => {
  let database: TestDatabase;
  let server: ApiServer;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
  });
  afterEach(() => database.pool.query('delete from service'));
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  async function run(query: string, variables: Readonly<Record<string, unknown>> = {}) {
    const { data, errors } = await server.ask(query, variables);
    return errors[0]?.extensions ?? data?.['done'];
  }
  const importing = (document: string, dryRun: boolean | null = false) =>
    run(
      'mutation ($document: String!, $dryRun: Boolean) { done: importServices(document: $document, dryRun: $dryRun) { isApplied changes { kind what name diff } } }',
      { document, dryRun },
    );
  const saving = (input: object) =>
    run(
      'mutation ($input: ServiceInput!) { done: saveService(input: $input) { name kind team tier aliases dependsOn runbookUrl } }',
      { input },
    );

  it('is imported, after a dry run that changes nothing and says what would change', async () => {
    const dry = await importing(catalogue, null);
    expect(dry).toMatchObject({
      isApplied: false,
      changes: [
        { kind: 'ADDED', what: 'service', name: 'basket' },
        { kind: 'ADDED', name: 'basket-cache', diff: expect.arrayContaining(['+kind: redis']) },
        { kind: 'ADDED', name: 'storefront' },
      ],
    });
    expect((await loadCatalogue(database.pool)).services).toEqual([]);
    expect(await importing(catalogue)).toEqual({ ...(dry as object), isApplied: true });
    expect(await importing(catalogue)).toEqual({ isApplied: false, changes: [] });
  });

  it('knows who depends on whom, also on what stands outside of it', async () => {
    await importing(catalogue);
    expect(await run('{ done: services { name dependsOn dependedOnBy } }')).toEqual([
      { name: 'basket', dependsOn: ['basket-cache'], dependedOnBy: ['storefront'] },
      { name: 'basket-cache', dependsOn: [], dependedOnBy: ['basket'] },
      { name: 'storefront', dependsOn: ['basket', 'fx-feed'], dependedOnBy: [] },
    ]);
    expect(await run('{ done: service(name: "WWW") { name } }')).toEqual({ name: 'storefront' });
    expect(await run('{ done: service(name: "fx-feed") { name } }')).toBeNull();
    expect(await run('{ done: services(search: "orders shop") { name } }')).toEqual([{ name: 'basket' }]);
  });

  it('shows what is wrong now with each service, by its name and its aliases', async () => {
    await importing(catalogue);
    const integrationId = (await addIntegration(database.pool)).id;
    const open = await addIncident(database.pool, { services: ['WWW', 'storefront'], severity: 'high' });
    await addIncident(database.pool, { services: ['basket'], severity: 'low' });
    await addAlert(database.pool, { integrationId, service: 'www', severity: 'medium' });
    await addAlert(database.pool, { integrationId, service: 'basket', severity: 'critical', endsAt: Date.now() });
    await addAlert(database.pool, { integrationId, service: 'Basket-Cache', severity: 'critical' });
    const health =
      '{ done: services { name openIncidentCount firingAlertCount worstSeverity openIncidents { id severity } } }';
    expect(await run(health)).toMatchObject([
      { name: 'basket', openIncidentCount: 1, firingAlertCount: 0, worstSeverity: 'LOW' },
      { name: 'basket-cache', openIncidentCount: 0, firingAlertCount: 1, worstSeverity: 'CRITICAL', openIncidents: [] },
      {
        name: 'storefront',
        openIncidentCount: 1,
        firingAlertCount: 1,
        worstSeverity: 'HIGH',
        openIncidents: [{ id: String(open.id), severity: 'HIGH' }],
      },
    ]);
    // The catalogue, its dependencies with it; open incidents; firing alerts; the incidents that are shown.
    expect(await countStatements(database.pool, () => run(health))).toBe(4);
  });

  it('keeps what an edit does not state, in whatever case the name is written', async () => {
    await saving({
      name: 'Mailer',
      team: 'growth',
      runbookUrl: 'https://runbooks/mailer',
      dependsOn: ['smtp', 'SMTP'],
    });
    expect(await saving({ name: 'mailer', team: null, tier: 3 })).toEqual({
      name: 'mailer',
      kind: 'service',
      team: null,
      tier: 3,
      aliases: [],
      dependsOn: ['smtp'],
      runbookUrl: 'https://runbooks/mailer',
    });
    expect((await loadCatalogue(database.pool)).services).toHaveLength(1);
    expect(await run('mutation { done: deleteService(name: "MAILER") }')).toBe(true);
    expect(await run('mutation { done: deleteService(name: "MAILER") }')).toBe(false);
  });

  it('refuses with the field what is wrong, and then changes nothing', async () => {
    await importing(catalogue);
    const before = await loadCatalogue(database.pool);
    expect(await saving({ name: 'x', aliases: ['BASKET'] })).toEqual({ code: 'INVALID_INPUT', field: 'aliases' });
    expect(await saving({ name: 'x', tier: 99 })).toEqual({ code: 'INVALID_INPUT', field: 'tier' });
    expect(await saving({ name: 'x\u0000y' })).toEqual({ code: 'INVALID_INPUT', field: 'name' });
    expect(await importing('services: [')).toEqual({ code: 'INVALID_INPUT', field: 'document' });
    expect(await importing(JSON.stringify([{ name: 'ok' }, { name: 'bad', tier: 99 }]))).toMatchObject({
      field: 'tier',
    });
    expect(await loadCatalogue(database.pool)).toEqual(before);
  });

  it('moves its version with every edit, says so in the log, and wakes who caches it', async () => {
    let woken = 0;
    const listener = listen({
      connectionString: database.url,
      applicationName: 'test-listen',
      channels: [configurationChannel],
      onNotify: () => void woken++,
    });
    // Once for having connected: something may have been missed before.
    await expect.poll(() => woken).toBe(1);
    const before = await catalogueVersion(database.pool);
    await importing(catalogue);
    await importing(catalogue);
    await importing(catalogue, true);
    expect(await catalogueVersion(database.pool)).toBe(before + 1);
    await expect.poll(() => woken).toBe(2);
    await listener.stop();
    await expect
      .poll(async () =>
        (await readLog(database.pool, startOfLog, 1_000)).findLast(
          ({ kind }) => kind === 'configuration.servicesChanged',
        ),
      )
      .toMatchObject({
        actor: { kind: 'person', name: 'operator' },
        data: {
          version: before + 1,
          added: 3,
          changed: 0,
          removed: 0,
          names: ['basket', 'basket-cache', 'storefront'],
        },
      });
  });

  it('loses no edit of two at once', async () => {
    const actor = { kind: 'person', name: 'ada' } as const;
    const names = Array.from({ length: 12 }, (_, n) => `service-${n}`);
    await Promise.all(
      names.map((name) => editCatalogue(database.pool, { edit: withPatches([{ name }]), actor, now: Date.now() })),
    );
    expect((await loadCatalogue(database.pool)).services).toHaveLength(12);
    await Promise.all(
      names.map((name) => editCatalogue(database.pool, { edit: withoutService(name), actor, now: Date.now() })),
    );
    expect((await loadCatalogue(database.pool)).services).toEqual([]);
  });

  it('holds five thousand services with two hundred dependencies each, and no more', async () => {
    const actor = { kind: 'person', name: 'ada' } as const;
    const name = (n: number) => `service-${n % 5_000}`;
    const patches = Array.from({ length: 5_000 }, (_, n) => ({
      name: name(n),
      dependsOn: Array.from({ length: n < 50 ? 200 : 3 }, (_, k) => name(n + k + 1)),
    }));
    await editCatalogue(database.pool, { edit: withPatches(patches), actor, now: Date.now() });
    const { services } = await loadCatalogue(database.pool);
    expect(services).toHaveLength(5_000);
    expect(services.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0)).toBe(50 * 200 + 4_950 * 3);
    expect(await saving({ name: 'one-more' })).toEqual({ code: 'INVALID_INPUT', field: 'services' });
  });
});
