import type { LogEvent } from '@tocsin/schema/domain/event';
import { logReaderCursor, seesNothingBeyond } from '@tocsin/schema/postgres/logReader';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import type { LogHandler, RespondDeps } from '@tocsin/server/respond/handler';
import { createReader } from '@tocsin/server/respond/reader';
import { retryJob } from '@tocsin/server/respond/retry';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('the reader that acts for people', () => {
  let database: TestDatabase;
  let pool: Pool;
  let poisoned: Set<number>;
  beforeEach(async () => {
    database = await createTestDatabase();
    ({ pool } = database);
    poisoned = new Set();
    await pool.query('create table acted (incident_id bigint, who text)');
  });
  afterEach(() => database.drop());

  const act = async (db: Queryable, who: string, events: readonly LogEvent[]): Promise<void> => {
    for (const { incidentId } of events) {
      await db.query('insert into acted values ($1, $2)', [incidentId, who]);
      if (who === 'frail' && poisoned.has(incidentId ?? 0)) await db.query('select 1 / 0');
    }
  };
  const handler = (name: string): LogHandler => ({
    name,
    kinds: new Set(['incident.opened'] as const),
    handle: (db, events) => act(db, name, events),
  });
  const handlers = [handler('frail'), handler('steady')];
  const readerOf = (all: readonly LogHandler[] = handlers) =>
    createReader({ pool, handlers: all, now: () => Date.now(), onFailure: () => undefined });
  const readAll = async (read: () => Promise<number>): Promise<void> => {
    for (;;) {
      if ((await read()) > 0) continue;
      if (await seesNothingBeyond(pool, await logReaderCursor(pool, 'respond'))) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const acted = async (who: string) =>
    (await pool.query<{ id: number }>('select incident_id as id from acted where who = $1 order by 1', [who])).rows.map(
      ({ id }) => id,
    );
  const open = async (count: number): Promise<readonly number[]> => {
    const ids: number[] = [];
    for (let n = 0; n < count; n++) ids.push((await addIncident(pool)).id);
    return ids;
  };

  it('is held up by nothing that a handler cannot deal with, and tries that again beside the log', async () => {
    const ids = await open(20);
    const [, , third = 0] = ids;
    poisoned.add(third);
    await readAll(readerOf());
    expect(await acted('frail')).toEqual(ids.filter((id) => id !== third));
    expect(await acted('steady')).toEqual(ids);

    let now = Date.now();
    const deps = { pool, now: () => now, logger: pino({ level: 'silent' }) } as unknown as RespondDeps;
    const jobs = new Map([['respond.retry', retryJob(deps, handlers)]] as const);
    const failures: unknown[] = [];
    const worker = createTimerWorker({ pool, jobs, now: () => now, onError: (error) => void failures.push(error) });
    for (let n = 0; n < 3; n++) {
      now += 60_000;
      await worker.runDue();
    }
    expect(failures).toHaveLength(3);
    poisoned.clear();
    now += 60_000;
    await worker.runDue();
    expect(await acted('frail')).toEqual(ids);
  });

  it('gives an event up after six tries, and keeps it to be looked at', async () => {
    const [id = 0] = await open(1);
    poisoned.add(id);
    await readAll(readerOf());
    let now = Date.now();
    const deps = { pool, now: () => now, logger: pino({ level: 'silent' }) } as unknown as RespondDeps;
    const jobs = new Map([['respond.retry', retryJob(deps, handlers)]] as const);
    const worker = createTimerWorker({ pool, jobs, now: () => now, onError: () => undefined });
    let tries = 0;
    for (let n = 0; n < 20; n++) {
      now += 3_600_000;
      tries += await worker.runDue();
    }
    expect(tries).toBe(6);
    const { rows } = await pool.query('select attempts, last_error from timer');
    expect(rows).toEqual([{ attempts: 6, last_error: 'error: division by zero' }]);
  });

  it('acts once, however many processes read and whatever dies in the middle', async () => {
    let calls = 0;
    let deaths = 0;
    const dying: LogHandler = {
      ...handler('steady'),
      handle: async (db, events) => {
        await act(db, 'steady', events);
        // The connection ends with everything that was decided on it.
        if (calls++ % 3 > 0) return;
        deaths++;
        await db.query('select pg_terminate_backend(pg_backend_pid())');
      },
    };
    const ids = await open(30);
    const readers = [readerOf([dying]), readerOf([dying]), readerOf([dying])];
    let late: readonly number[] = [];
    await Promise.all([
      ...readers.map(async (read) => {
        for (let n = 0; n < 20; n++) await read().catch(() => undefined);
      }),
      open(30).then((opened) => (late = opened)),
    ]);
    await readAll(() => readerOf([dying])().catch(() => 1));
    expect(deaths).toBeGreaterThan(0);
    expect(await acted('steady')).toEqual([...ids, ...late]);
  });
});
