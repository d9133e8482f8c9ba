import { parseEnvironment, type Environment } from '@tocsin/schema/runtime/parseEnvironment';
import { settings } from '@tocsin/schema/runtime/settings';
import { z } from 'zod';

/** What the ingest process reads. It may listen anywhere: every sender presents its integration's secret. */
export const ingestVariables = z.object({
  DATABASE_URL: settings.DATABASE_URL,
  CLICKHOUSE_URL: settings.CLICKHOUSE_URL,
  CLICKHOUSE_CLUSTER: settings.CLICKHOUSE_CLUSTER,
  TOCSIN_INGEST_HOST: settings.TOCSIN_INGEST_HOST,
  TOCSIN_INGEST_PORT: settings.TOCSIN_INGEST_PORT,
  TOCSIN_SECRET_KEY: settings.TOCSIN_SECRET_KEY,
  TOCSIN_BOOTSTRAP_SECRET: settings.TOCSIN_BOOTSTRAP_SECRET,
  TOCSIN_QUIET_PERIOD_SECONDS: settings.TOCSIN_QUIET_PERIOD_SECONDS,
  TOCSIN_EVENT_RETENTION_DAYS: settings.TOCSIN_EVENT_RETENTION_DAYS,
  TOCSIN_DELIVERY_RETENTION_DAYS: settings.TOCSIN_DELIVERY_RETENTION_DAYS,
  TOCSIN_DEAD_LETTER_RETENTION_DAYS: settings.TOCSIN_DEAD_LETTER_RETENTION_DAYS,
  TOCSIN_AUDIT_RETENTION_DAYS: settings.TOCSIN_AUDIT_RETENTION_DAYS,
  TOCSIN_CHANGE_RETENTION_DAYS: settings.TOCSIN_CHANGE_RETENTION_DAYS,
  TOCSIN_LOG_LEVEL: settings.TOCSIN_LOG_LEVEL,
  TOCSIN_SHUTDOWN_GRACE_SECONDS: settings.TOCSIN_SHUTDOWN_GRACE_SECONDS,
  OTEL_EXPORTER_OTLP_ENDPOINT: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_SERVICE_NAME: settings.OTEL_SERVICE_NAME.unwrap()
    .default('tocsin-ingest')
    .meta(settings.OTEL_SERVICE_NAME.meta() ?? {}),
});

const ingestConfig = ingestVariables.transform((variables) => ({
  databaseUrl: variables.DATABASE_URL,
  clickhouseUrl: variables.CLICKHOUSE_URL,
  clickhouseCluster: variables.CLICKHOUSE_CLUSTER ?? null,
  host: variables.TOCSIN_INGEST_HOST,
  port: variables.TOCSIN_INGEST_PORT,
  /** The integration "bootstrap" is created with it at the start when no integration has it. */
  bootstrapSecret: variables.TOCSIN_BOOTSTRAP_SECRET ?? null,
  secretKey: variables.TOCSIN_SECRET_KEY ?? null,
  quietPeriodSeconds: variables.TOCSIN_QUIET_PERIOD_SECONDS,
  retention: {
    eventDays: variables.TOCSIN_EVENT_RETENTION_DAYS ?? null,
    deliveryDays: variables.TOCSIN_DELIVERY_RETENTION_DAYS,
    deadLetterDays: variables.TOCSIN_DEAD_LETTER_RETENTION_DAYS,
    auditDays: variables.TOCSIN_AUDIT_RETENTION_DAYS ?? null,
    changeDays: variables.TOCSIN_CHANGE_RETENTION_DAYS,
  },
  logLevel: variables.TOCSIN_LOG_LEVEL,
  shutdownGraceSeconds: variables.TOCSIN_SHUTDOWN_GRACE_SECONDS,
  otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  serviceName: variables.OTEL_SERVICE_NAME,
}));

export type IngestConfig = Readonly<z.output<typeof ingestConfig>>;

/** @throws ConfigError naming every wrong variable */
export function parseIngestConfig(environment: Environment): IngestConfig {
  return parseEnvironment(ingestConfig, environment);
}
