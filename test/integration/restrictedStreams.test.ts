import { encodeCursor } from '@tocsin/schema/domain/event';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { logHead } from '@tocsin/schema/postgres/log';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, connect, startApi } from '../support/apiServer.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestPerson } from '../support/people.js';
import { settled } from '../support/settled.js';
import { collect } from '../support/subscription.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const secret = 'HUSHHUSH';
const person = { kind: 'person', name: 'mona' } as const;

describe('what becomes restricted while somebody listens', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let client: Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    const { token } = await createTestPerson(database.pool, { handle: 'vera', role: 'viewer' });
    client = connect(server.webSocketUrl, { token });
  });
  afterAll(async () => {
    await client.dispose();
    await server.stop();
    await database.drop();
  });

  it('is sent no more from then on, on any stream, and what is not is', async () => {
    const { pool } = database;
    const { id } = await addIncident(pool, { title: 'Was open' });
    const other = await addIncident(pool, { title: 'Stays open' });
    const integration = await addIntegration(pool);
    const alert = await addAlert(pool, { integrationId: integration.id, incidentId: id });
    await settled(pool);
    const after = encodeCursor(await logHead(pool));
    const streams = [
      'subscription ($id: ID!, $after: Cursor) { incidentTimeline(incidentId: $id, after: $after) { cursor node { kind note } } }',
      'subscription ($after: Cursor) { incidentEvents(after: $after) { cursor event { kind note } incident { id } } }',
      'subscription ($after: Cursor) { alertEvents(after: $after) { cursor event { kind incidentId } } }',
    ].map((query) => collect(client, query, { ...(query.includes('$id') && { id: String(id) }), after }));
    const presence = collect(
      client,
      'subscription ($id: ID!) { incidentPresence(incidentId: $id) { present { person { handle } } } }',
      { id: String(id) },
    );
    await Promise.all(streams.map((stream) => stream.started()));
    const note = (incident: number, text: string) =>
      executeCommand(pool, incident, { type: 'note', text }, person, Date.now(), null);
    const joined = (incident: number) =>
      pool.query(
        `insert into event (kind, incident_id, alert_id, actor_kind, actor, occurred_at, data)
         values ('incident.alertJoined', $1, $2, 'system', 'tocsin', now(), '{"explanation": null}')`,
        [incident, alert],
      );
    await note(id, 'before');
    await joined(id);
    const [timeline, events, alerts] = streams;
    expect((await timeline?.take(1))?.[0]?.at('node', 'note')).toBe('before');
    expect(await alerts?.take(1)).toHaveLength(1);
    expect(await presence.take(1)).toHaveLength(1);

    await server.ask('mutation ($id: ID!) { changeIncidentType(id: $id, type: "security") { isRestricted } }', {
      id: String(id),
    });
    await note(id, secret);
    await joined(id);
    await server.ask('mutation ($id: ID!) { showPresence(incidentId: $id, isTyping: true) }', { id: String(id) });
    await note(other.id, 'after');
    await joined(other.id);

    const all = async (stream: (typeof streams)[number] | undefined, last: (notes: readonly unknown[]) => boolean) => {
      for (let count = 1; ; count++) {
        const answers = ((await stream?.take(count)) ?? []).slice(0, count);
        const notes = answers.map((each) => each.at('event', 'note') ?? each.at('event', 'incidentId'));
        if (last(notes)) return notes;
      }
    };
    expect(await all(events, (notes) => notes.at(-1) === 'after')).not.toContain(secret);
    expect(await all(alerts, (ids) => ids.at(-1) === String(other.id))).toEqual([String(id), String(other.id)]);
    // The others have passed by then: what they would have carried came before.
    expect((await timeline?.take(2))?.map((each) => each.at('node', 'note'))).toEqual(['before', null]);
    expect(await presence.take(1)).toHaveLength(1);
  });
});
