import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import { sealNext } from '@tocsin/schema/postgres/auditSeal';
import { verifyAudit } from '@tocsin/schema/postgres/auditVerify';
import { appendEvents } from '@tocsin/schema/postgres/log';
import { addEventPartitions, dropEventPartitions } from '@tocsin/schema/postgres/eventPartitions';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settled } from '../support/settled.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const ada = { kind: 'person', name: 'ada', tokenId: 7, address: '192.0.2.1' } as const;

describe('the seals of the log', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeEach(async () => {
    database = await createTestDatabase();
    ({ pool } = database);
  });
  afterEach(() => database.drop());

  const seal = async (): Promise<number> => {
    await settled(pool);
    let sealed = 0;
    for (let count = await sealNext(pool); count > 0; count = await sealNext(pool)) sealed += count;
    return sealed;
  };
  const fill = async (isSealed = true): Promise<void> => {
    for (let n = 0; n < 6; n++) {
      const shared = { incidentId: 1, alertId: null, actor: ada, occurredAt: Date.now() } as const;
      await appendEvents(pool, [{ ...shared, kind: 'incident.noteAdded', data: { text: `note ${n}` } }]);
      const change = {
        topic: 'team',
        action: 'changed',
        id: n,
        name: 'Payments',
        before: { n },
        after: { n: n + 1 },
      } as const;
      await recordConfigurationChange(pool, ada, change);
      if (isSealed && n % 2 === 1) await seal();
    }
  };
  /** As a superuser who goes past this program: no trigger is asked. */
  const tamper = async (sql: string): Promise<void> => {
    const client = await pool.connect();
    await client.query('set session_replication_role = replica');
    await client.query(sql);
    await client.query('reset session_replication_role');
    client.release();
  };

  it('hold over everything, also beside a writer that is late, and find nothing to do at the head', async () => {
    const late = await pool.connect();
    await late.query('begin');
    await late.query('select pg_current_xact_id()');
    await fill(false);
    // what may still be preceded is not sealed yet
    expect(await sealNext(pool)).toBe(0);
    await late.query(
      `insert into event (kind, actor_kind, actor, occurred_at, data) values ('alert.stale', 'system', 'x', now(), '{}')`,
    );
    await late.query('commit');
    late.release();
    expect(await seal()).toBe(13);
    expect(await seal()).toBe(0);
    expect(await verifyAudit(pool, null)).toMatchObject({ events: 13, problems: [] });
    expect(await verifyAudit(pool, '2999-01-01')).toMatchObject({ events: 0, problems: [] });
  });

  it('are made once by processes that seal at the same time, and go on after one that ended before it committed', async () => {
    await fill();
    const change = { topic: 'team', action: 'removed', id: 1, name: 'x', before: null, after: null } as const;
    for (let n = 0; n < 20; n++) await recordConfigurationChange(pool, ada, change);
    await settled(pool);
    const crashed = await pool.connect();
    await crashed.query('begin');
    await crashed.query('select pg_advisory_xact_lock(7462029)');
    const waiting = [sealNext(pool), sealNext(pool)];
    await crashed.query('rollback');
    crashed.release();
    expect((await Promise.all(waiting)).toSorted((a, b) => a - b)).toEqual([0, 20]);
    expect((await verifyAudit(pool, null)).problems).toEqual([]);
  });

  for (const [what, sql, expected] of [
    [
      'a changed text',
      `update event set data = jsonb_set(data, '{text}', '"nothing"') where data ->> 'text' = 'note 2'`,
      /events were changed/,
    ],
    [
      'another actor',
      `update event set actor = 'bea' where kind = 'configuration.changed' and data ->> 'id' = '3'`,
      /audit trail was changed/,
    ],
    [
      'a changed time by a microsecond',
      `update event set recorded_at = recorded_at + interval '1 microsecond' where data ->> 'id' = '0'`,
      /changed/,
    ],
    ['a deleted event', `delete from event where data ->> 'id' = '2'`, /4 events were sealed, 3 are there/],
    ['another address', `update event set address = null where data ->> 'text' = 'note 5'`, /changed/],
    [
      'an event slipped in',
      `insert into event (position, xid, kind, actor_kind, actor, occurred_at, data)
       select position, xid, kind, actor_kind, actor, occurred_at, data from event where data ->> 'id' = '2'`,
      /4 events were sealed, 5 are there/,
    ],
    [
      'two events swapped',
      `update event e set data = o.data from event o where (e.data ->> 'id' = '4' and o.data ->> 'id' = '5') or (e.data ->> 'id' = '5' and o.data ->> 'id' = '4')`,
      /changed/,
    ],
  ] as const) {
    it(`find ${what}`, async () => {
      await fill();
      expect((await verifyAudit(pool, null)).problems).toEqual([]);
      await tamper(sql);
      const { problems } = await verifyAudit(pool, null);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/^seal \d+ of \d{4}-\d\d-\d\d: /);
      expect(problems[0]).toMatch(expected);
    });
  }

  it('find a seal that was changed to fit, taken out, or moved', async () => {
    await fill();
    await tamper(`update event set actor = 'bea' where data ->> 'id' = '1'`);
    await tamper(`update audit_seal set audit_digest = sha256('x') where number = 1`);
    expect((await verifyAudit(pool, null)).problems.join()).toMatch(/seal 1 .*hash does not fit/);
    await tamper('delete from audit_seal where number = 2');
    expect((await verifyAudit(pool, null)).problems.join()).toMatch(/seal 3 .*a seal is missing/);
  });

  it('find a day that is missing, in the middle or at the end, with its events or without', async () => {
    for (const day of ['2026-01-01', '2026-01-02', '2026-01-03']) {
      await pool.query(
        `insert into event (kind, actor_kind, actor, occurred_at, recorded_at, data)
         values ('access.granted', 'person', 'ada', $1, $1, '{"how": "password"}')`,
        [`${day}T12:00:00Z`],
      );
    }
    await seal();
    expect((await pool.query('select day::text from audit_seal order by day')).rows).toHaveLength(3);
    expect(await verifyAudit(pool, null)).toMatchObject({ seals: 3, problems: [] });
    await tamper(`create table kept as select * from audit_seal; create table kept_events as select * from event`);
    await tamper(
      `delete from audit_seal where day = '2026-01-02'; delete from event where recorded_at::date = '2026-01-02'`,
    );
    expect((await verifyAudit(pool, null)).problems.join()).toMatch(/seal 1 of 2026-01-03: .*a seal is missing/);
    await tamper(`truncate audit_seal; insert into audit_seal select * from kept`);
    await tamper(`delete from event; insert into event select * from kept_events`);
    expect((await verifyAudit(pool, null)).problems).toEqual([]);
    // From the end the chain has no gap: the sealing itself knows how far it was.
    await tamper(
      `delete from audit_seal where day = '2026-01-03'; delete from event where recorded_at::date = '2026-01-03'`,
    );
    expect((await verifyAudit(pool, null)).problems).toEqual(['after seal 1 of 2026-01-02: seals are missing']);
    await tamper('truncate audit_seal');
    expect((await verifyAudit(pool, null)).problems).toEqual(['after the start: seals are missing']);
  });

  it('keep the audit trail provable when retention took the rest, and find what is changed in the archive', async () => {
    const lastMonth = new Date();
    lastMonth.setUTCDate(0);
    await pool.query(
      `insert into event (kind, actor_kind, actor, occurred_at, recorded_at, data) values
      ('incident.noteAdded', 'person', 'ada', $1, $1, '{"text": "old"}'),
      ('access.granted', 'person', 'ada', $1, $1, '{"how": "password"}')`,
      [lastMonth.toISOString()],
    );
    await seal();
    await fill();
    // as if the first partition had ended with the last month
    const monthStart = new Date(Date.UTC(lastMonth.getUTCFullYear(), lastMonth.getUTCMonth() + 1, 1)).toISOString();
    await pool.query('alter table event detach partition event_first');
    await pool.query(`create table fresh as select * from event_first where recorded_at >= '${monthStart}'`);
    await tamper(`delete from event_first where recorded_at >= '${monthStart}'`);
    await pool.query(`delete from event_partition where name <> 'event_first'`);
    await pool.query(`alter table event attach partition event_first for values from (minvalue) to ('${monthStart}')`);
    await pool.query('update event_partition set upper = $1', [monthStart]);
    const { rows } = await pool.query<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'event'::regclass and c.relname not in ('event_first', 'event_rest')`,
    );
    for (const { name } of rows) await pool.query(`drop table ${name}`);
    await addEventPartitions(pool, Date.now());
    await pool.query('insert into event select * from fresh');
    expect((await verifyAudit(pool, null)).problems).toEqual([]);

    await pool.query(
      `update log_reader set after_xid = (select max(xid) from event), after_position = 1000000 where name <> 'seal'`,
    );
    expect(await dropEventPartitions(pool, Date.parse(monthStart))).toEqual(['event_first']);
    expect((await pool.query('select kind from event_archive')).rows).toEqual([{ kind: 'access.granted' }]);
    expect(await verifyAudit(pool, null)).toMatchObject({ archived: 1, problems: [] });
    await expect(pool.query('delete from event_archive')).rejects.toThrow(/append-only/);
    await tamper(`update event_archive set actor = 'bea'`);
    expect((await verifyAudit(pool, null)).problems.join()).toMatch(/audit trail was changed/);
  });

  it('keep no month from retention that is not sealed', async () => {
    await recordConfigurationChange(pool, ada, {
      topic: 'team',
      action: 'removed',
      id: 1,
      name: 'x',
      before: { webhookSecret: 'geheim' },
      after: null,
    });
    const { rows } = await pool.query<{ data: { before: object } }>('select data from event');
    expect(rows[0]?.data.before).toEqual({ webhookSecret: '•••' });
    await pool.query(`update event_partition set upper = now() - interval '1 day' where name = 'event_first'`);
    await settled(pool);
    expect(await dropEventPartitions(pool, Date.now())).toEqual([]);
    expect((await pool.query('select from event_archive')).rowCount).toBe(0);
  });
});
