import { receiveRoutes, type Delivery } from '@tocsin/ingest/receive';
import { noOutcome } from '@tocsin/ingest/arrival';
import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { FieldMapping } from '@tocsin/schema/domain/mapping';
import {
  defaultIgnoreLabels,
  defaultVolatileAnnotations,
  sourceKinds,
  type Integration,
  type SourceKind,
} from '@tocsin/schema/domain/source';
import { fastify, type FastifyInstance } from 'fastify';

const now = Date.parse('2026-11-20T09:00:00Z');

const mapping: readonly FieldMapping[] = [
  { field: 'title', expression: 'body.title + " " + string(body.?labels.size().orValue(0))' },
  { field: 'severity', expression: 'body.?severity.orValue("low")' },
  { field: 'labels', expression: 'body.labels' },
  { field: 'description', expression: 're(body.title, "^(a+)+$") ? "as" : body.description' },
];
const listMapping: readonly FieldMapping[] = [...mapping, { field: 'alerts', expression: 'body.alerts' }];

/** What a mapped integration's secret begins with; behind it the kind. */
export const secretsOf = (kind: SourceKind): readonly [string, ...string[]] =>
  kind === 'generic' || kind === 'cloudevents' ? [kind, `mapped-${kind}`, `list-${kind}`] : [kind];

function integrationOf(secret: string): Integration | null {
  // Events of PagerDuty bring a key of their own.
  const isRoutingKey = /^[0-9a-f]{32}$/.test(secret);
  const source = isRoutingKey ? 'pagerduty' : sourceKinds.find((kind) => secret.endsWith(kind));
  if (source === undefined) return null;
  return {
    id: sourceKinds.indexOf(source) + 1,
    name: source,
    source,
    team: null,
    environment: null,
    ignoreLabels: defaultIgnoreLabels,
    volatileAnnotations: defaultVolatileAnnotations,
    labelAliases: [{ field: 'service', label: 'queue' }],
    mapping: secret.startsWith('mapped-') ? mapping : secret.startsWith('list-') ? listMapping : [],
    staleAfterSeconds: 3_600,
    staleAction: 'keep',
    heartbeatSeconds: null,
    reconcileUrl: null,
    topics: [],
    hasSigningSecret: false,
    createdAt: now,
    firstReceivedAt: null,
    lastReceivedAt: null,
  };
}

/** The real routes with nothing behind them; what is wrong with a delivery or is logged as an error goes to `onFault`. */
export async function startReceiver(onFault: (fault: string) => void): Promise<FastifyInstance> {
  const stream = { write: (line: string) => onFault(`an error was logged: ${line.slice(0, 2_000)}`) };
  const app = fastify({ logger: { level: 'error', stream } });
  await app.register(receiveRoutes, {
    verify: async (secret) => integrationOf(secret),
    submit: async (delivery: Delivery) => {
      for (const fault of delivery.alerts.flatMap(faultsOf)) onFault(fault);
      for (const each of [...delivery.rejected, ...(delivery.changes ?? [])]) {
        if (!isStorable(each)) onFault('a dead letter or a change holds what Postgres refuses');
      }
      return { ...noOutcome, opened: delivery.alerts.length };
    },
    now: () => now,
  });
  await app.ready();
  return app;
}

/** What every alert owes, whatever it was made of. */
function faultsOf(alert: NormalisedAlert): string[] {
  const faults: string[] = [];
  const urls = [alert.generatorUrl, alert.runbookUrl, ...alert.links.map(({ url }) => url)];
  if (alert.title.trim() === '') faults.push('an alert has no title');
  if (alert.fingerprint.length > 255 || alert.fingerprint === '') faults.push('a fingerprint is empty or too long');
  if (urls.some((url) => url !== null && !/^https?:\/\//i.test(url))) faults.push('a link is no http(s) link');
  if (alert.status === 'firing' && alert.endsAt !== null) faults.push('a firing alert has ended');
  for (const time of [alert.startsAt, alert.endsAt]) {
    if (time !== null && !Number.isSafeInteger(time)) faults.push('a time is no whole number');
  }
  if (!isStorable(alert)) faults.push('an alert holds what Postgres refuses');
  return faults;
}

/** JSON.stringify escapes what jsonb refuses: NUL, and lone surrogates. */
function isStorable(value: unknown): boolean {
  return !/(?<!\\)(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/i.test(JSON.stringify(value) ?? '');
}
