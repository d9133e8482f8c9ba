import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { horizonLagSeconds } from '@tocsin/schema/postgres/log';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { Viewer } from '@tocsin/schema/domain/role';
import { addressOf, type IsTrusted, trustsNobody } from './auth/address.js';
import { type AdmissionRules, refusalOfOrigin, unauthenticated, type Refusal } from './auth/admission.js';
import { type Cookies, createCookies } from './auth/cookie.js';
import type { OidcSettings } from './auth/oidc.js';
import { createRefusalLog } from './auth/refusals.js';
import { createViewers } from './auth/viewer.js';
import { createBacktestRunner } from './backtest/runner.js';
import { buildApiSchema } from './buildSchema.js';
import { type ApiContext, createContext, type Services } from './context.js';
import { publicError } from './errors.js';
import { limitErrors, limits } from './limits.js';
import { refusalOfShape } from './documentShape.js';
import { createDocumentStore } from './live/documents.js';
import { createLiveFeed } from './live/feed.js';
import { createKpiTickers } from './live/kpiTicker.js';
import { createSocketServer } from './live/socketServer.js';
import { topicRoutes } from './routes.js';
import { createServerMetrics, type ServerMetrics } from './telemetry/serverMetrics.js';

export interface ApiOptions {
  readonly pool: Pool;
  /** For the LISTEN connection, which is one of its own. */
  readonly databaseUrl: string;
  /** Null while ClickHouse is not there. */
  readonly clickhouse: () => ClickHouse | null;
  /** Origins of pages, besides our own, that may call. */
  readonly allowedOrigins: readonly string[];
  /** Where webhooks are received, without a slash at the end. */
  readonly ingestUrl: () => string;
  readonly version: string;
  readonly logger: Logger;
  /** Keeps the signing secrets of integrations. @default null: they are refused */
  readonly sealer?: Sealer | null;
  readonly relayLagSeconds?: () => Promise<number> | number;
  /** Where the dashboard is, without a slash at the end. @default ingestUrl */
  readonly dashboardUrl?: () => string;
  /** Null: nobody signs in through an identity provider. @default null */
  readonly oidc?: OidcSettings | null;
  /** @default false */
  readonly mailIsSetUp?: boolean;
  /** Who is believed about the address of whom they speak for. @default nobody */
  readonly isTrustedProxy?: IsTrusted;
  /** Epoch milliseconds. @default the clock */
  readonly now?: () => number;
}

export interface ApiStats {
  readonly connections: number;
  readonly subscriptions: number;
  readonly cutOffs: number;
  /** False: live works by its poll, up to a second later. */
  readonly isListening: boolean;
}

export interface Api {
  /** Adds `POST /graphql`, and its WebSocket. */
  readonly register: (app: FastifyInstance) => Promise<void>;
  /** Begins to follow the log. */
  readonly start: () => Promise<void>;
  /** Sends subscribers away (they resume elsewhere) and waits for requests that run. */
  readonly stop: () => Promise<void>;
  readonly stats: () => ApiStats;
}

const path = '/graphql';

export async function createApi(options: ApiOptions): Promise<Api> {
  const { logger } = options;
  const schema = buildApiSchema();
  const rules: AdmissionRules = options;
  const metrics = createServerMetrics();
  const now = options.now ?? Date.now;
  const dashboardUrl = options.dashboardUrl ?? options.ingestUrl;
  const isTrustedProxy = options.isTrustedProxy ?? trustsNobody;
  const cookies = createCookies(() => dashboardUrl().startsWith('https:'));
  const services = createServices(options, metrics, cookies);
  const format = (error: GraphQLError) => publicError(error, logger);
  const documents = createDocumentStore(schema);
  const sockets = createSocketServer({ schema, services, documents, rules, isTrustedProxy, format, logger });
  const apollo = createApollo(options, schema);
  const stats = (): ApiStats => ({
    connections: sockets.connectionCount(),
    subscriptions: services.feed.subscriberCount(),
    cutOffs: sockets.cutOffCount(),
    isListening: services.feed.isListening(),
  });
  metrics.watchLive(stats);
  metrics.watchHorizon(() => horizonLagSeconds(options.pool));
  await apollo.start();

  return {
    stats,
    register: async (app) => {
      await app.register(async (scope) => {
        scope.setErrorHandler(answerError(logger));
        const known = new WeakMap<FastifyRequest, Viewer>();
        scope.addHook('onRequest', async (request, reply) => {
          const refused = refusalOfOrigin(rules, request.headers);
          if (refused) return answerRefusal(reply, refused);
          const found = await services.viewers.ofRequest(request.headers, addressOf(request.raw, isTrustedProxy));
          if (found === null) return answerRefusal(reply, unauthenticated);
          known.set(request, found.viewer);
        });
        scope.addHook('preHandler', refuseShape);
        const context = async (request: FastifyRequest) => createContext(services, viewerThere(known.get(request)));
        const handler = fastifyApolloHandler(apollo, { context });
        scope.route({ method: ['GET', 'POST'], url: path, bodyLimit: limits.bodyBytes, handler });
      });
      await topicRoutes(app, { services, dashboardUrl, now });
      sockets.attach(app.server, path);
    },
    start: () => {
      services.viewers.start();
      return services.feed.start();
    },
    stop: async () => {
      services.kpiTickers.stop();
      await services.backtests.stop();
      await sockets.stop();
      await services.feed.stop();
      await services.viewers.stop();
      await services.auth.refusals.stop();
      await apollo.stop();
    },
  };
}

