import { createMaintenanceCache } from '@tocsin/ingest/jobs/maintenanceCache';
import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import type { MaintenanceDefinition, MaintenanceWindow } from '@tocsin/schema/domain/maintenance';
import { alertsById } from '@tocsin/schema/postgres/alertList';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { createWindow, endWindow, updateWindow } from '@tocsin/schema/postgres/maintenanceCommands';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAlert, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const ada = { kind: 'person', name: 'ada' } as const;

describe('a maintenance window', () => {
  const now = Date.parse('2026-11-27T12:00:00Z');
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const silence = (): MaintenanceDefinition => ({
    kind: 'silence',
    name: 'Disk is being replaced',
    comment: null,
    match: 'service == "checkout"',
    startsAt: now,
    endsAt: now + 3_600_000,
    rrule: null,
    timeZone: null,
    durationSeconds: null,
  });
  const create = (change: Partial<MaintenanceDefinition> = {}): Promise<MaintenanceWindow> =>
    createWindow(database.pool, { ...silence(), ...change }, { actor: ada, now });

  it('is known to every process that caches windows, from the next look on until it ends', async () => {
    const failures: unknown[] = [];
    const onError = (error: unknown): void => void failures.push(error);
    const cache = createMaintenanceCache({ pool: database.pool, onError, pollMs: 20 });
    await cache.start();
    const { id: integrationId } = await addIntegration(database.pool);
    const [stored] = await alertsById(database.pool, [await addAlert(database.pool, { integrationId })]);
    const [integration] = await loadIntegrations(database.pool, [integrationId]);
    if (stored === undefined || integration === undefined) throw new Error('Nothing is stored.');
    const keeper = () => cache.suppressorOf(factsOf(stored, integration, stored.startsAt), now)?.windowId ?? null;
    expect(keeper()).toBeNull();
    const window = await create();
    await expect.poll(keeper).toBe(window.id);
    await endWindow(database.pool, window.id, { actor: ada, now });
    await expect.poll(keeper).toBeNull();
    await cache.stop();
    expect(failures).toEqual([]);
  });

  it('is refused when stale, wrong, or one too many', async () => {
    const codeOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'accepted',
        (error: unknown) => (error instanceof DomainFailure ? error.error : error),
      );
    const window = await create();
    const edit = { actor: ada, now };
    expect(await codeOf(updateWindow(database.pool, window.id, silence(), 7, edit))).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    expect(await codeOf(updateWindow(database.pool, 99, silence(), 1, edit))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await codeOf(endWindow(database.pool, 99, edit))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await codeOf(create({ match: 'nonsense ==' }))).toMatchObject({
      code: 'EXPRESSION_INVALID',
      field: 'match',
    });
    await database.pool.query(
      `insert into maintenance_window (kind, name, match, owner, starts_at, ends_at, created_at, updated_at)
       select kind, name, match, owner, starts_at, ends_at, created_at, updated_at from maintenance_window, generate_series(2, 500)`,
    );
    expect(await codeOf(create())).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
