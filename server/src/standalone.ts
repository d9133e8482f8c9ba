import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createIngest, type Ingest } from '@tocsin/ingest/ingest';
import { createClickHouse, type ClickHouse } from '@tocsin/schema/clickhouse/client';
import { startEmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { claimDatabase } from '@tocsin/schema/postgres/ownership';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { healthRoutes } from '@tocsin/schema/runtime/health';
import { createHttpApp } from '@tocsin/schema/runtime/httpApp';
import { createLogger, type Logger } from '@tocsin/schema/runtime/logger';
import { createSealer, keyOfDataDir, type Sealer } from '@tocsin/schema/runtime/sealer';
import { closeOnSignal } from '@tocsin/schema/runtime/shutdown';
import { startFailureText } from '@tocsin/schema/runtime/startFailure';
import { startTelemetry, type Telemetry } from '@tocsin/schema/runtime/telemetry';
import type { FastifyInstance } from 'fastify';
import { newSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { createApi, type Api } from './api.js';
import { trustedProxies } from './auth/address.js';
import { setupLink } from './auth/firstAdmin.js';
import { isLoopbackHost } from './auth/origin.js';
import { parseStandaloneConfig, type StandaloneConfig } from './config.js';
import { dashboardRoutes } from './dashboard.js';
import { demoLink } from './demo/seedPeople.js';
import { firstIntegrations, welcomeText } from './firstStart.js';
import { internalRoutes } from './kpi/internalRoutes.js';
import { clickhouseFolder } from './kpi/openStores.js';
import { runningProcessFile } from './kpi/runningProcess.js';
import { createRespond } from './respond/respond.js';
import { version } from './version.js';

/** Longer than any statement may take: then Postgres hangs, or the way to it. */
const answerTimeoutMs = 20_000;

/** What was opened, to be closed in the opposite order, also when a later step fails. */
type Opened = (() => unknown)[];

async function main(): Promise<void> {
  const config = parseStandaloneConfig(process.env);
  const logger = createLogger({ name: 'tocsin', level: config.logLevel });
  const opened: Opened = [];
  const closeOpened = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).toReversed()) await closeOne();
  };
  let isShuttingDown = false;
  let starting: Promise<void> = Promise.resolve();
  // A start that is under way is let come to an end, so that it leaves nothing running behind.
  const close = async (): Promise<void> => {
    await starting.catch(() => undefined);
    await closeOpened();
  };
  closeOnSignal(process, {
    graceSeconds: config.shutdownGraceSeconds,
    onStart: () => {
      isShuttingDown = true;
      say('\n  Stopping …');
    },
    onFailure: (reason) => logger.error({ err: reason }, 'not shut down in good order'),
    close,
    exit: (code) => process.exit(code),
  });
  starting = start(config, logger, opened, () => isShuttingDown);
  try {
    await starting;
  } catch (error) {
    // Ctrl-C in the middle of a start: what closes is under way and ends the process.
    if (isShuttingDown) return;
    await closeOpened().catch((reason: unknown) => logger.error({ err: reason }, 'not closed in good order'));
    throw error;
  }
}

async function start(
  config: StandaloneConfig,
  logger: Logger,
  opened: Opened,
  isShuttingDown: () => boolean,
): Promise<void> {
  const telemetry = startTelemetry({ serviceName: config.serviceName, otlpEndpoint: config.otlpEndpoint });
  opened.push(telemetry.shutdown);
  const databaseUrl = await openPostgres(config, opened);
  const pool = createPool({
    connectionString: databaseUrl,
    applicationName: 'tocsin',
    max: 12,
    answerTimeoutMs,
    onError: (error) => logger.warn({ err: error }, 'a connection to Postgres ended'),
  });
  opened.push(() => pool.end());
  if (isShuttingDown()) return;
  await migratePostgres(pool);
  const clickhouse = await openClickHouse(config, opened);
  if (isShuttingDown()) return;

  const sealer = await sealerOf(config);
  const ingest = createIngest({
    databaseUrl,
    pool,
    clickhouse,
    clickhouseCluster: config.clickhouseCluster,
    quietPeriodSeconds: config.quietPeriodSeconds,
    retention: config.retention,
    logger,
    sealer,
  });
  const app = createHttpApp(logger);
  const url = await listen(config, {
    app,
    pool,
    databaseUrl,
    clickhouse,
    ingest,
    sealer,
    telemetry,
    logger,
    opened,
    isShuttingDown,
  });
  await greet(pool, config, url);
}

interface Parts {
  readonly app: FastifyInstance;
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly clickhouse: ClickHouse;
  readonly ingest: Ingest;
  readonly sealer: Sealer | null;
  readonly telemetry: Telemetry;
  readonly logger: Logger;
  readonly opened: Opened;
  readonly isShuttingDown: () => boolean;
}

