import { readdir, readFile } from 'node:fs/promises';
import {
  cleanLabelIndexJob,
  firstLabelIndexCare,
  firstStorageCare,
  keepEverything,
  maintainStorageJob,
} from '@tocsin/ingest/jobs/maintainStorage';
import { compareCursors, encodeCursor, startOfLog } from '@tocsin/schema/domain/event';
import { addEventPartitions, dropEventPartitions, logFloor } from '@tocsin/schema/postgres/eventPartitions';
import { logHead, readLog } from '@tocsin/schema/postgres/log';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool } from '@tocsin/schema/postgres/pool';
import { addTimers, claimTimers, nextTimerAt } from '@tocsin/schema/postgres/timer';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApi } from '../support/apiServer.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { fromRoot } from '../support/root.js';
import { settled } from '../support/settled.js';
import { databaseUrl } from '../support/sharedPostgres.js';
import { collect } from '../support/subscription.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const dayMs = 86_400_000;
const monthsAgo = (months: number): Date => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
};

describe('the log by months', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await beginBefore(monthsAgo(3));
    for (const months of [3, 2, 1, 0]) await addEventPartitions(database.pool, monthsAgo(months).getTime());
    await addIncident(database.pool);
  });
  afterAll(() => database.drop());

  /** As if the first partition had been made long ago, and none since. */
  async function beginBefore(upper: Date): Promise<void> {
    const { pool } = database;
    const { rows } = await pool.query<{ name: string }>(
      `delete from event_partition where name <> 'event_first' returning name`,
    );
    for (const { name } of rows) await pool.query(`drop table ${name}`);
    await pool.query('alter table event detach partition event_first');
    await pool.query(
      `alter table event attach partition event_first for values from (minvalue) to ('${upper.toISOString()}')`,
    );
    await pool.query('update event_partition set upper = $1', [upper.toISOString()]);
  }

  async function record(note: string, at: Date): Promise<void> {
    await database.pool.query(
      `insert into event (kind, incident_id, actor_kind, actor, occurred_at, recorded_at, data)
       values ('incident.noteAdded', 1, 'person', 'ada', $1, $1, jsonb_build_object('text', $2::text))`,
      [at.toISOString(), note],
    );
  }

  async function notes(): Promise<readonly string[]> {
    await settled(database.pool);
    const events = await readLog(database.pool, startOfLog, 100);
    expect(events.toSorted((a, b) => compareCursors(a.cursor, b.cursor))).toEqual(events);
    return events.flatMap((event) => (event.kind === 'incident.noteAdded' ? [event.data.text] : []));
  }

  async function tableOf(note: string): Promise<string | undefined> {
    const { rows } = await database.pool.query<{ name: string }>(
      `select tableoid::regclass::text as name from event where data ->> 'text' = $1`,
      [note],
    );
    return rows[0]?.name;
  }

  it('is read in its order across months', async () => {
    await record('third', monthsAgo(1));
    await record('fourth', monthsAgo(3));
    await record('fifth', new Date());
    expect(await notes()).toEqual(['third', 'fourth', 'fifth']);
    expect(await tableOf('third')).toBe(`event_${monthsAgo(1).toISOString().slice(0, 7).replace('-', '_')}`);
  });

  it('refuses changes in every month', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `select name from event_partition union select 'event'`,
    );
    for (const { name } of rows) {
      for (const sql of [`delete from ${name}`, `update ${name} set kind = 'x'`, `truncate ${name}`]) {
        await expect(database.pool.query(sql)).rejects.toThrow(/append-only/);
      }
    }
  });

  it('keeps what no month was made for, and gives it to its month once there is one', async () => {
    const later = monthsAgo(-7);
    await record('far', new Date(later.getTime() + dayMs));
    expect(await tableOf('far')).toBe('event_rest');
    expect(await addEventPartitions(database.pool, later.getTime())).toBe(3);
    expect(await addEventPartitions(database.pool, later.getTime())).toBe(0);
    expect(await tableOf('far')).toBe(`event_${later.toISOString().slice(0, 7).replace('-', '_')}`);
    expect(await notes()).toEqual(['third', 'fourth', 'fifth', 'far']);
    await expect(database.pool.query('delete from event_rest')).rejects.toThrow(/append-only/);
  });

  it('loses no month that a projection has still to read', async () => {
    await database.pool.query(`insert into log_reader (name) values ('slow')`);
    // The first partition is empty; the next holds an event.
    expect(await dropEventPartitions(database.pool, Date.now())).toEqual(['event_first']);
    expect(await logFloor(database.pool)).toBeNull();
    const { xid, position } = await logHead(database.pool);
    await database.pool.query(`update log_reader set after_xid = $1::xid8, after_position = $2`, [xid, position]);
  });

  it('loses whole months that are older than the retention, and tells whoever stands before them', async () => {
    const [old] = await readLog(database.pool, startOfLog, 1);
    const api = await startApi(database);
    const client = api.connect();
    try {
      const before = encodeCursor(startOfLog);
      const query = 'subscription ($after: Cursor) { incidentEvents(after: $after) { cursor event { kind } } }';
      const kept = collect(client, query, { after: before });
      expect(await kept.take(5)).toHaveLength(5);
      kept.stop();

      const dropped = await dropEventPartitions(database.pool, monthsAgo(1).getTime());
      expect(dropped).toHaveLength(2);
      expect(await notes()).toEqual(['third', 'fifth', 'far']);
      expect((await logFloor(database.pool))?.before).toBe(monthsAgo(2).getTime());

      for (const after of [before, encodeCursor(old?.cursor ?? startOfLog)]) {
        const failure = await collect(client, query, { after }).failure();
        expect(failure).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
      }
      const head = encodeCursor(await logHead(database.pool));
      const live = collect(client, query, { after: head });
      await live.started();
      live.stop();
    } finally {
      await client.dispose();
      await api.stop();
    }
  });
});

