import { readFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { currentSdl, sdlFile } from '@tocsin/server/sdl';
import { serverAudits } from 'graphql-http';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('the API over HTTP', () => {
  let database: TestDatabase;
  let open: ApiServer;
  beforeAll(async () => {
    database = await createTestDatabase();
    open = await startApi(database, { allowedOrigins: ['https://ops.example'] });
  });
  afterAll(async () => {
    await open.stop();
    await database.drop();
  });

  it('has the committed SDL (npm run sdl --workspace server updates it)', async () => {
    expect(currentSdl()).toBe(await readFile(sdlFile, 'utf8'));
  });

  it('passes the audit of GraphQL over HTTP', async () => {
    const fetchFn = (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('apollo-require-preflight', '1');
      headers.set('authorization', `Bearer ${open.token}`);
      return fetch(url, { ...init, headers });
    };
    const found: string[] = [];
    for (const audit of serverAudits({ url: () => open.url, fetchFn })) {
      const result = await audit.fn();
      if (result.status !== 'ok') found.push(`${result.status}: ${audit.name}`);
    }
    // The audit would rather see 200 for these where the client accepts application/json alone; a refusal is 400 here.
    expect(found).toEqual([
      'warn: SHOULD use 200 status code on document parsing failure when accepting application/json',
      'warn: SHOULD use 200 status code on document validation failure when accepting application/json',
      'warn: SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
    ]);
  });

  it('answers pages of its own origin and of those that the configuration lists', async () => {
    const authorization = `Bearer ${open.token}`;
    const asked: readonly (readonly [Readonly<Record<string, string>>, number])[] = [
      [{ host: 'localhost:1' }, 200],
      [{ host: 'localhost', origin: 'http://localhost' }, 200],
      [{ host: 'localhost', origin: 'http://evil.example' }, 403],
      [{ host: 'localhost', origin: 'null' }, 403],
      [{ host: 'localhost', origin: 'https://ops.example' }, 200],
    ];
    for (const [headers, status] of asked) {
      expect([headers, await statusOf(open, { authorization, ...headers })]).toEqual([headers, status]);
    }
  });

  it('checks the origin of every WebSocket, and its token', async () => {
    const { token } = open;
    expect(await upgrade(open, { origin: 'http://evil.example' }, { token })).toBe('403');
    expect(await upgrade(open, { origin: 'https://ops.example' }, { token })).toBe('acknowledged');
    expect(await upgrade(open, {}, { token: 'falsch' })).toBe('4401');
    expect(await upgrade(open, {}, { token: 7 })).toBe('4401');
    expect(await upgrade(open, {})).toBe('4401');
    expect(await upgrade(open, {}, { token })).toBe('acknowledged');
  });

  it('answers 400 to what goes beyond the limits', async () => {
    const deep = `{ incidents { nodes ${'{ mergedInto '.repeat(15)} { id } ${'}'.repeat(15)} } }`;
    // Valid, and cheap to answer: comparing its fields is what takes seconds.
    const repeatedTimes = (times: number) => `{ ${'viewer{__typename} '.repeat(times)} }`;
    const preview = `previewTemplate(input: { kind: "notification", key: "x", title: "a", body: "b" }) { title }`;
    const queries = [
      `{ ${Array.from({ length: 50 }, (_, n) => `a${n}: logCursor`).join(' ')} }`,
      deep,
      `{ incidents(first: 200) { nodes { alerts(first: 200) { nodes { id title } } } } }`,
      `{ ${'logCursor '.repeat(5_000)} }`,
      `{ incidents(filter: { services: [${'"a" '.repeat(501)}] }) { nodes { id } } }`,
      repeatedTimes(900),
      `{ ${Array.from({ length: 4 }, (_, n) => `a${n}: ${preview}`).join(' ')} }`,
      `{ a: ${preview} ... { b: ${preview} ...F } } fragment F on Query { c: ${preview} d: ${preview} }`,
    ];
    for (const query of queries) {
      const { status, errors } = await open.ask(query);
      expect([status, errors[0]?.extensions['code']]).toEqual([400, 'QUERY_TOO_COMPLEX']);
    }
    const asked = await fetch(`${open.url}?query=${encodeURIComponent(repeatedTimes(100))}`, {
      headers: { authorization: `Bearer ${open.token}`, 'apollo-require-preflight': '1' },
    });
    expect([asked.status, await asked.text()]).toEqual([400, expect.stringContaining('viewer more than 20 times')]);
    expect((await open.ask(`{ ${[1, 2, 3].map((n) => `a${n}: ${preview}`).join(' ')} }`)).errors).toEqual([]);
    const { status, errors } = await open.ask('{ logCursor }', { unused: 'x'.repeat(600 * 1024) });
    expect([status, errors[0]?.extensions['code']]).toEqual([413, 'QUERY_TOO_COMPLEX']);
  });

  it('answers 400 with INVALID_INPUT to syntax, unknown fields, wrong variables and batches', async () => {
    for (const query of ['{', '{ nothing }', '{ alert(id: [1, 2]) { id } }']) {
      const { status, errors } = await open.ask(query);
      expect([status, errors[0]?.extensions['code']]).toEqual([400, 'INVALID_INPUT']);
    }
    const wrong = await open.ask('query ($first: Int) { incidents(first: $first) { nodes { id } } }', { first: 'x' });
    expect([wrong.status, wrong.errors[0]?.extensions['code']]).toEqual([400, 'INVALID_INPUT']);
    const batch = await fetch(open.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${open.token}` },
      body: JSON.stringify([{ query: '{ logCursor }' }, { query: '{ logCursor }' }]),
    });
    expect(batch.status).toBe(400);
  });

  it('answers UNAVAILABLE for numbers while ClickHouse is away, and everything else', async () => {
    const query = `{ kpi(query: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" }, metrics: [MTTA]) { n } }`;
    const { errors } = await open.ask(query);
    expect(errors[0]?.extensions['code']).toBe('UNAVAILABLE');
    expect((await open.ask('{ overview { openIncidents } }')).errors).toEqual([]);
  });

  it('tells nobody what went wrong inside, but the log, under the id that the answer carries', async () => {
    const broken = await startApi({
      ...database,
      // a pool that fails in a way nobody expects
      pool: Object.assign(Object.create(database.pool), {
        query: () => Promise.reject(new Error('relation "secret_table" does not exist')),
      }),
    }).catch((error: unknown) => error);
    // start() reads the log's head, so the failure shows there first
    expect(String(broken)).toContain('secret_table');
    const failing = await startApi(database, {
      relayLagSeconds: () => Promise.reject(new Error('password=hunter2')),
    });
    const { errors } = await failing.ask('{ system { version } }');
    expect(errors[0]?.extensions['code']).toBe('INTERNAL');
    expect(JSON.stringify(errors)).not.toContain('hunter2');
    expect(failing.logged()).toContain(String(errors[0]?.extensions['errorId']));
    await failing.stop();
  });
});

/** fetch sets Host itself, so this request is written by hand. */
function statusOf(server: ApiServer, headers: Readonly<Record<string, string>>): Promise<number> {
  const { port, hostname } = new URL(server.url);
  const body = JSON.stringify({ query: '{ logCursor }' });
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/json',
    'content-length': body.length,
    connection: 'close',
  });
  return new Promise((resolve, reject) => {
    const socket = connectTcp(Number(port), hostname, () => {
      socket.write(
        `POST /graphql HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
      );
    });
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('end', () => resolve(Number(answer.split(' ')[1])));
    socket.on('error', reject);
  });
}

/** `acknowledged`, or the HTTP status or close code that refused. */
function upgrade(server: ApiServer, options: object, payload?: object): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(server.webSocketUrl, 'graphql-transport-ws', options);
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
    socket.on('close', (code) => resolve(String(code)));
    socket.on('message', () => {
      resolve('acknowledged');
      socket.close();
    });
  });
}
