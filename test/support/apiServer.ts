import type { AddressInfo } from 'node:net';
import { type Api, type ApiOptions, createApi } from '@tocsin/server/api';
import fastify, { type FastifyInstance } from 'fastify';
import { type Client, createClient } from 'graphql-ws';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { createTestPerson, createTestTokens, type TestPersonOptions } from './people.js';
import type { TestDatabase } from './testDatabase.js';

export interface Answer {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

export type Ask = (
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

export interface ApiServer {
  readonly api: Api;
  readonly url: string;
  readonly webSocketUrl: string;
  /** As the admin `operator`, or as the admin whose name stands in `x-tocsin-actor`. */
  readonly ask: Ask;
  /** As this person, who is made where there is none of this handle. */
  readonly as: (person: TestPersonOptions | { readonly token: string }) => Promise<Ask>;
  /** Without a token. */
  readonly anonymous: Ask;
  /** Of the admin `operator`. */
  readonly token: string;
  /** A WebSocket client; as the operator unless the parameters say otherwise. */
  readonly connect: (connectionParams?: Readonly<Record<string, unknown>>) => Client;
  /** Everything the API logged. */
  readonly logged: () => string;
  readonly stop: () => Promise<void>;
}

/** The API on a port of its own, over real sockets. */
export async function startApi(database: TestDatabase, options: Partial<ApiOptions> = {}): Promise<ApiServer> {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const app: FastifyInstance = fastify({ logger: false, forceCloseConnections: true });
  const api = await createApi({
    pool: database.pool,
    databaseUrl: database.url,
    clickhouse: () => null,
    allowedOrigins: [],
    ingestUrl: () => 'http://127.0.0.1:4000',
    version: '0.0.0',
    logger,
    ...options,
  });
  await api.register(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  await api.start();
  // fastify listens on TCP here, so the address is one of a socket and not of a pipe
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  const webSocketUrl = `ws://127.0.0.1:${port}/graphql`;
  const headersFor = createTestTokens(database.pool);
  const token = (await headersFor())['authorization']?.slice('Bearer '.length) ?? '';
  return {
    token,
    connect: (connectionParams = {}) => connect(webSocketUrl, { token, ...connectionParams }),
    as: async (person) => {
      const { token: own } = 'token' in person ? person : await createTestPerson(database.pool, person);
      return (query, variables = {}, headers = {}) =>
        ask(url, query, variables, { authorization: `Bearer ${own}`, ...headers });
    },
    anonymous: (query, variables = {}, headers = {}) => ask(url, query, variables, headers),
    api,
    url,
    webSocketUrl,
    logged: () => lines.join(''),
    ask: async (query, variables = {}, headers = {}) => ask(url, query, variables, await headersFor(headers)),
    stop: async () => {
      await api.stop();
      await app.close();
    },
  };
}

async function ask(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // our own API's answers: a wrong shape fails the assertion that reads it
  const body = (await response.json()) as Partial<Answer>;
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
}

/** A graphql-ws client that does not retry, so that a test sees why it was closed. */
export function connect(url: string, connectionParams: Readonly<Record<string, unknown>> = {}): Client {
  return createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });
}