describe('an older database', () => {
  it('keeps its log, its order and its positions when it is brought up to date', async () => {
    const database = await createTestDatabase();
    const name = `m_${database.url.split('/').at(-1) ?? ''}`;
    await database.pool.query(`create database ${name}`);
    const pool = createPool({ connectionString: databaseUrl(inject('postgresUrl'), name), applicationName: 'test' });
    try {
      const folder = fromRoot('schema/src/postgres/migrations');
      const files = (await readdir(folder)).filter((file) => /^\d{6}_\w+\.sql$/.test(file) && file < '000009');
      await pool.query(
        'create table migration (version integer primary key, name text not null, applied_at timestamptz default now())',
      );
      for (const file of files.toSorted()) {
        await pool.query(await readFile(`${folder}/${file}`, 'utf8'));
        await pool.query('insert into migration (version, name) values ($1, $2)', [Number(file.slice(0, 6)), file]);
      }
      const add = `insert into event (kind, actor_kind, actor, occurred_at, recorded_at, data)
        values ('alert.stale', 'system', 'tocsin', now(), now() - $1::int * interval '40 days', '{}') returning position`;
      const positions: number[] = [];
      const addOne = async (age: number): Promise<void> => {
        const { rows } = await pool.query<{ position: number }>(add, [age]);
        positions.push(...rows.map((row) => row.position));
      };
      for (const age of [9, 1, 0]) await addOne(age);

      await migratePostgres(pool);
      await addOne(0);
      expect(positions).toEqual([1, 2, 3, 4]);
      await settled(pool);
      expect((await readLog(pool, startOfLog, 10)).map((event) => Number(event.cursor.position))).toEqual(positions);
      await expect(pool.query('delete from event')).rejects.toThrow(/append-only/);
    } finally {
      await pool.end();
      await database.pool.query(`drop database ${name} with (force)`);
      await database.drop();
    }
  });
});

describe('what senders sent', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('goes when it is older than its retention, and the next look is an hour later', async () => {
    const { pool } = database;
    const { id } = await addIntegration(pool);
    await pool.query(
      `insert into delivery (integration_id, id, received_at, last_received_at, outcomes)
       select $1, n::text, now() - interval '50 days', now() - n * interval '10 days', '{}' from generate_series(1, 5) as n`,
      [id],
    );
    await pool.query(
      `insert into dead_letter (integration_id, source, received_at, code, message, body)
       select $1, 'generic', now() - (6 - n) * interval '10 days', 'x', 'x', '' from generate_series(1, 5) as n`,
      [id],
    );
    await pool.query(
      `with c as (insert into change_event (integration_id, key, source, title, occurred_at, received_at, links, details)
                  select $1, n::text, 'generic', 'deploy', now() - n * interval '10 days', now(), '[]', '{}'
                    from generate_series(1, 5) as n returning id)
       insert into incident_change (incident_id, change_id) select 1, id from c`,
      [id],
    );
    await pool.query(
      `insert into alert_end (integration_id, fingerprint, ends_at)
       select $1, n::text, now() - n * interval '10 days' from generate_series(1, 5) as n`,
      [id],
    );
    const now = Date.now();
    const left = async (table: string) =>
      (await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n;
    const run = async (retention: typeof keepEverything) => {
      await addTimers(pool, [firstStorageCare(now)]);
      const [timer] = await claimTimers(pool, ['storage.maintain'], now, 30, 1);
      if (timer === undefined) throw new Error('No timer was due.');
      await maintainStorageJob(pool, () => now, retention)(timer);
    };

    await run(keepEverything);
    expect([await left('delivery'), await left('dead_letter'), await left('change_event')]).toEqual([5, 5, 5]);
    await run({ eventDays: 30, deliveryDays: 25, deadLetterDays: 35, changeDays: 45 });
    expect([await left('delivery'), await left('dead_letter')]).toEqual([2, 3]);
    expect([await left('change_event'), await left('incident_change')]).toEqual([4, 4]);
    expect(await left('alert_end')).toBe(2);
    expect(await nextTimerAt(pool, ['storage.maintain'])).toBe(now + 3_600_000);
  });

  it('has its labels sorted into their index beside the batches, every ten seconds', async () => {
    const { pool } = database;
    const { id: integrationId } = await addIntegration(pool, 'labels');
    await addAlert(pool, { integrationId });
    const now = Date.now();
    await addTimers(pool, [{ ...firstLabelIndexCare(now), dueAt: now }]);
    const [timer] = await claimTimers(pool, ['storage.cleanLabelIndex'], now, 30, 1);
    if (timer === undefined) throw new Error('No timer was due.');
    await cleanLabelIndexJob(pool, () => now)(timer);
    const { rows } = await pool.query(`select gin_clean_pending_list('alert_by_label')::int as pages`);
    expect(rows).toEqual([{ pages: 0 }]);
    expect(await nextTimerAt(pool, ['storage.cleanLabelIndex'])).toBe(now + 10_000);
  });
});
