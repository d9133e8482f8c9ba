import type { Explanation } from '@tocsin/schema/domain/correlation';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const base = Date.parse('2026-03-01T10:00:00Z');
const at = (minutes: number): string => new Date(base + minutes * minute).toISOString();
const alert = (name: string, service: string, from: number, to?: number, severity = 'warning'): SentAlert => ({
  // Each test's services in a place of their own: what begins at one time in one place may belong together.
  labels: { alertname: name, service, env: `site of ${service.replace(/\d/, '')}`, severity },
  annotations: { summary: `${name} on ${service}` },
  startsAt: at(from),
  ...(to === undefined ? {} : { endsAt: at(to) }),
});

describe('the way of an alert', () => {
  let database: TestDatabase;
  let ingest: IngestHarness;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    ingest = await startIngest(database);
  });
  afterEach(() => ingest.stop());
  afterAll(() => database.drop());

  const send = async (...alerts: SentAlert[]): Promise<Record<string, unknown>> => {
    const answer = await ingest.post('/webhooks/alertmanager', alertmanagerBody(...alerts));
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
    const result = await database.pool.query<T>(sql, values);
    return result.rows;
  };
  const incidentsOf = (
    service: string,
  ): Promise<{ id: number; phase: string; reopened_count: number; alerts: number }[]> =>
    rows(
      `select id, phase, reopened_count, (select count(*)::int from alert a where a.incident_id = i.id) as alerts
         from incident i where services @> array[$1] order by id`,
      [service],
    );

  it('opens one alert and one incident, and folds repeats into them', async () => {
    expect(await send(alert('Down', 'api', 0))).toMatchObject({ received: 1, opened: 1 });
    for (let n = 0; n < 3; n++) expect(await send(alert('Down', 'api', 0))).toMatchObject({ repeated: 1, opened: 0 });
    const [stored] = await rows<{ received_count: number }>(`select received_count from alert where service = 'api'`);
    expect(stored?.received_count).toBe(4);
    expect(await incidentsOf('api')).toMatchObject([{ phase: 'detected', alerts: 1 }]);
    const kinds = await rows<{ kind: string }>(
      `select kind from event where incident_id = (select id from incident where services @> array['api']) order by xid, position`,
    );
    expect(kinds.map((row) => row.kind)).toEqual(['incident.opened', 'alert.opened']);
  });

  it('joins alerts of the same service and environment and says why', async () => {
    await send(alert('Slow', 'shop', 0));
    await send(alert('Errors', 'shop', 5, undefined, 'critical'));
    expect(await incidentsOf('shop')).toMatchObject([{ alerts: 2 }]);
    const [joined] = await rows<{ explanation: Explanation }>(
      `select explanation from alert where title like 'Errors%'`,
    );
    expect(joined?.explanation).toMatchObject({
      outcome: 'joined',
      ruleId: 'default',
      reason: 'sameService',
      values: { environment: 'site of shop', service: 'shop' },
    });
    const [incident] = await rows<{ severity: number }>(
      `select severity from incident where services @> array['shop']`,
    );
    expect(incident?.severity).toBe(0);
  });

  it('resolves, and reopens when the condition fires again soon after', async () => {
    await send(alert('Flap', 'mailer', 0));
    expect(await send(alert('Flap', 'mailer', 0, 3))).toMatchObject({ resolved: 1 });
    const [timer] = await rows<{ due_at: number }>(`select due_at from timer where kind = 'incident.autoResolve'`);
    expect(timer).toBeDefined();
    await send(alert('Flap', 'mailer', 8));
    expect(await incidentsOf('mailer')).toMatchObject([{ phase: 'detected', reopened_count: 1, alerts: 2 }]);
    expect(await rows(`select 1 from timer where kind = 'incident.autoResolve'`)).toEqual([]);
  });

  it('opens another incident when the condition fires again much later', async () => {
    await send(alert('Late', 'batch', 0));
    await send(alert('Late', 'batch', 0, 3));
    await send(alert('Late', 'batch', 200));
    expect(await incidentsOf('batch')).toMatchObject([
      { phase: 'resolved', alerts: 1 },
      { phase: 'detected', alerts: 1 },
    ]);
  });

  it('leaves a late copy of an ended episode alone, and remembers an end it heard before the start', async () => {
    await send(alert('Copy', 'queue', 0));
    await send(alert('Copy', 'queue', 0, 5));
    expect(await send(alert('Copy', 'queue', 0))).toMatchObject({ stale: 1, opened: 0 });
    expect(await send(alert('Early', 'queue', 0, 5))).toMatchObject({ opened: 1 });
    expect(await send(alert('Early', 'queue', 0))).toMatchObject({ stale: 1, opened: 0 });
    expect(await send(alert('Early', 'queue', 0, 5))).toMatchObject({ ignored: 1, opened: 0 });
  });

  it('stores what began and ended between two notifications as an episode that has passed', async () => {
    expect(await send(alert('Blip', 'passing', 1, 4))).toMatchObject({ opened: 1, resolved: 0 });
    const stored = await rows<{ lasted: number; incident_id: number | null }>(
      `select extract(epoch from ends_at - starts_at)::int as lasted, incident_id from alert where service = 'passing'`,
    );
    expect(stored).toMatchObject([{ lasted: 180, incident_id: expect.any(Number) }]);
    expect(await rows(`select 1 from timer where kind = 'incident.autoResolve'`)).not.toEqual([]);
  });

  it('closes an episode that ended unseen and opens the next', async () => {
    await send(alert('Saw', 'cache', 0));
    expect(await send(alert('Saw', 'cache', 20))).toMatchObject({ superseded: 1 });
    const stored = await rows<{ resolve_reason: string | null }>(
      `select resolve_reason from alert where service = 'cache' order by id`,
    );
    expect(stored.map((row) => row.resolve_reason)).toEqual(['superseded', null]);
  });

  it('stores all neighbours of an alert that Postgres refuses, and keeps that one as a dead letter', async () => {
    await database.pool.query(`alter table alert add constraint poison check (title <> 'Poison on veto')`);
    const many = Array.from({ length: 40 }, (_, n) => alert(`Fine${n}`, 'veto', 0));
    const answer = await send(...many.slice(0, 17), alert('Poison', 'veto', 0), ...many.slice(17));
    expect(answer).toMatchObject({ opened: 40, deadLettered: 1 });
    const [letter] = await rows<{ code: string; message: string }>('select code, message from dead_letter');
    expect(letter).toMatchObject({ code: 'NOT_STORED' });
    expect(letter?.message).toContain('poison');
    const [delivery] = await rows<{ outcomes: object; received_count: number }>(
      `select outcomes, received_count from delivery order by last_received_at desc, received_count desc limit 1`,
    );
    expect(delivery).toMatchObject({ received_count: 1, outcomes: { opened: 40, deadLettered: 1 } });
    await database.pool.query('alter table alert drop constraint poison');
  });

  it('gives two processes under the same burst the incidents of one', async () => {
    const other = await startIngest(database);
    const services = ['a1', 'a2', 'a3'];
    const burst = Array.from({ length: 60 }, (_, n) => alert(`Burst${n % 20}`, services[n % 3] ?? 'a1', 0));
    const results = await Promise.all(
      burst.map((sent, n) =>
        (n % 2 === 0 ? ingest : other).post('/webhooks/alertmanager', alertmanagerBody(sent), ingest.secret),
      ),
    );
    await other.stop();
    expect(results.map((result) => result.status)).toEqual(burst.map(() => 200));
    for (const service of services) expect(await incidentsOf(service)).toHaveLength(1);
    const [count] = await rows<{ n: number }>(`select count(*)::int as n from alert where service like 'a_'`);
    expect(count?.n).toBe(60);
  });

  it('folds a large delivery of one evaluation, whose alerts all start at once, as fast as it took it', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => alert(`Same${n}`, `svc${n % 50}`, 0));
    expect(await send(...many)).toMatchObject({ opened: 3_000 });
    expect(await send(...many)).toMatchObject({ repeated: 3_000 });
    expect(await send(...many)).toMatchObject({ repeated: 3_000 });
  });

  it('does not believe a start that is still to come', async () => {
    const soon = new Date(Date.now() + 7_200_000).toISOString();
    const labels = { alertname: 'Ahead', service: 'clock' };
    expect(await send({ labels, startsAt: soon })).toMatchObject({ opened: 1 });
    expect(await send({ labels, startsAt: soon, endsAt: new Date().toISOString() })).toMatchObject({ resolved: 1 });
    expect(await send({ labels, startsAt: new Date(Date.now() + 1_000).toISOString() })).toMatchObject({ opened: 1 });
  });

  it('counts everything it received in the log, in the same transaction', async () => {
    const [sum] = await rows<{ n: number }>(
      `select coalesce(sum((c->>'count')::int), 0)::int as n from event, jsonb_array_elements(data->'counts') c
        where kind = 'alerts.received' and (c->>'integrationId')::bigint = $1`,
      [ingest.integrationId],
    );
    expect(sum?.n).toBe(0);
    await send(alert('Count', 'sum', 0), alert('Count2', 'sum', 0));
    await send(alert('Count', 'sum', 0));
    const [after] = await rows<{ n: number }>(
      `select sum((c->>'count')::int)::int as n from event, jsonb_array_elements(data->'counts') c
        where kind = 'alerts.received' and (c->>'integrationId')::bigint = $1`,
      [ingest.integrationId],
    );
    expect(after?.n).toBe(3);
  });
});
