import { type ClickHouse, createClickHouse } from '@tocsin/schema/clickhouse/client';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { healthRoutes } from '@tocsin/schema/runtime/health';
import { createHttpApp } from '@tocsin/schema/runtime/httpApp';
import { createLogger, type Logger } from '@tocsin/schema/runtime/logger';
import { closeOnSignal } from '@tocsin/schema/runtime/shutdown';
import { startFailureText } from '@tocsin/schema/runtime/startFailure';
import { startTelemetry } from '@tocsin/schema/runtime/telemetry';
import { type Api, createApi } from './api.js';
import { trustedProxies } from './auth/address.js';
import { setupLink } from './auth/firstAdmin.js';
import { parseServerConfig, type ServerConfig } from './config.js';
import { dashboardRoutes } from './dashboard.js';
import { createRespond, type Respond } from './respond/respond.js';
import { version } from './version.js';

async function main(): Promise<void> {
  const config = parseServerConfig(process.env);
  const logger = createLogger({ name: 'tocsin-server', level: config.logLevel });
  const telemetry = startTelemetry({ serviceName: config.serviceName, otlpEndpoint: config.otlpEndpoint });
  const pool = createPool({
    connectionString: config.databaseUrl,
    applicationName: 'tocsin-server',
    answerTimeoutMs: 20_000,
    onError: (error) => logger.warn({ err: error }, 'a connection to Postgres ended'),
  });
  await migratePostgres(pool);
  const clickhouse = await createClickHouse({ url: config.clickhouseUrl });
  const local = `http://${config.host}:${config.port}`;
  const dashboardUrl = config.dashboardUrl ?? local;
  const { api, respond } = await createParts(config, { pool, clickhouse, logger, local, dashboardUrl });
  let isShuttingDown = false;
  const app = createHttpApp(logger);
  healthRoutes(app, { pool, scrape: telemetry.scrape, isShuttingDown: () => isShuttingDown });
  await api.register(app);
  await dashboardRoutes(app);
  await api.start();
  await app.listen({ host: config.host, port: config.port });
  await respond.start();
  const setup = await setupLink(pool, dashboardUrl, Date.now());
  if (setup !== null) logger.warn(`Create the admin  ${setup}`);
  closeOnSignal(process, {
    graceSeconds: config.shutdownGraceSeconds,
    onStart: (signal) => {
      isShuttingDown = true;
      logger.info({ signal }, 'shutting down');
    },
    onFailure: (reason) => logger.error({ err: reason }, 'not shut down in good order'),
    close: async () => {
      await respond.stop();
      await api.stop();
      await app.close();
      await Promise.all([pool.end(), clickhouse.close(), telemetry.shutdown()]);
    },
    exit: (code) => process.exit(code),
  });
}

interface Opened {
  readonly pool: Pool;
  readonly clickhouse: ClickHouse;
  readonly logger: Logger;
  /** Where this process listens. */
  readonly local: string;
  readonly dashboardUrl: string;
}

async function createParts(
  config: ServerConfig,
  { pool, clickhouse, logger, local, dashboardUrl }: Opened,
): Promise<{ readonly api: Api; readonly respond: Respond }> {
  const sealer = config.secretKey === null ? null : createSealer(config.secretKey);
  const api = await createApi({
    pool,
    databaseUrl: config.databaseUrl,
    clickhouse: () => clickhouse,
    allowedOrigins: config.allowedOrigins,
    ingestUrl: () => config.publicUrl ?? local,
    dashboardUrl: () => dashboardUrl,
    oidc: config.oidc,
    mailIsSetUp: config.smtpUrl !== null,
    isTrustedProxy: trustedProxies(config.trustedProxies),
    version,
    logger,
    sealer,
  });
  const respond = createRespond({
    databaseUrl: config.databaseUrl,
    sealer,
    dashboardUrl: () => dashboardUrl,
    smtpUrl: config.smtpUrl,
    mailFrom: config.mailFrom,
    logger,
  });
  return { api, respond };
}

main().catch((error: unknown) => {
  console.error(startFailureText(error));
  process.exit(1);
});
