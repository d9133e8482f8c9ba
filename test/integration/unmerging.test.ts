import type { Explanation } from '@tocsin/schema/domain/correlation';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { mergeIncidents } from '@tocsin/schema/postgres/incidentMerge';
import { moveAlerts } from '@tocsin/schema/postgres/incidentMoveAlerts';
import { unmergeIncident } from '@tocsin/schema/postgres/incidentUnmerge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addIncident } from '../support/fixtures.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const ada = { kind: 'person', name: 'ada' } as const;
const minute = 60_000;
const base = Date.parse('2026-04-01T10:00:00Z');

interface Placed {
  readonly id: number;
  readonly incident_id: number;
  readonly explanation: Explanation;
}

describe('taking a merge back, and moving alerts', () => {
  let database: TestDatabase;
  let ingest: IngestHarness;
  beforeAll(async () => {
    database = await createTestDatabase();
    ingest = await startIngest(database);
  });
  afterAll(async () => {
    await ingest.stop();
    await database.drop();
  });

  async function placed(service: string, name: string): Promise<Placed> {
    const { rows } = await database.pool.query<Placed>(
      `select id, incident_id, explanation from alert
        where service = $1 and labels->>'alertname' = $2 order by id desc limit 1`,
      [service, name],
    );
    if (rows[0] === undefined) throw new Error(`No alert ${name} of ${service}.`);
    return rows[0];
  }

  /** Sends one alert and returns where it went; minutes count from the test's own base. */
  async function send(service: string, name: string, from: number, to?: number): Promise<Placed> {
    const at = (minutes: number): string => new Date(base + minutes * minute).toISOString();
    const sent = { labels: { alertname: name, service, severity: 'warning' }, startsAt: at(from) };
    const body = alertmanagerBody({ ...sent, ...(to === undefined ? {} : { endsAt: at(to) }) });
    expect((await ingest.post('/webhooks/alertmanager', body)).status).toBe(200);
    return placed(service, name);
  }

  async function incident(id: number): Promise<Record<string, unknown> | undefined> {
    const sql = 'select phase, merged_into, services, acknowledged_by, accepts_alerts from incident where id = $1';
    return (await database.pool.query<Record<string, unknown>>(sql, [id])).rows[0];
  }

  it('returns the alerts that came with it, with why they were there, and leaves what joined since', async () => {
    const a = await send('alpha', 'First', 0);
    const b = await send('beta', 'First', 0);
    await executeCommand(database.pool, a.incident_id, { type: 'acknowledge' }, ada, Date.now(), null);
    await mergeIncidents(database.pool, [a.incident_id], b.incident_id, ada, Date.now());
    const since = await send('beta', 'Since', 1);
    expect((await incident(b.incident_id))?.['services']).toEqual(['alpha', 'beta']);

    const revived = await unmergeIncident(database.pool, a.incident_id, ada, Date.now());
    expect(revived).toMatchObject({
      phase: 'acknowledged',
      mergedInto: null,
      acknowledgedBy: 'ada',
      services: ['alpha'],
    });
    expect(await placed('alpha', 'First')).toEqual(a);
    expect((await placed('beta', 'Since')).incident_id).toBe(since.incident_id);
    expect(await incident(b.incident_id)).toMatchObject({ phase: 'detected', services: ['beta'] });
    expect((await send('alpha', 'Second', 2)).incident_id).toBe(a.incident_id);
  });

  it('gives back what had been merged into it before', async () => {
    const [c, d, e] = [await send('c', 'First', 0), await send('d', 'First', 0), await send('e', 'First', 0)];
    await mergeIncidents(database.pool, [c.incident_id], d.incident_id, ada, Date.now());
    await mergeIncidents(database.pool, [d.incident_id], e.incident_id, ada, Date.now());
    expect(await incident(c.incident_id)).toMatchObject({ merged_into: e.incident_id });
    await unmergeIncident(database.pool, d.incident_id, ada, Date.now());
    expect(await incident(c.incident_id)).toMatchObject({ phase: 'merged', merged_into: d.incident_id });
    expect((await placed('c', 'First')).incident_id).toBe(d.incident_id);
    await unmergeIncident(database.pool, c.incident_id, ada, Date.now());
    expect(await placed('c', 'First')).toEqual(c);
  });

  it('resolves what is left without alerts, says so, and leaves a report open', async () => {
    const [x, y, z] = [await send('x', 'First', 0), await send('y', 'First', 0), await send('z', 'First', 0)];
    await mergeIncidents(database.pool, [x.incident_id], y.incident_id, ada, Date.now());
    await moveAlerts(database.pool, [y.id], z.incident_id, ada, Date.now());
    await unmergeIncident(database.pool, x.incident_id, ada, Date.now());
    expect(await incident(x.incident_id)).toMatchObject({ phase: 'detected' });
    expect(await incident(y.incident_id)).toMatchObject({ phase: 'resolved', accepts_alerts: false });
    const { rows } = await database.pool.query(
      `select actor, data from event where kind = 'incident.resolved' and incident_id = $1`,
      [y.incident_id],
    );
    expect(rows).toEqual([{ actor: 'tocsin', data: { from: 'detected', reason: 'emptied' } }]);

    const report = await addIncident(database.pool);
    const w = await send('w', 'First', 0);
    await mergeIncidents(database.pool, [w.incident_id], report.id, ada, Date.now());
    await unmergeIncident(database.pool, w.incident_id, ada, Date.now());
    expect(await incident(report.id)).toMatchObject({ phase: 'detected' });
  });

  it('refuses to take back what was never merged', async () => {
    const f = await send('f', 'First', 0);
    await expect(unmergeIncident(database.pool, f.incident_id, ada, Date.now())).rejects.toMatchObject({
      error: { code: 'INVALID_TRANSITION' },
    });
  });

  it('moves alerts between incidents, says so on both, and what fires again follows', async () => {
    const stays = await send('g', 'Stays', 0);
    const moves = await send('g', 'Moves', 0);
    const other = await send('h', 'First', 0);
    expect(moves.incident_id).toBe(stays.incident_id);
    const target = await moveAlerts(database.pool, [moves.id], other.incident_id, ada, Date.now());
    expect(target).toMatchObject({ id: other.incident_id, services: ['g', 'h'] });
    const { rows } = await database.pool.query<{ kind: string; incident_id: number }>(
      `select kind, incident_id from event where alert_id = $1 and kind like 'incident.alert%' order by event.xid, event.position`,
      [moves.id],
    );
    expect(rows.slice(-2)).toEqual([
      { kind: 'incident.alertLeft', incident_id: stays.incident_id },
      { kind: 'incident.alertJoined', incident_id: other.incident_id },
    ]);
    await send('g', 'Moves', 0, 5);
    expect((await send('g', 'Moves', 8)).incident_id).toBe(other.incident_id);
    expect((await send('g', 'Another', 8)).incident_id).toBe(stays.incident_id);
  });

  it('keeps the last alert of an incident where it is, and says to merge instead', async () => {
    const only = await send('i', 'Only', 0);
    const other = await send('j', 'First', 0);
    await expect(moveAlerts(database.pool, [only.id], other.incident_id, ada, Date.now())).rejects.toMatchObject({
      error: { code: 'INVALID_INPUT', field: 'alertIds' },
    });
  });

  /** Runs `work` up to where it waits for an incident's row, lets another transaction change things, and goes on. */
  async function overtaken(
    row: number,
    work: () => Promise<unknown>,
    change: string,
    values: number[],
  ): Promise<unknown> {
    const other = await database.pool.connect();
    try {
      await other.query('begin');
      const own = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
      const pid = own.rows[0]?.pid;
      await other.query('select 1 from incident where id = $1 for update', [row]);
      const outcome = work().catch((error: unknown) => error);
      const waits = 'select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))';
      while ((await database.pool.query(waits, [pid])).rowCount === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await other.query(change, values);
      await other.query('commit');
      return await outcome;
    } finally {
      other.release();
    }
  }

  it('says that it was overtaken when the target is merged on while the unmerge waits', async () => {
    const [k, l, m] = [await send('k', 'First', 0), await send('l', 'First', 0), await send('m', 'First', 0)];
    await mergeIncidents(database.pool, [k.incident_id], l.incident_id, ada, Date.now());
    // Held is the row that changes: with the target's the two would wait for each other, and the loser would try again.
    const outcome = await overtaken(
      k.incident_id,
      () => unmergeIncident(database.pool, k.incident_id, ada, Date.now()),
      'with moved as (update alert set incident_id = $2 where id = $3) update incident set merged_into = $2 where id = $1',
      [k.incident_id, m.incident_id, k.id],
    );
    expect(outcome).toMatchObject({ error: { code: 'CONFLICT' } });
    expect(await incident(k.incident_id)).toMatchObject({ phase: 'merged', merged_into: m.incident_id });
  });

  it('says that it was overtaken when an alert goes elsewhere while its move waits', async () => {
    await send('n', 'Stays', 0);
    const moves = await send('n', 'Moves', 0);
    const [o, p] = [await send('o', 'First', 0), await send('p', 'First', 0)];
    const outcome = await overtaken(
      o.incident_id,
      () => moveAlerts(database.pool, [moves.id], o.incident_id, ada, Date.now()),
      'update alert set incident_id = $1 where id = $2',
      [p.incident_id, moves.id],
    );
    expect(outcome).toMatchObject({ error: { code: 'CONFLICT' } });
  });
});
