import { maintenanceBeginsJob } from '@tocsin/ingest/jobs/maintenanceBegins';
import { maintenanceEndsJob } from '@tocsin/ingest/jobs/maintenanceEnds';
import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import type { MaintenanceDefinition, MaintenanceWindow } from '@tocsin/schema/domain/maintenance';
import { suppressedAlertCounts, windowsById } from '@tocsin/schema/postgres/maintenance';
import { markSuppressed, markSurfaced, suppressionsOf } from '@tocsin/schema/postgres/maintenanceAlerts';
import { createWindow, endWindow, updateWindow } from '@tocsin/schema/postgres/maintenanceCommands';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertFixture, addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const hour = 60 * minute;
const ada = { kind: 'person', name: 'ada' } as const;

describe('a maintenance window, on a clock that the test moves', () => {
  let database: TestDatabase;
  let integrationId: number;
  let now: number;
  let surfaced: number[];
  let failures: unknown[];
  let runDue: () => Promise<number>;
  beforeEach(async () => {
    database = await createTestDatabase();
    ({ id: integrationId } = await addIntegration(database.pool));
    now = Date.parse('2026-11-27T12:00:00Z');
    surfaced = [];
    failures = [];
    const surface = async (ids: readonly number[]): Promise<void> => {
      surfaced.push(...ids);
      await markSurfaced(database.pool, ids, now);
    };
    const { pool } = database;
    const worker = createTimerWorker({
      pool,
      now: () => now,
      jobs: new Map([
        ['maintenance.begins', maintenanceBeginsJob(pool, () => now)],
        ['maintenance.ends', maintenanceEndsJob({ pool, now: () => now, surface })],
      ]),
      onError: (error) => void failures.push(error),
    });
    runDue = async () => {
      let ran = 0;
      for (let count = await worker.runDue(); count > 0; count = await worker.runDue()) ran += count;
      return ran;
    };
  });
  afterEach(async () => {
    await database.drop();
    if (failures.length > 0) throw new AggregateError(failures, 'A job failed.');
  });

  const silence = (): MaintenanceDefinition => ({
    kind: 'silence',
    name: 'Disk is being replaced',
    comment: null,
    match: 'service == "checkout"',
    startsAt: now,
    endsAt: now + hour,
    rrule: null,
    timeZone: null,
    durationSeconds: null,
  });
  const create = (change: Partial<MaintenanceDefinition> = {}): Promise<MaintenanceWindow> =>
    createWindow(database.pool, { ...silence(), ...change }, { actor: ada, now });
  const alert = (change: Partial<AlertFixture> = {}): Promise<number> =>
    addAlert(database.pool, { integrationId, startsAt: now, ...change });
  /** As ingest stores what arrives inside of a window. */
  const quietAlert = async (window: MaintenanceWindow, change: Partial<AlertFixture> = {}): Promise<number> => {
    const id = await alert(change);
    await markSuppressed(database.pool, [id], [window.id]);
    return id;
  };
  const quiet = async (...ids: number[]): Promise<readonly (number | null)[]> => {
    const found = await suppressionsOf(database.pool, ids, now);
    return ids.map((id) => found.get(id)?.windowId ?? null);
  };
  const events = async (kind: string) =>
    (
      await database.pool.query<{ alert_id: number | null; incident_id: number | null; actor: string; data: object }>(
        'select alert_id, incident_id, actor, data from event where kind = $1 order by position',
        [kind],
      )
    ).rows;
  const one = async (id: number): Promise<MaintenanceWindow | undefined> => (await windowsById(database.pool, [id]))[0];

  it('marks what fires already when it is created, and leaves it in its incident', async () => {
    const incident = await addIncident(database.pool);
    const ids = [
      await alert({ incidentId: incident.id }),
      await alert({ service: 'orders' }),
      await alert({ endsAt: now }),
    ];
    const window = await create();
    await runDue();
    expect(await quiet(...ids)).toEqual([window.id, null, null]);
    expect(await events('alert.suppressed')).toEqual([
      {
        alert_id: ids[0],
        incident_id: incident.id,
        actor: 'tocsin',
        data: { windowId: window.id, name: window.name, until: now + hour },
      },
    ]);
    expect((await database.pool.query('select phase from incident')).rows).toEqual([{ phase: 'detected' }]);
  });

  it('begins when its time comes, and not before', async () => {
    const id = await alert();
    const window = await create({ startsAt: now + hour, endsAt: now + 2 * hour });
    await runDue();
    now += hour - 1;
    expect(await runDue()).toBe(0);
    expect(await quiet(id)).toEqual([null]);
    now += 1;
    await runDue();
    expect(await quiet(id)).toEqual([window.id]);
  });

  it('hands over what still fires when it ends, and nothing else', async () => {
    const incident = await addIncident(database.pool);
    const window = await create();
    const firing = await quietAlert(window);
    const over = await quietAlert(window, { endsAt: now });
    const inIncident = await quietAlert(window, { incidentId: incident.id });
    now += hour - 1;
    await runDue();
    expect(surfaced).toEqual([]);
    now += 1;
    await runDue();
    expect(surfaced).toEqual([firing]);
    expect(await quiet(firing, over, inIncident)).toEqual([null, window.id, null]);
    expect(await events('alert.surfaced')).toMatchObject([{ alert_id: inIncident, incident_id: incident.id }]);
    expect(await one(window.id)).toMatchObject({ endedAt: now });
    expect(await events('maintenance.ended')).toMatchObject([{ actor: 'tocsin', data: { windowId: window.id } }]);
    expect(await suppressedAlertCounts(database.pool, [window.id])).toEqual(new Map([[window.id, 3]]));
  });

  it('hands over what is in an incident that people have closed meanwhile', async () => {
    const incident = await addIncident(database.pool);
    const window = await create();
    const id = await quietAlert(window, { incidentId: incident.id });
    await database.pool.query(`update incident set phase = 'resolved', resolved_at = now()`);
    now += hour;
    await runDue();
    expect(surfaced).toEqual([id]);
  });

  it('hands over a whole storm, page by page', async () => {
    const window = await create();
    const ids: number[] = [];
    for (let n = 0; n < 1_100; n++) ids.push(await alert());
    await runDue();
    expect((await quiet(...ids)).filter((each) => each === window.id)).toHaveLength(1_100);
    now += hour;
    await runDue();
    expect(surfaced).toEqual(ids);
  });

  it('looks again, for a batch that was decided on before its end and committed after it', async () => {
    const window = await create();
    now += hour;
    await runDue();
    const late = await quietAlert(window);
    now += 30_000;
    await runDue();
    expect(surfaced).toEqual([late]);
    expect((await database.pool.query(`select 1 from timer where kind like 'maintenance.%'`)).rows).toEqual([]);
  });

  it('leaves to another that still runs what that one matches', async () => {
    const short = await create();
    const long = await create({ endsAt: now + 2 * hour, match: 'service == "checkout" && severity == critical' });
    const [critical, low] = [await quietAlert(short), await quietAlert(short, { severity: 'low' })];
    now += hour;
    await runDue();
    expect(surfaced).toEqual([low]);
    expect(await quiet(critical, low)).toEqual([long.id, null]);
    now += hour;
    await runDue();
    expect(surfaced).toEqual([low, critical]);
  });

  it('surfaces what it no longer matches when a person changes it, and at once when a person ends it', async () => {
    const window = await create();
    const [checkout, orders] = [await quietAlert(window), await alert({ service: 'orders' })];
    const definition = { ...silence(), match: 'service == "orders"' };
    const changed = await updateWindow(database.pool, window.id, definition, window.version, { actor: ada, now });
    await runDue();
    expect(surfaced).toEqual([checkout]);
    expect(await quiet(checkout, orders)).toEqual([null, window.id]);
    expect(await events('maintenance.changed')).toMatchObject([
      { actor: 'ada', data: { version: 2, from: { match: 'service == "checkout"' }, to: definition } },
    ]);
    now += minute;
    expect(await endWindow(database.pool, window.id, { actor: ada, now })).toMatchObject({ endedAt: now, version: 3 });
    expect(await endWindow(database.pool, window.id, { actor: ada, now: now + 1 })).toMatchObject({ endedAt: now });
    await runDue();
    expect(surfaced).toEqual([checkout, orders]);
    expect(await events('maintenance.ended')).toMatchObject([{ actor: 'ada' }]);
    await expect(
      updateWindow(database.pool, window.id, definition, changed.version + 1, { actor: ada, now }),
    ).rejects.toThrow('The window has ended');
  });

  it('that recurs keeps quiet night after night, and is over after the last', async () => {
    const window = await create({
      kind: 'window',
      endsAt: null,
      rrule: 'FREQ=DAILY;COUNT=2;BYHOUR=2;BYMINUTE=0',
      timeZone: 'Europe/Berlin',
      durationSeconds: 3_600,
    });
    const id = await alert();
    await runDue();
    const nights: (readonly [at: string, keeper: number | null])[] = [];
    for (; now < Date.parse('2026-11-30T00:00:00Z'); now += 30 * minute) {
      await runDue();
      const [keeper = null] = await quiet(id);
      if (keeper !== (nights.at(-1)?.[1] ?? null)) nights.push([new Date(now).toISOString(), keeper]);
    }
    expect(nights).toEqual([
      ['2026-11-28T01:00:00.000Z', window.id],
      ['2026-11-28T02:00:00.000Z', null],
      ['2026-11-29T01:00:00.000Z', window.id],
      ['2026-11-29T02:00:00.000Z', null],
    ]);
    expect(await one(window.id)).toMatchObject({ endedAt: Date.parse('2026-11-29T02:00:00Z') });
    expect((await database.pool.query(`select 1 from timer where kind like 'maintenance.%'`)).rows).toEqual([]);
  });
});
