import { parseEnvironment, type Environment } from '@tocsin/schema/runtime/parseEnvironment';
import { isLoopback, settings } from '@tocsin/schema/runtime/settings';
import { z } from 'zod';

const shared = {
  CLICKHOUSE_CLUSTER: settings.CLICKHOUSE_CLUSTER,
  TOCSIN_HOST: settings.TOCSIN_HOST,
  TOCSIN_PORT: settings.TOCSIN_PORT,
  TOCSIN_PUBLIC_URL: settings.TOCSIN_PUBLIC_URL,
  TOCSIN_ADMIN_TOKEN: settings.TOCSIN_ADMIN_TOKEN,
  TOCSIN_SECRET_KEY: settings.TOCSIN_SECRET_KEY,
  TOCSIN_ALLOWED_ORIGINS: settings.TOCSIN_ALLOWED_ORIGINS,
  TOCSIN_LOG_LEVEL: settings.TOCSIN_LOG_LEVEL,
  TOCSIN_SHUTDOWN_GRACE_SECONDS: settings.TOCSIN_SHUTDOWN_GRACE_SECONDS,
  OTEL_EXPORTER_OTLP_ENDPOINT: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
};

/** What the API process reads. */
export const serverVariables = z.object({
  DATABASE_URL: settings.DATABASE_URL,
  CLICKHOUSE_URL: settings.CLICKHOUSE_URL,
  ...shared,
  OTEL_SERVICE_NAME: settings.OTEL_SERVICE_NAME.unwrap()
    .default('tocsin-server')
    .meta(settings.OTEL_SERVICE_NAME.meta() ?? {}),
});

/** What everything in one process reads; a store without a URL is embedded. */
export const standaloneVariables = z.object({
  DATABASE_URL: settings.DATABASE_URL.optional(),
  CLICKHOUSE_URL: settings.CLICKHOUSE_URL.optional(),
  ...shared,
  TOCSIN_DATA_DIR: settings.TOCSIN_DATA_DIR,
  TOCSIN_QUIET_PERIOD_SECONDS: settings.TOCSIN_QUIET_PERIOD_SECONDS,
  TOCSIN_EVENT_RETENTION_DAYS: settings.TOCSIN_EVENT_RETENTION_DAYS,
  TOCSIN_DELIVERY_RETENTION_DAYS: settings.TOCSIN_DELIVERY_RETENTION_DAYS,
  TOCSIN_DEAD_LETTER_RETENTION_DAYS: settings.TOCSIN_DEAD_LETTER_RETENTION_DAYS,
  TOCSIN_CHANGE_RETENTION_DAYS: settings.TOCSIN_CHANGE_RETENTION_DAYS,
  // A person reads this process's terminal: what is in order needs no line there.
  TOCSIN_LOG_LEVEL: settings.TOCSIN_LOG_LEVEL.unwrap()
    .default('warn')
    .meta(settings.TOCSIN_LOG_LEVEL.meta() ?? {}),
  OTEL_SERVICE_NAME: settings.OTEL_SERVICE_NAME,
});

type Common = Pick<z.output<typeof serverVariables>, keyof typeof shared | 'OTEL_SERVICE_NAME'>;

function commonConfig(variables: Common) {
  return {
    clickhouseCluster: variables.CLICKHOUSE_CLUSTER ?? null,
    host: variables.TOCSIN_HOST,
    port: variables.TOCSIN_PORT,
    /** Null: the address listened on is what senders use. Without a slash at the end. */
    publicUrl: variables.TOCSIN_PUBLIC_URL ?? null,
    /** Null: whoever reaches the loopback address is let in. */
    adminToken: variables.TOCSIN_ADMIN_TOKEN ?? null,
    /** Null: signing secrets cannot be stored, unless the data folder has a key. */
    secretKey: variables.TOCSIN_SECRET_KEY ?? null,
    allowedOrigins: variables.TOCSIN_ALLOWED_ORIGINS ?? [],
    logLevel: variables.TOCSIN_LOG_LEVEL,
    shutdownGraceSeconds: variables.TOCSIN_SHUTDOWN_GRACE_SECONDS,
    otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serviceName: variables.OTEL_SERVICE_NAME,
  };
}

/** Until there are accounts, the token is all that stands between a network and everybody's incidents. */
function isGuarded(variables: Pick<Common, 'TOCSIN_HOST' | 'TOCSIN_ADMIN_TOKEN'>): boolean {
  return isLoopback(variables.TOCSIN_HOST) || variables.TOCSIN_ADMIN_TOKEN !== undefined;
}

const unguarded =
  'TOCSIN_HOST lets other machines in: set TOCSIN_ADMIN_TOKEN (at least 16 characters) as well, or leave it at 127.0.0.1.';

const serverConfig = serverVariables.refine(isGuarded, { error: unguarded }).transform((variables) => ({
  ...commonConfig(variables),
  databaseUrl: variables.DATABASE_URL,
  clickhouseUrl: variables.CLICKHOUSE_URL,
}));

const standaloneConfig = standaloneVariables
  .refine(isGuarded, { error: unguarded })
  .refine((variables) => variables.CLICKHOUSE_CLUSTER === undefined || variables.CLICKHOUSE_URL !== undefined, {
    error: 'CLICKHOUSE_CLUSTER needs CLICKHOUSE_URL: the embedded ClickHouse is no cluster.',
  })
  .transform((variables) => ({
    ...commonConfig(variables),
    /** Null: the embedded PostgreSQL. */
    databaseUrl: variables.DATABASE_URL ?? null,
    /** Null: the embedded ClickHouse. */
    clickhouseUrl: variables.CLICKHOUSE_URL ?? null,
    dataDir: variables.TOCSIN_DATA_DIR,
    quietPeriodSeconds: variables.TOCSIN_QUIET_PERIOD_SECONDS,
    retention: {
      eventDays: variables.TOCSIN_EVENT_RETENTION_DAYS ?? null,
      deliveryDays: variables.TOCSIN_DELIVERY_RETENTION_DAYS,
      deadLetterDays: variables.TOCSIN_DEAD_LETTER_RETENTION_DAYS,
      changeDays: variables.TOCSIN_CHANGE_RETENTION_DAYS,
    },
  }));

export type ServerConfig = Readonly<z.output<typeof serverConfig>>;
export type StandaloneConfig = Readonly<z.output<typeof standaloneConfig>>;

/** @throws ConfigError naming every wrong variable */
export function parseServerConfig(environment: Environment): ServerConfig {
  return parseEnvironment(serverConfig, environment);
}

/** @throws ConfigError naming every wrong variable */
export function parseStandaloneConfig(environment: Environment): StandaloneConfig {
  return parseEnvironment(standaloneConfig, environment);
}
