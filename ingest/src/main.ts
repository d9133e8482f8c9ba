import { createClickHouse } from '@tocsin/schema/clickhouse/client';
import { seedIntegration } from '@tocsin/schema/postgres/integrationSecret';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool } from '@tocsin/schema/postgres/pool';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { healthRoutes } from '@tocsin/schema/runtime/health';
import { createHttpApp } from '@tocsin/schema/runtime/httpApp';
import { createLogger } from '@tocsin/schema/runtime/logger';
import { closeOnSignal } from '@tocsin/schema/runtime/shutdown';
import { startFailureText } from '@tocsin/schema/runtime/startFailure';
import { startTelemetry } from '@tocsin/schema/runtime/telemetry';
import { parseIngestConfig } from './config.js';
import { createIngest } from './ingest.js';

async function main(): Promise<void> {
  const config = parseIngestConfig(process.env);
  const logger = createLogger({ name: 'tocsin-ingest', level: config.logLevel });
  const telemetry = startTelemetry({ serviceName: config.serviceName, otlpEndpoint: config.otlpEndpoint });
  const pool = createPool({
    connectionString: config.databaseUrl,
    applicationName: 'tocsin-ingest',
    answerTimeoutMs: 20_000,
    onError: (error) => logger.warn({ err: error }, 'a connection to Postgres ended'),
  });
  await migratePostgres(pool);
  if (config.bootstrapSecret !== null) await seedIntegration(pool, 'bootstrap', 'alertmanager', config.bootstrapSecret);
  const clickhouse = await createClickHouse({ url: config.clickhouseUrl });
  const ingest = createIngest({
    databaseUrl: config.databaseUrl,
    pool,
    clickhouse,
    clickhouseCluster: config.clickhouseCluster,
    quietPeriodSeconds: config.quietPeriodSeconds,
    retention: config.retention,
    logger,
    sealer: config.secretKey === null ? null : createSealer(config.secretKey),
  });
  let isShuttingDown = false;
  const app = createHttpApp(logger);
  healthRoutes(app, { pool, scrape: telemetry.scrape, isShuttingDown: () => isShuttingDown });
  await ingest.register(app);
  await ingest.start();
  await app.listen({ host: config.host, port: config.port });
  closeOnSignal(process, {
    graceSeconds: config.shutdownGraceSeconds,
    onStart: (signal) => {
      isShuttingDown = true;
      logger.info({ signal }, 'shutting down');
    },
    onFailure: (reason) => logger.error({ err: reason }, 'not shut down in good order'),
    close: async () => {
      // Requests that are in get their answer before their connections are closed.
      await ingest.stop();
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
