import type { NewEvent } from '@tocsin/schema/domain/event';
import { startOfLog } from '@tocsin/schema/domain/event';
import { appendEvents, logHead, readLog } from '@tocsin/schema/postgres/log';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const note = (text: string): NewEvent => ({
  kind: 'incident.noteAdded',
  incidentId: 1,
  alertId: null,
  actor: { kind: 'person', name: 'ada' },
  occurredAt: 1_800_000_000_000,
  data: { text },
});

describe('the log', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('refuses update, delete and truncate', async () => {
    await appendEvents(database.pool, [note('kept')]);
    for (const sql of [`update event set actor = 'x'`, 'delete from event', 'truncate event']) {
      await expect(database.pool.query(sql)).rejects.toThrow('append-only');
    }
  });

  it('hides what a running transaction may still precede, and shows it once that has committed', async () => {
    const before = (await readLog(database.pool, startOfLog, 100)).at(-1)?.cursor ?? startOfLog;
    const early = await database.pool.connect();
    await early.query('begin');
    await appendEvents(early, [note('early, commits late')]);
    await appendEvents(database.pool, [note('late, commits early')]);
    expect(await readLog(database.pool, before, 100)).toEqual([]);
    await early.query('commit');
    early.release();
    const seen = await readLog(database.pool, before, 100);
    expect(seen.map((event) => event.kind === 'incident.noteAdded' && event.data.text)).toEqual([
      'early, commits late',
      'late, commits early',
    ]);
  });

  it('keeps its order where transaction ids gain a digit', async () => {
    const before = (await readLog(database.pool, startOfLog, 100)).at(-1)?.cursor ?? startOfLog;
    await database.pool.query(`create table crossing (xid xid8 not null)`);
    const written: string[] = [];
    for (let power = 0n; ;) {
      const { rows } = await database.pool.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
      const xid = BigInt(rows[0]?.xid ?? 0);
      if (power === 0n) power = 10n ** BigInt(xid.toString().length);
      if (power - xid > 5n) {
        // Every assigned id is used up by a statement of its own.
        await database.pool.query(
          `do $$ begin for i in 1..${power - xid - 5n} loop insert into crossing values (pg_current_xact_id()); commit; end loop; end $$`,
        );
        continue;
      }
      if (xid > power + 5n) break;
      await appendEvents(database.pool, [note(`${written.length}`)]);
      written.push(`${written.length}`);
    }
    const seen: string[] = [];
    for (let cursor = before; ;) {
      const page = await readLog(database.pool, cursor, 3);
      const last = page.at(-1);
      if (last === undefined) break;
      for (const event of page) if (event.kind === 'incident.noteAdded') seen.push(event.data.text);
      cursor = last.cursor;
    }
    expect(seen).toEqual(written);
    expect((await logHead(database.pool)).position).toBe(
      (await readLog(database.pool, before, 100)).at(-1)?.cursor.position,
    );
  });

  it('gives a reader every event of concurrent writers exactly once', async () => {
    const before = (await readLog(database.pool, startOfLog, 1_000)).at(-1)?.cursor ?? startOfLog;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; n < 50; n++) {
        await inTransaction(database.pool, (client) =>
          appendEvents(client, [note(`${writer}:${n}a`), note(`${writer}:${n}b`)]),
        );
      }
    });
    const seen: string[] = [];
    let cursor = before;
    let isWriting = true;
    const writing = Promise.all(writers).then(() => (isWriting = false));
    for (let idle = 0; isWriting || idle < 3;) {
      const page = await readLog(database.pool, cursor, 17);
      for (const event of page) if (event.kind === 'incident.noteAdded') seen.push(event.data.text);
      cursor = page.at(-1)?.cursor ?? cursor;
      idle = page.length === 0 && !isWriting ? idle + 1 : 0;
    }
    await writing;
    expect(seen).toHaveLength(600);
    expect(new Set(seen).size).toBe(600);
  });
});
