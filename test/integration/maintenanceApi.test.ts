import { markSuppressed } from '@tocsin/schema/postgres/maintenanceAlerts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { countStatements } from '../support/countedPool.js';
import { addAlert, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const hour = 3_600_000;
const fields =
  '{ id version kind name match owner state endsAt occurrenceStartsAt occurrenceEndsAt suppressedAlertCount }';

describe('maintenance windows and silences, over the API', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let integrationId: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    integrationId = (await addIntegration(database.pool)).id;
  });
  afterEach(async () => {
    await database.pool.query('delete from alert');
    await database.pool.query('delete from maintenance_window');
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  async function run<T = Record<string, unknown>>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<T> {
    const { data, errors } = await server.ask(query, variables, { 'x-tocsin-actor': encodeURIComponent('Zoë') });
    return (errors[0]?.extensions ?? data?.['done']) as T;
  }
  const iso = (ms: number): string => new Date(ms).toISOString();
  const silence = (change: object = {}): object => ({
    kind: 'SILENCE',
    name: 'Disk is being replaced',
    match: 'service == "checkout"',
    startsAt: iso(Date.now() - 1_000),
    endsAt: iso(Date.now() + hour),
    ...change,
  });
  const create = (change: object = {}) =>
    run<{ id: string; version: number }>(
      `mutation ($input: MaintenanceInput!) { done: createMaintenanceWindow(input: $input) ${fields} }`,
      { input: silence(change) },
    );
  const preview = (change: object = {}) =>
    run(
      'query ($input: MaintenanceInput!) { done: previewMaintenance(input: $input) { firingCount recentCount isExact alerts { id } occurrences { startsAt endsAt } } }',
      { input: silence(change) },
    );

  it('are created by the person who asks, changed by whoever saw the newest version, and ended', async () => {
    const made = await create();
    expect(made).toMatchObject({ version: 1, kind: 'SILENCE', owner: 'zoe', state: 'ACTIVE', suppressedAlertCount: 0 });
    const update = (expectedVersion: number) =>
      run(
        `mutation ($input: MaintenanceInput!) { done: updateMaintenanceWindow(id: ${made.id}, expectedVersion: ${expectedVersion}, input: $input) ${fields} }`,
        { input: silence({ name: 'Longer', endsAt: iso(Date.now() + 2 * hour) }) },
      );
    expect(await update(1)).toMatchObject({ version: 2, name: 'Longer', owner: 'zoe' });
    expect(await update(1)).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    const ended = await run<{ endsAt: string }>(`mutation { done: endMaintenanceWindow(id: ${made.id}) ${fields} }`);
    expect(ended).toMatchObject({ version: 3, state: 'ENDED', occurrenceStartsAt: null });
    expect(Date.parse(ended.endsAt)).toBeLessThanOrEqual(Date.now());
    expect(await run('mutation { done: endMaintenanceWindow(id: 999999) { id } }')).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('are listed by their state, with what they kept quiet, in a fixed number of statements', async () => {
    const active = await create();
    const later = await create({ startsAt: iso(Date.now() + hour / 2) });
    const over = await create();
    await run(`mutation { done: endMaintenanceWindow(id: ${over.id}) { id } }`);
    const ids = [await addAlert(database.pool, { integrationId }), await addAlert(database.pool, { integrationId })];
    await markSuppressed(
      database.pool,
      ids,
      ids.map(() => Number(active.id)),
    );
    const list = `{ done: maintenanceWindows ${fields} }`;
    expect(await run(list)).toMatchObject([
      { id: active.id, state: 'ACTIVE', suppressedAlertCount: 2 },
      { id: later.id, state: 'UPCOMING', suppressedAlertCount: 0 },
      { id: over.id, state: 'ENDED' },
    ]);
    expect(await run('{ done: maintenanceWindows(state: UPCOMING) { id } }')).toEqual([{ id: later.id }]);
    // The version, live windows, ended windows, counts.
    expect(await countStatements(database.pool, () => run(list))).toBe(4);
  });

  it('show before they are created what they would match', async () => {
    const firing = await addAlert(database.pool, { integrationId, startsAt: Date.now() - 48 * hour });
    const newer = await addAlert(database.pool, { integrationId });
    const resolved = await addAlert(database.pool, { integrationId, endsAt: Date.now() });
    await addAlert(database.pool, { integrationId, startsAt: Date.now() - 48 * hour, endsAt: Date.now() });
    await addAlert(database.pool, { integrationId, service: 'orders' });
    expect(await preview()).toMatchObject({ firingCount: 2, recentCount: 2, isExact: true });
    const { alerts } = (await preview()) as { alerts: { id: string }[] };
    expect(alerts.map(({ id }) => Number(id))).toEqual([firing, newer, resolved]);
    expect(await preview({ match: 'host == "db-1"' })).toMatchObject({ firingCount: 0, recentCount: 0 });
    await addAlert(database.pool, { integrationId, labels: { node: 'db-1' } });
    expect(await preview({ match: 'host == "db-1"' })).toMatchObject({ firingCount: 1, recentCount: 1 });
  });

  it('say so where there is more than they look at', async () => {
    await database.pool.query(
      `insert into alert (integration_id, fingerprint, severity, title, service, labels, annotations, starts_at,
                          starts_at_is_sent, received_at, last_received_at, received_count, material_hash)
       select $1, 'many-' || n, 0, 'Down', 'checkout', '{}', '{}', now(), true, now(), now(), 1, ''
         from generate_series(1, 20001) as n`,
      [integrationId],
    );
    const answer = (await preview()) as { alerts: object[] };
    expect(answer).toMatchObject({ firingCount: 20_000, recentCount: 20_000, isExact: false });
    expect(answer.alerts).toHaveLength(20);
  });

  it('show when they recur, in their own zone', async () => {
    const recurring = {
      kind: 'WINDOW',
      startsAt: '2027-03-26T23:00:00.000Z',
      endsAt: null,
      rrule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30',
      timeZone: 'Europe/Berlin',
      durationSeconds: 3_600,
    };
    expect(await preview(recurring)).toMatchObject({
      occurrences: [
        { startsAt: '2027-03-27T01:30:00.000Z', endsAt: '2027-03-27T02:30:00.000Z' },
        { startsAt: '2027-03-28T01:30:00.000Z', endsAt: '2027-03-28T02:30:00.000Z' },
        { startsAt: '2027-03-29T00:30:00.000Z', endsAt: '2027-03-29T01:30:00.000Z' },
        { startsAt: '2027-03-30T00:30:00.000Z', endsAt: '2027-03-30T01:30:00.000Z' },
        { startsAt: '2027-03-31T00:30:00.000Z', endsAt: '2027-03-31T01:30:00.000Z' },
      ],
    });
    expect(await create(recurring)).toMatchObject({
      state: 'UPCOMING',
      occurrenceStartsAt: '2027-03-27T01:30:00.000Z',
    });
  });

  it('are refused with the field that is wrong, and an expression with its place', async () => {
    const refusals: readonly (readonly [object, object])[] = [
      [{ name: ' ' }, { code: 'INVALID_INPUT', field: 'name' }],
      [{ name: 'a\u0000' }, { code: 'INVALID_INPUT', field: 'name' }],
      [{ endsAt: null }, { code: 'INVALID_INPUT', field: 'endsAt' }],
      [{ rrule: 'FREQ=SECONDLY' }, { code: 'INVALID_INPUT', field: 'rrule' }],
      [{ kind: 'WINDOW', rrule: 'FREQ=SECONDLY', timeZone: 'UTC', durationSeconds: 60 }, { field: 'rrule' }],
      [{ kind: 'WINDOW', rrule: 'FREQ=DAILY', timeZone: 'UTC', durationSeconds: 0 }, { field: 'durationSeconds' }],
      [{ match: 'service == ' }, { code: 'EXPRESSION_INVALID', field: 'match', line: 1, column: expect.any(Number) }],
      [{ match: 'title' }, { code: 'EXPRESSION_INVALID', field: 'match' }],
    ];
    for (const [change, refusal] of refusals) {
      expect(await create(change)).toMatchObject(refusal);
      expect(await preview(change)).toMatchObject(refusal);
    }
    expect(await run('{ done: maintenanceWindows { id } }')).toEqual([]);
  });
});