function createServices(options: ApiOptions, metrics: ServerMetrics, cookies: Cookies): Services {
  const { pool, databaseUrl, clickhouse, ingestUrl, logger } = options;
  const kpiTickers = createKpiTickers({ clickhouse, feed: () => feed, logger });
  const feed = createLiveFeed({
    pool,
    databaseUrl,
    logger,
    onGrowth: kpiTickers.touch,
    onBatch: (batch) => metrics.recordLatency(batch.items.map(({ event }) => event.recordedAt)),
  });
  const system = {
    version: options.version,
    ingestUrl,
    relayLagSeconds: options.relayLagSeconds ?? (() => 0),
  };
  const backtests = createBacktestRunner({ pool, databaseUrl, logger });
  const now = options.now ?? Date.now;
  const refusals = createRefusalLog(pool, logger);
  const auth = {
    pool,
    cookies,
    refusals,
    rules: options,
    isTrustedProxy: options.isTrustedProxy ?? trustsNobody,
    oidc: options.oidc ?? null,
    mailIsSetUp: options.mailIsSetUp ?? false,
    dashboardUrl: options.dashboardUrl ?? ingestUrl,
    now,
  };
  const viewers = createViewers({ pool, databaseUrl, cookies, logger, now });
  const dashboardUrl = options.dashboardUrl ?? ingestUrl;
  const sealer = options.sealer ?? null;
  return { pool, clickhouse, logger, sealer, feed, kpiTickers, backtests, viewers, auth, dashboardUrl, system };
}

function createApollo(options: ApiOptions, schema: ReturnType<typeof buildApiSchema>): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    schema,
    csrfPrevention: true,
    // Whoever gets here is known.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.tokens },
    stopOnTerminationSignals: false,
    logger: options.logger,
    formatError: (formatted, error) => publicError(asGraphQLError(error, formatted), options.logger),
    plugins: [
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ document, request, operationName }) => {
            const [error] = limitErrors(schema, document, operationName, request.variables ?? {});
            if (error) throw error;
          },
        }),
      },
    ],
  });
}

/** Apollo hands over whatever was thrown, and its own code for it. */
function asGraphQLError(error: unknown, { extensions, message }: GraphQLFormattedError): GraphQLError {
  if (error instanceof GraphQLError) {
    return new GraphQLError(error.message, {
      nodes: error.nodes ?? null,
      path: error.path ?? null,
      originalError: error.originalError ?? null,
      extensions: { ...extensions, ...error.extensions },
    });
  }
  return new GraphQLError(message, {
    originalError: error instanceof Error ? error : new Error(String(error)),
    extensions,
  });
}

function viewerThere(viewer: Viewer | undefined): Viewer {
  if (viewer === undefined) throw new Error('A request came past its check.');
  return viewer;
}

async function answerRefusal(reply: FastifyReply, { status, code, message }: Refusal): Promise<void> {
  await reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

/** Before Apollo: it has no hook between its parsing and its validation that may refuse. */
async function refuseShape({ body, query }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const refused = refusalOfShape(body) ?? refusalOfShape(query);
  if (refused) await answerRefusal(reply, refused);
}

/** What fastify refuses before GraphQL sees it (too large, no JSON): in the shape of a GraphQL answer. */
function answerError(logger: Logger) {
  return async (
    error: FastifyError,
    _request: unknown,
    reply: { code: (status: number) => { send: (body: object) => unknown } },
  ) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const code = status === 413 ? 'QUERY_TOO_COMPLEX' : 'INVALID_INPUT';
      return reply.code(status).send({ errors: [{ message: error.message, extensions: { code } }] });
    }
    const { message, extensions } = publicError(new GraphQLError(error.message, { originalError: error }), logger);
    return reply.code(status).send({ errors: [{ message, extensions }] });
  };
}
