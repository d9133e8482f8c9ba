import { createIngest, type Ingest } from '@tocsin/ingest/ingest';
import { createClickHouse, type ClickHouse } from '@tocsin/schema/clickhouse/client';
import type { SourceKind, StaleAction } from '@tocsin/schema/domain/source';
import { createIntegration } from '@tocsin/schema/postgres/integrationSecret';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { healthRoutes } from '@tocsin/schema/runtime/health';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import { createHttpApp } from '@tocsin/schema/runtime/httpApp';
import { createApi, type Api } from '@tocsin/server/api';
import { createRespond, type Respond } from '@tocsin/server/respond/respond';
import { pino } from 'pino';
import { createTestTokens } from './people.js';

export interface Product {
  readonly url: string;
  readonly webSocketUrl: string;
  /** API token of the admin `operator`, as whom `graphql` asks. */
  readonly token: string;
  /** Headers that make a request the operator's. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  readonly ingest: Ingest;
  readonly api: Api;
  readonly respond: Respond;
  /** Status, headers and parsed body of a webhook. */
  readonly post: (path: string, body: unknown, secret: string) => Promise<Posted>;
  readonly get: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly graphql: (query: string, variables?: object) => Promise<GraphqlAnswer>;
  readonly stop: () => Promise<void>;
}

export interface Posted {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown>;
}

export interface GraphqlAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

export interface ProductOptions {
  /** @default a server that is away */
  readonly clickhouse?: ClickHouse;
  readonly now?: () => number;
  readonly quietPeriodSeconds?: number;
  /** `smtp://…` @default null: no mail is sent */
  readonly smtpUrl?: string | null;
  /** Keeps signing secrets. @default null: they are refused */
  readonly sealer?: Sealer | null;
  /** False: timers and the relay run only when the test says so. @default true */
  readonly isStarted?: boolean;
}

/** Webhooks, API, health and live on one port, composed as the standalone process composes them. */
export async function startProduct(databaseUrl: string, options: ProductOptions = {}): Promise<Product> {
  const logger = pino({ level: 'silent' });
  const pool = createPool({
    connectionString: databaseUrl,
    applicationName: 'tocsin',
    max: 12,
    answerTimeoutMs: 20_000,
  });
  const clickhouse = options.clickhouse ?? (await createClickHouse({ url: 'http://127.0.0.1:9' }));
  const ingest = createIngest({
    databaseUrl,
    pool,
    clickhouse,
    clickhouseCluster: null,
    logger,
    ...(options.now && { now: options.now }),
    ...(options.quietPeriodSeconds !== undefined && { quietPeriodSeconds: options.quietPeriodSeconds }),
    sealer: options.sealer ?? null,
  });
  const app = createHttpApp(logger);
  const api = await createApi({
    pool,
    databaseUrl,
    clickhouse: () => clickhouse,
    allowedOrigins: [],
    ingestUrl: () => '',
    version: '0.0.0',
    logger,
    relayLagSeconds: ingest.relayLagSeconds,
    sealer: options.sealer ?? null,
  });
  healthRoutes(app, { pool, scrape: () => Promise.resolve('') });
  await api.register(app);
  await ingest.register(app);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  await api.start();
  const respond = createRespond({
    databaseUrl,
    sealer: options.sealer ?? null,
    dashboardUrl: () => url,
    smtpUrl: options.smtpUrl ?? null,
    mailFrom: 'Tocsin <tocsin@example.com>',
    logger,
    ...(options.now && { now: options.now }),
  });
  if (options.isStarted !== false) await Promise.all([ingest.start(), respond.start()]);
  const client = clientOf(url, createTestTokens(pool));
  const token = (await client.headers())['authorization']?.slice('Bearer '.length) ?? '';
  return {
    ...client,
    token,
    url,
    webSocketUrl: `${url.replace('http', 'ws')}/graphql`,
    ingest,
    api,
    respond,
    stop: async () => {
      await respond.stop();
      await ingest.stop();
      await api.stop();
      await app.close();
      await pool.end();
      if (options.clickhouse === undefined) await clickhouse.close();
    },
  };
}

function clientOf(
  url: string,
  headersFor: ReturnType<typeof createTestTokens>,
): Pick<Product, 'post' | 'get' | 'graphql' | 'headers'> {
  return {
    headers: headersFor,
    post: async (path, body, secret) => {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const parsed: Posted['body'] = text.startsWith('{') ? JSON.parse(text) : { text };
      return { status: response.status, retryAfter: response.headers.get('retry-after'), body: parsed };
    },
    get: async (path) => {
      const response = await fetch(url + path);
      return { status: response.status, text: await response.text() };
    },
    graphql: async (query, variables = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await headersFor()) },
        body: JSON.stringify({ query, variables }),
      });
      // our own API's answers: a wrong shape fails the assertion that reads it
      return (await response.json()) as GraphqlAnswer;
    },
  };
}

/** An integration with a secret of its own. */
export function addSender(
  pool: Pool,
  source: SourceKind = 'alertmanager',
  stale: { readonly after: number; readonly action: StaleAction } | null = null,
): Promise<{ readonly id: number; readonly secret: string }> {
  return createIntegration(pool, {
    name: `${source} sender`,
    source,
    team: null,
    environment: null,
    staleAfterSeconds: stale?.after ?? null,
    staleAction: stale?.action ?? null,
    ignoreLabels: null,
    volatileAnnotations: null,
  });
}
