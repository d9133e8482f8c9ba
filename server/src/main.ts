import { createClickHouse } from '@tocsin/schema/clickhouse/client';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool } from '@tocsin/schema/postgres/pool';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { healthRoutes } from '@tocsin/schema/runtime/health';
import { createHttpApp } from '@tocsin/schema/runtime/httpApp';
import { createLogger } from '@tocsin/schema/runtime/logger';
import { closeOnSignal } from '@tocsin/schema/runtime/shutdown';
import { startFailureText } from '@tocsin/schema/runtime/startFailure';
import { startTelemetry } from '@tocsin/schema/runtime/telemetry';
import { createApi } from './api.js';
import { parseServerConfig } from './config.js';
import { dashboardRoutes } from './dashboard.js';

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
  const api = await createApi({
    pool,
    databaseUrl: config.databaseUrl,
    clickhouse: () => clickhouse,
    adminToken: config.adminToken,
    allowedOrigins: config.allowedOrigins,
    ingestUrl: () => config.publicUrl ?? `http://${config.host}:${config.port}`,
    version,
    logger,
    sealer: config.secretKey === null ? null : createSealer(config.secretKey),
    isProduction: true,
  });
  let isShuttingDown = false;
  const app = createHttpApp(logger);
  healthRoutes(app, { pool, scrape: telemetry.scrape, isShuttingDown: () => isShuttingDown });
  await api.register(app);
  await dashboardRoutes(app);
  await api.start();
  await app.listen({ host: config.host, port: config.port });
  closeOnSignal(process, {
    graceSeconds: config.shutdownGraceSeconds,
    onStart: (signal) => {
      isShuttingDown = true;
      logger.info({ signal }, 'shutting down');
    },
    onFailure: (reason) => logger.error({ err: reason }, 'not shut down in good order'),
    close: async () => {
      await api.stop();
      await app.close();
      await Promise.all([pool.end(), clickhouse.close(), telemetry.shutdown()]);
    },
    exit: (code) => process.exit(code),
  });
}

main().catch((error: unknown) => {
  console.error(startFailureText(error));
  process.exit(1);
});
