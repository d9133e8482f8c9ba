import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';

/**
 * Every variable Tocsin reads, once: its check, its default and the sentence that documents it. A process picks the
 * ones it needs, and the README's table and `.env.example` are tested against these.
 *
 * The error text completes "NAME should be …". `secret` values are never echoed, not even when they are wrong.
 */
export const settings = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'a URL like postgres://user:password@host:5432/database' })
    .meta({
      description: 'The PostgreSQL database, the one place where everything is kept.',
      secret: true,
    }),
  CLICKHOUSE_URL: z
    .url({ protocol: /^https?$/, error: 'a URL like http://user:password@host:8123/database' })
    .meta({ description: 'The ClickHouse server that answers the numbers.', secret: true }),
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^[A-Za-z_][\w-]*$/, 'the name of a cluster in ClickHouse’s configuration')
    .optional()
    .meta({ description: 'The ClickHouse cluster to create replicated and distributed tables on.' }),
  TOCSIN_HOST: hostName().default('127.0.0.1').meta({
    description: 'The address that dashboard and API listen on.',
  }),
  TOCSIN_PORT: port().default(4000).meta({ description: 'The port of dashboard and API; 0 takes any free one.' }),
  TOCSIN_INGEST_HOST: hostName()
    .default('127.0.0.1')
    .meta({ description: 'The address that a separate ingest process listens on.' }),
  TOCSIN_INGEST_PORT: port()
    .default(4001)
    .meta({ description: 'The port of a separate ingest process; 0 takes any free one.' }),
  TOCSIN_PUBLIC_URL: webUrl().optional().meta({
    description:
      'Where senders reach the webhooks, as printed in the snippets, when that is not the address listened on.',
  }),
  TOCSIN_DATA_DIR: z
    .string()
    .default('./data')
    .meta({ description: 'Where the embedded PostgreSQL and ClickHouse keep their data.' }),
  TOCSIN_DASHBOARD_URL: webUrl().optional().meta({
    description: 'Where people reach the dashboard, for links in messages; TOCSIN_PUBLIC_URL without.',
  }),
  TOCSIN_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .pipe(z.array(z.string().refine(isNetwork, 'addresses and networks like 10.0.0.0/8, separated by commas')))
    .optional()
    .meta({
      description:
        'Proxies that are believed when they say whom they speak for; the address of the connection counts without.',
    }),
  TOCSIN_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'a URL like smtps://user:password@mail.example.com' })
    .optional()
    .meta({ description: 'The mail server that e-mail goes out through; none is sent without.', secret: true }),
  TOCSIN_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n<>]*<[^\s@<>]+@[^\s@<>]+>$|^[^\s@<>]+@[^\s@<>]+$/, 'an address like Tocsin <tocsin@example.com>')
    .default('Tocsin <tocsin@localhost>')
    .meta({ description: 'The sender of e-mail.' }),
  TOCSIN_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'a URL like https://id.example.com' })
    .optional()
    .meta({ description: 'The identity provider (OpenID Connect) that people may sign in with: its issuer.' }),
  TOCSIN_OIDC_CLIENT_ID: z.string().optional().meta({ description: 'What the identity provider calls Tocsin.' }),
  TOCSIN_OIDC_CLIENT_SECRET: z
    .string()
    .optional()
    .meta({ description: 'What Tocsin shows the identity provider.', secret: true }),
  TOCSIN_OIDC_NAME: z
    .string()
    .max(50, 'at most 50 characters')
    .default('single sign-on')
    .meta({ description: 'What the button to sign in with the identity provider says.' }),
  TOCSIN_OIDC_DEFAULT_ROLE: z
    .enum(['viewer', 'reporter', 'responder', 'manager', 'none'], {
      error: 'one of viewer, reporter, responder, manager, none',
    })
    .default('viewer')
    .meta({
      description:
        'The role of who comes from the identity provider for the first time: viewer, reporter, responder, manager; none lets in only who has an account.',
    }),
  TOCSIN_SECRET_KEY: z
    .string()
    .min(32, 'at least 32 characters, like the output of `openssl rand -hex 32`')
    .regex(/^\S*$/, 'without blanks')
    .optional()
    .meta({
      description:
        'Seals the signing secrets of senders; the same for every process. An embedded PostgreSQL brings a key file of its own.',
      secret: true,
    }),
  TOCSIN_ALLOWED_ORIGINS: z
    .string()
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .pipe(z.array(z.string().refine(isOrigin, 'origins like https://tocsin.example.com, separated by commas')))
    .optional()
    .meta({
      description: 'Further origins whose pages may use the API, separated by commas; its own is always allowed.',
    }),
  TOCSIN_BOOTSTRAP_SECRET: z
    .string()
    .min(16, 'at least 16 characters, like the output of `openssl rand -hex 24`')
    .regex(/^[\w.~-]*$/, 'made of letters, digits and - . _ ~, since it may stand in a URL')
    .optional()
    .meta({
      description:
        'Creates the Alertmanager integration “bootstrap” with this secret at the start, unless one has it already.',
      secret: true,
    }),
  TOCSIN_QUIET_PERIOD_SECONDS: wholeNumber(1, 86_400).default(120).meta({
    description: 'How long all alerts of an incident must have been resolved before it resolves by itself.',
  }),
  TOCSIN_EVENT_RETENTION_DAYS: wholeNumber(30, 36_500).optional().meta({
    description:
      'How long the log (timelines, audit trail) is kept; it goes by whole months. All of it is kept without.',
  }),
  TOCSIN_DELIVERY_RETENTION_DAYS: wholeNumber(1, 36_500)
    .default(30)
    .meta({ description: 'How long the requests of senders are listed on the page of their integration.' }),
  TOCSIN_DEAD_LETTER_RETENTION_DAYS: wholeNumber(1, 36_500)
    .default(90)
    .meta({ description: 'How long what could not be understood or stored is kept for a replay.' }),
  TOCSIN_AUDIT_RETENTION_DAYS: wholeNumber(30, 36_500).optional().meta({
    description: 'How long the audit trail is kept beyond the log’s own retention. All of it is kept without.',
  }),
  TOCSIN_CHANGE_RETENTION_DAYS: wholeNumber(1, 36_500).default(365).meta({
    description:
      'How long deploys and other changes are kept, for the timelines of incidents and as their likely causes.',
  }),
  TOCSIN_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info')
    .meta({ description: 'How much is logged: trace, debug, info, warn, error, fatal or silent.' }),
  TOCSIN_SHUTDOWN_GRACE_SECONDS: wholeNumber(0, 300)
    .default(10)
    .meta({ description: 'How long requests and batches in flight may take to finish after SIGTERM.' }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'a URL like http://collector:4318' })
    .optional()
    .meta({
      description: 'The OpenTelemetry collector that traces are sent to (OTLP over HTTP); none are sent without.',
    }),
  OTEL_SERVICE_NAME: z.string().default('tocsin').meta({ description: 'The service name on traces and metrics.' }),
} as const;

/** Set by the tests, and by Kubernetes for every Service whose name begins with "tocsin": none of our business. */
export const foreignVariables =
  /^TOCSIN_(REQUIRE_ALL_TESTS|(\w+_)?SERVICE_(HOST|PORT)(_\w+)?|(\w+_)?PORT_\d+_(TCP|UDP)(_\w+)?)$/;

function webUrl() {
  return z
    .url({ protocol: /^https?$/, error: 'a URL like https://tocsin.example.com' })
    .transform((url) => url.replace(/\/+$/, ''));
}

function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const longest = isIPv6(address) ? 128 : 32;
  return (isIPv4(address) || isIPv6(address)) && (bits === undefined || Number(bits) <= longest);
}

function hostName() {
  return z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'a host name or address like 127.0.0.1, without scheme and port');
}

function port() {
  return wholeNumber(0, 65_535);
}

function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.int().min(min, error).max(max, error));
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
