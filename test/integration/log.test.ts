import { startOfLog, type LogCursor, type NewEvent } from '@tocsin/schema/domain/event';
import { appendEvents, logHead, readLog } from '@tocsin/schema/postgres/log';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

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

  /** Reads page by page until so many were seen: other databases of the cluster may hold the horizon back meanwhile. */
  async function readAll(after: LogCursor, count: number, pageSize: number): Promise<string[]> {
    const seen: string[] = [];
    let cursor = after;
    await eventually(async () => {
      const page = await readLog(database.pool, cursor, pageSize);
      for (const event of page) if (event.kind === 'incident.noteAdded') seen.push(event.data.text);
      cursor = page.at(-1)?.cursor ?? cursor;
      return page.length === 0 && seen.length >= count;
    });
    return seen;
  }

  const headNow = (count: number): Promise<LogCursor> =>
    eventually(async () => {
      const events = await readLog(database.pool, startOfLog, 1_000);
      return events.length === count && (events.at(-1)?.cursor ?? startOfLog);
    });

  it('refuses update, delete and truncate', async () => {
    await appendEvents(database.pool, [note('kept')]);
    for (const sql of [`update event set actor = 'x'`, 'delete from event', 'truncate event']) {
      await expect(database.pool.query(sql)).rejects.toThrow('append-only');
    }
  });

  it('hides what a running transaction may still precede, and shows it once that has committed', async () => {
    const before = await headNow(1);
    const early = await database.pool.connect();
    await early.query('begin');
    await appendEvents(early, [note('early, commits late')]);
    await appendEvents(database.pool, [note('late, commits early')]);
    expect(await readLog(database.pool, before, 100)).toEqual([]);
    await early.query('commit');
    early.release();
    expect(await readAll(before, 2, 100)).toEqual(['early, commits late', 'late, commits early']);
  });

  it('keeps its order where transaction ids gain a digit', async () => {
    const before = await headNow(3);
    const burner = await database.pool.connect();
    await burner.query('create table crossing (xid xid8 not null)');
    await burner.query('set synchronous_commit = off');
    const currentXid = async (): Promise<bigint> => {
      const { rows } = await burner.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
      return BigInt(rows[0]?.xid ?? 0);
    };
    const power = 10n ** BigInt((await currentXid()).toString().length);
    const written: string[] = [];
    for (let xid = await currentXid(); xid <= power + 5n; xid = await currentXid()) {
      if (power - xid > 5n) {
        // Every assigned id is used up by a transaction of its own.
        const count = power - xid - 5n;
        const body = 'insert into crossing values (pg_current_xact_id()); commit;';
        await burner.query(`do $$ begin for i in 1..${count} loop ${body} end loop; end $$`);
        continue;
      }
      const text = `${written.length}`;
      await appendEvents(database.pool, [note(text)]);
      written.push(text);
    }
    burner.release(true);
    expect(await readAll(before, written.length, 3)).toEqual(written);
    expect(await logHead(database.pool)).toEqual(await headNow(3 + written.length));
  });

  it('gives a reader every event of concurrent writers exactly once', async () => {
    const before = await logHead(database.pool);
    const texts = Array.from({ length: 6 }, (_, writer) => Array.from({ length: 50 }, (_, n) => `${writer}:${n}`));
    const writers = texts.map(async (own) => {
      for (const text of own) {
        await inTransaction(database.pool, (client) => appendEvents(client, [note(`${text}a`), note(`${text}b`)]));
      }
    });
    const seen = await readAll(before, 600, 17);
    await Promise.all(writers);
    expect(seen.toSorted()).toEqual(
      texts
        .flat()
        .flatMap((text) => [`${text}a`, `${text}b`])
        .toSorted(),
    );
  });
});