/** Puts API, webhooks and dashboard on one port; returns where. */
async function listen(config: StandaloneConfig, parts: Parts): Promise<string> {
  const { app, pool, databaseUrl, clickhouse, ingest, sealer, telemetry, logger, opened, isShuttingDown } = parts;
  // The port may be chosen by the system, and snippets are only asked for once it is known.
  let url = config.publicUrl ?? '';
  const api: Api = await createApi({
    pool,
    databaseUrl,
    clickhouse: () => clickhouse,
    allowedOrigins: config.allowedOrigins,
    ingestUrl: () => url,
    dashboardUrl: () => config.dashboardUrl ?? url,
    oidc: config.oidc,
    mailIsSetUp: config.smtpUrl !== null,
    isTrustedProxy: trustedProxies(config.trustedProxies),
    version,
    logger,
    relayLagSeconds: ingest.relayLagSeconds,
    sealer,
  });
  healthRoutes(app, { pool, scrape: telemetry.scrape, isShuttingDown });
  await api.register(app);
  await ingest.register(app);
  // Recomputing every KPI of a million incidents may take as long as it takes.
  const patientPool = createPool({ connectionString: databaseUrl, applicationName: 'tocsin-command', max: 4 });
  opened.push(() => patientPool.end());
  const commandSecret = newSecret('');
  internalRoutes(app, {
    stores: { pool: patientPool, clickhouse, cluster: config.clickhouseCluster },
    secret: commandSecret,
  });
  const hasDashboard = await dashboardRoutes(app);
  if (!hasDashboard) say('  The dashboard is not built: run `npm run build` to have it here.');
  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const local = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  if (url === '') url = local;
  opened.push(() => app.close());
  await api.start();
  opened.push(() => api.stop());
  await ingest.start();
  opened.push(() => ingest.stop());
  const respond = createRespond({
    databaseUrl,
    sealer,
    dashboardUrl: () => config.dashboardUrl ?? url,
    smtpUrl: config.smtpUrl,
    mailFrom: config.mailFrom,
    logger,
  });
  await respond.start();
  opened.push(() => respond.stop());
  // Commands open real stores themselves; embedded ones they can only ask for here.
  if (config.databaseUrl !== null && config.clickhouseUrl !== null) return local;
  const file = runningProcessFile(config.dataDir);
  await mkdir(config.dataDir, { recursive: true });
  await writeFile(file, JSON.stringify({ pid: process.pid, url: local, secret: commandSecret }), { mode: 0o600 });
  opened.push(() => rm(file, { force: true }));
  return local;
}

async function openPostgres(config: StandaloneConfig, opened: Opened): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl;
  say('  Starting PostgreSQL …');
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir });
  try {
    const ownership = await claimDatabase(postgres.connectionString, config.dataDir);
    if (postgres.wasAdopted) say('  Found the database of a Tocsin that was killed: going on where it stood.');
    opened.push(postgres.stop, ownership.release);
    return postgres.connectionString;
  } catch (error) {
    // The server belongs to whoever holds it.
    postgres.leave();
    throw error;
  }
}

/** The data folder's key belongs to the database in it; a database elsewhere is shared, and so must its key be. */
async function sealerOf(config: StandaloneConfig): Promise<Sealer | null> {
  if (config.secretKey !== null) return createSealer(config.secretKey);
  return config.databaseUrl === null ? createSealer(await keyOfDataDir(config.dataDir)) : null;
}

async function openClickHouse(config: StandaloneConfig, opened: Opened): Promise<ClickHouse> {
  if (config.clickhouseUrl === null) say('  Starting ClickHouse …');
  const clickhouse = await createClickHouse(
    config.clickhouseUrl === null ? { embeddedPath: clickhouseFolder(config.dataDir) } : { url: config.clickhouseUrl },
  );
  opened.push(() => clickhouse.close());
  return clickhouse;
}

async function greet(pool: Pool, config: StandaloneConfig, url: string): Promise<void> {
  const isDemo = process.argv.includes('--demo');
  const secrets = await firstIntegrations(pool);
  const dashboardUrl = config.dashboardUrl ?? url;
  // An admin without a password is for this machine alone.
  const demoUrl = isDemo && isLoopbackHost(config.host) ? await demoLink(pool, dashboardUrl, Date.now()) : null;
  const setupUrl = await setupLink(pool, dashboardUrl, Date.now());
  say(welcomeText({ url, ingestUrl: config.publicUrl ?? url, secrets, isDemo, setupUrl, demoUrl }));
  if (isDemo) await addTimers(pool, [{ kind: 'demo.start', key: 'demo', dueAt: Date.now() }]);
}

function say(text: string): void {
  console.log(text);
}

main().catch((error: unknown) => {
  console.error(`\n  ${startFailureText(error)}\n`);
  process.exit(1);
});
