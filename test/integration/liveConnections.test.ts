import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { encodeCursor } from '@tocsin/schema/domain/event';
import { appendEvents, logHead } from '@tocsin/schema/postgres/log';
import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addIncident, noteOn } from '../support/fixtures.js';
import { collect } from '../support/subscription.js';
import { settled } from '../support/settled.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const incidents = `subscription ($after: Cursor) {
  incidentEvents(after: $after) { cursor event { kind note } incident { id phase alertCount } }
}`;

describe('a live connection', () => {
  let database: TestDatabase;
  let first: ApiServer;
  let second: ApiServer;
  let incidentId: number;
  const clients: Client[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    first = await startApi(database);
    second = await startApi(database);
    incidentId = (await addIncident(database.pool)).id;
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
    await settled(database.pool);
    return encodeCursor(await logHead(database.pool));
  };

  it('refuses an upgrade to an address that no parser takes, and lives on', async () => {
    const { hostname, port } = new URL(first.webSocketUrl);
    for (const path of ['//', 'http://[', '/graphql/../graphql', '*']) {
      const socket = connectSocket(Number(port), hostname);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 4\d\d/);
      socket.destroy();
    }
  });

  it('forgets subscribers that leave', async () => {
    await expect.poll(() => first.api.stats().subscriptions).toBe(0);
    const leaving = client(first);
    const subscriptions = [collect(leaving, incidents, {}), collect(leaving, incidents, { after: await head() })];
    await expect.poll(() => first.api.stats().subscriptions).toBe(2);
    for (const each of subscriptions) each.stop();
    await expect.poll(() => first.api.stats().subscriptions).toBe(0);
  });

  it('cuts off a subscriber that takes nothing, and lets it resume', async () => {
    const after = await head();
    const socket = new WebSocket(first.webSocketUrl, 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { token: first.token } }));
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: incidents, variables: { after } } }));
    await expect.poll(() => first.api.stats().subscriptions).toBe(1);
    socket.pause();
    const text = 'x'.repeat(2_000);
    // More than the kernel's buffers, the socket's own and the inbox hold together.
    for (let n = 0; first.api.stats().cutOffs === 0 && n < 80; n++) {
      await appendEvents(
        database.pool,
        Array.from({ length: 500 }, () => noteOn(incidentId, text)),
      );
    }
    await expect.poll(() => first.api.stats().cutOffs, { timeout: 10_000 }).toBe(1);
    socket.resume();
    expect(await closed).toBe(4413);
    const resumed = collect(client(second), incidents, { after });
    expect((await resumed.take(600)).length).toBeGreaterThanOrEqual(600);
    resumed.stop();
  });

  it('runs at most fifty operations on one connection', async () => {
    const busy = client(first);
    const running = Array.from({ length: 51 }, () => collect(busy, incidents, {}));
    expect(await running.at(-1)?.failure()).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  it('refuses a document that repeats itself before it is validated', async () => {
    const repeated = collect(client(first), `{ ${'viewer { __typename } '.repeat(900)} }`, {});
    expect(await repeated.failure()).toMatchObject([
      { message: 'A selection has viewer more than 20 times.', extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
  });

  it('sends subscribers away with 1001 when it stops', async () => {
    const leaving = await startApi(database);
    const subscription = collect(client(leaving), incidents, {});
    await subscription.started();
    await leaving.stop();
    expect(await subscription.failure()).toMatchObject({ code: 1001 });
  });
});
