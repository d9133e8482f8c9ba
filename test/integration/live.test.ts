import { encodeCursor } from '@tocsin/schema/domain/event';
import { appendEvents, logHead } from '@tocsin/schema/postgres/log';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addAlert, addIncident, addIntegration, noteOn } from '../support/fixtures.js';
import { type Collected, collect } from '../support/subscription.js';
import { settled } from '../support/settled.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const timeline = `subscription ($id: ID!, $after: Cursor) {
  incidentTimeline(incidentId: $id, after: $after) { cursor node { kind note summary } }
}`;
const incidents = `subscription ($filter: IncidentFilter, $after: Cursor) {
  incidentEvents(filter: $filter, after: $after) {
    cursor event { kind note incidentId } incident { id phase severity alertCount }
  }
}`;

describe('live', () => {
  let database: TestDatabase;
  let first: ApiServer;
  let second: ApiServer;
  let incidentId: number;
  const clients: Client[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    first = await startApi(database);
    second = await startApi(database);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await database.drop();
  });

  function client(server: ApiServer): Client {
    const made = server.connect();
    clients.push(made);
    return made;
  }

  const head = async () => {
    // Else a transaction of another test hides what was written last, and it comes after the head.
    await settled(database.pool);
    return encodeCursor(await logHead(database.pool));
  };
  const noteOf = (each: Collected) => each.at('event', 'note') ?? each.at('node', 'note');

  it('gives each event of concurrent writers exactly once and in the order of the log, across reconnects to either instance', async () => {
    incidentId = (await addIncident(database.pool)).id;
    const start = await head();
    const perWriter = 60;
    const writers = Array.from({ length: 5 }, async (_, writer) => {
      for (let n = 0; n < perWriter; n++) {
        await inTransaction(database.pool, (db) =>
          appendEvents(db, [noteOn(incidentId, `${writer}:${n}a`), noteOn(incidentId, `${writer}:${n}b`)]),
        );
      }
    });
    const seen: string[] = [];
    const cursors: string[] = [];
    const total = 5 * perWriter * 2;
    for (let round = 0; seen.length < total; round++) {
      const subscription = collect(client(round % 2 === 0 ? first : second), incidents, {
        after: cursors.at(-1) ?? start,
      });
      // Leaves in the middle, with more on the way.
      const wanted = Math.min(37, total - seen.length);
      for (const each of (await subscription.take(wanted)).slice(0, wanted)) {
        seen.push(String(noteOf(each)));
        cursors.push(each.cursor);
      }
      subscription.stop();
    }
    await Promise.all(writers);
    const { rows } = await database.pool.query<{ note: string }>(
      `select data ->> 'text' as note from event where kind = 'incident.noteAdded' order by xid, position`,
    );
    expect(seen).toEqual(rows.map(({ note }) => note));
    expect(new Set(cursors).size).toBe(total);
  });

  it('begins now where no cursor is given, and shows the incident as it is', async () => {
    const subscription = collect(client(first), incidents, { filter: { severities: ['CRITICAL'] } });
    await subscription.started();
    const low = await addIncident(database.pool, { severity: 'low' });
    const critical = await addIncident(database.pool, { severity: 'critical' });
    await first.ask(`mutation ($id: ID!) { acknowledgeIncident(id: $id) { id } }`, { id: String(critical.id) });
    const [opened, acknowledged] = await subscription.take(2);
    expect(opened?.at('event', 'kind')).toBe('INCIDENT_OPENED');
    expect(opened?.at('event', 'incidentId')).toBe(String(critical.id));
    expect(acknowledged?.at('incident')).toMatchObject({ phase: 'ACKNOWLEDGED', severity: 'CRITICAL' });
    expect(low.id).toBeLessThan(critical.id);
  });

  it("replays one incident's timeline from where a query left it", async () => {
    const incident = await addIncident(database.pool);
    const asked = async () =>
      (
        await first.ask(`query ($id: ID!) { incident(id: $id) { timeline { edges { cursor node { summary } } } } }`, {
          id: String(incident.id),
        })
      ).data;
    // Another test's transaction may hold the log's horizon for a moment.
    await expect.poll(asked).toMatchObject({
      incident: { timeline: { edges: [{ node: { summary: 'ada reported the incident (high)' } }] } },
    });
    const data = await asked();
    const after = /"cursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
    await appendEvents(database.pool, [noteOn(incident.id, 'missed'), noteOn(incidentId, 'of another')]);
    const subscription = collect(client(second), timeline, { id: String(incident.id), after });
    await subscription.take(1);
    await appendEvents(database.pool, [noteOn(incident.id, 'live')]);
    expect((await subscription.take(2)).map(noteOf)).toEqual(['missed', 'live']);
  });

  it('sends alert events that match, labels and regular expressions included', async () => {
    const { id: integrationId } = await addIntegration(database.pool);
    const after = await head();
    const subscription = collect(
      client(first),
      `subscription ($after: Cursor, $filter: AlertFilter) {
        alertEvents(after: $after, filter: $filter) { cursor event { kind } alert { id title } } }`,
      { after, filter: { matchers: [{ name: 'pod', op: 'REGEX', value: 'web-\\d+' }] } },
    );
    const ids: number[] = [];
    for (const pod of ['web-1', 'db-1', 'web-x', 'web-22']) {
      const alertId = await addAlert(database.pool, { integrationId, labels: { pod } });
      ids.push(alertId);
      await appendEvents(database.pool, [
        {
          kind: 'alert.opened',
          incidentId: null,
          alertId,
          actor: { kind: 'sender', name: 'prod' },
          occurredAt: Date.now(),
          data: { title: 'HighLatency', severity: 'critical', service: null, environment: null, startsAt: Date.now() },
        },
      ]);
    }
    expect((await subscription.take(2)).map((each) => each.at('alert', 'id'))).toEqual([
      String(ids[0]),
      String(ids[3]),
    ]);
  });

  it('sends what each integration received, by outcome', async () => {
    const after = await head();
    const count = { source: 'alertmanager', service: null, environment: null, severity: 'high' } as const;
    const subscription = collect(
      client(first),
      `subscription ($after: Cursor) { deliveryEvents(after: $after) { cursor integrationId outcomes { outcome count } } }`,
      { after },
    );
    await appendEvents(database.pool, [
      {
        kind: 'alerts.received',
        incidentId: null,
        alertId: null,
        actor: { kind: 'system', name: 'ingest' },
        occurredAt: Date.now(),
        data: {
          counts: [
            { ...count, integrationId: 1, outcome: 'opened', count: 2 },
            { ...count, integrationId: 2, outcome: 'repeated', count: 5 },
            { ...count, integrationId: 1, outcome: 'opened', count: 1, service: 'checkout' },
          ],
        },
      },
    ]);
    const [one, two] = await subscription.take(2);
    expect(one?.at('outcomes')).toEqual([{ outcome: 'opened', count: 3 }]);
    expect(two?.at('outcomes')).toEqual([{ outcome: 'repeated', count: 5 }]);
    // Whoever stops between the two gets the second one still.
    const resumed = collect(
      client(second),
      `subscription ($after: Cursor) {
      deliveryEvents(after: $after, integrationId: 2) { cursor integrationId } }`,
      { after: one?.cursor },
    );
    expect((await resumed.take(1))[0]?.at('integrationId')).toBe('2');
  });

  it('refuses a cursor that is none, or that lies beyond the log', async () => {
    for (const after of ['nonsense', '99999999999_1', '99999999999999999999_1']) {
      const subscription = collect(client(first), incidents, { after });
      expect(await subscription.failure()).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'after' } }]);
    }
  });

  it('goes on when its LISTEN connection is killed', async () => {
    const subscription = collect(client(first), timeline, { id: String(incidentId), after: await head() });
    await subscription.started();
    await appendEvents(database.pool, [noteOn(incidentId, 'before')]);
    await subscription.take(1);
    const killed = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tocsin-live' and datname = current_database()`,
    );
    expect(killed.rowCount).toBe(2);
    await appendEvents(database.pool, [noteOn(incidentId, 'meanwhile')]);
    await subscription.take(2);
    await expect.poll(() => first.api.stats().isListening, { timeout: 10_000 }).toBe(true);
    await appendEvents(database.pool, [noteOn(incidentId, 'after')]);
    expect((await subscription.take(3)).map(noteOf)).toEqual(['before', 'meanwhile', 'after']);
  });
});
