import { parseEnvironment, type Environment } from '@tocsin/schema/runtime/parseEnvironment';
import { settings } from '@tocsin/schema/runtime/settings';
import { z } from 'zod';

const shared = {
  CLICKHOUSE_CLUSTER: settings.CLICKHOUSE_CLUSTER,
  TOCSIN_HOST: settings.TOCSIN_HOST,
  TOCSIN_PORT: settings.TOCSIN_PORT,
  TOCSIN_PUBLIC_URL: settings.TOCSIN_PUBLIC_URL,
  TOCSIN_DASHBOARD_URL: settings.TOCSIN_DASHBOARD_URL,
  TOCSIN_TRUSTED_PROXIES: settings.TOCSIN_TRUSTED_PROXIES,
  TOCSIN_SMTP_URL: settings.TOCSIN_SMTP_URL,
  TOCSIN_MAIL_FROM: settings.TOCSIN_MAIL_FROM,
  TOCSIN_OIDC_ISSUER: settings.TOCSIN_OIDC_ISSUER,
  TOCSIN_OIDC_CLIENT_ID: settings.TOCSIN_OIDC_CLIENT_ID,
  TOCSIN_OIDC_CLIENT_SECRET: settings.TOCSIN_OIDC_CLIENT_SECRET,
  TOCSIN_OIDC_NAME: settings.TOCSIN_OIDC_NAME,
  TOCSIN_OIDC_DEFAULT_ROLE: settings.TOCSIN_OIDC_DEFAULT_ROLE,
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
  TOCSIN_AUDIT_RETENTION_DAYS: settings.TOCSIN_AUDIT_RETENTION_DAYS,
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
    /** For links to the dashboard. Null: the public URL, else the address listened on. Without a slash at the end. */
    dashboardUrl: variables.TOCSIN_DASHBOARD_URL ?? variables.TOCSIN_PUBLIC_URL ?? null,
    trustedProxies: variables.TOCSIN_TRUSTED_PROXIES ?? [],
    /** Null: no mail is sent. */
    smtpUrl: variables.TOCSIN_SMTP_URL ?? null,
    mailFrom: variables.TOCSIN_MAIL_FROM,
    /** Null: nobody signs in through an identity provider. */
    oidc: oidcOf(variables),
    /** Null: signing secrets cannot be stored, unless the data folder has a key. */
    secretKey: variables.TOCSIN_SECRET_KEY ?? null,
    allowedOrigins: variables.TOCSIN_ALLOWED_ORIGINS ?? [],
    logLevel: variables.TOCSIN_LOG_LEVEL,
    shutdownGraceSeconds: variables.TOCSIN_SHUTDOWN_GRACE_SECONDS,
    otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serviceName: variables.OTEL_SERVICE_NAME,
  };
}

/** Issuer, client and secret belong together. */
function isWholeOidc(variables: OidcVariables): boolean {
  const { TOCSIN_OIDC_ISSUER: issuer, TOCSIN_OIDC_CLIENT_ID: id, TOCSIN_OIDC_CLIENT_SECRET: secret } = variables;
  return new Set([issuer, id, secret].map((each) => each === undefined)).size === 1;
}

type OidcVariables = Pick<
  Common,
  | 'TOCSIN_OIDC_ISSUER'
  | 'TOCSIN_OIDC_CLIENT_ID'
  | 'TOCSIN_OIDC_CLIENT_SECRET'
  | 'TOCSIN_OIDC_NAME'
  | 'TOCSIN_OIDC_DEFAULT_ROLE'
>;

const halfOidc =
  'TOCSIN_OIDC_ISSUER, TOCSIN_OIDC_CLIENT_ID and TOCSIN_OIDC_CLIENT_SECRET belong together: set all three or none.';

function oidcOf(variables: OidcVariables) {
  const { TOCSIN_OIDC_ISSUER: issuer, TOCSIN_OIDC_CLIENT_ID: clientId } = variables;
  const clientSecret = variables.TOCSIN_OIDC_CLIENT_SECRET;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  const { TOCSIN_OIDC_NAME: name, TOCSIN_OIDC_DEFAULT_ROLE: role } = variables;
  return { issuer, clientId, clientSecret, name, defaultRole: role === 'none' ? null : role };
}

const serverConfig = serverVariables.refine(isWholeOidc, { error: halfOidc }).transform((variables) => ({
  ...commonConfig(variables),
  databaseUrl: variables.DATABASE_URL,
  clickhouseUrl: variables.CLICKHOUSE_URL,
}));

const standaloneConfig = standaloneVariables
  .refine(isWholeOidc, { error: halfOidc })
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
      auditDays: variables.TOCSIN_AUDIT_RETENTION_DAYS ?? null,
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
