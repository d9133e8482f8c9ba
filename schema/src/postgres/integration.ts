import { defaultIgnoreLabels, defaultStaleAfterSeconds, defaultVolatileAnnotations } from '../domain/source.js';
import type { Integration, SourceKind, StaleAction } from '../domain/source.js';
import type { Queryable } from './pool.js';

const columns = `i.id, i.name, i.source, i.team, i.environment, i.ignore_labels, i.volatile_annotations, i.label_aliases, i.mapping,
  i.stale_after_seconds, i.stale_action, i.heartbeat_seconds, i.reconcile_url, i.topics,
  i.signing_secret is not null as has_signing_secret, i.created_at`;

interface IntegrationRow {
  readonly id: number;
  readonly name: string;
  readonly source: SourceKind;
  readonly team: string | null;
  readonly environment: string | null;
  readonly ignore_labels: readonly string[];
  readonly volatile_annotations: readonly string[];
  readonly label_aliases: Integration['labelAliases'];
  readonly mapping: Integration['mapping'];
  readonly stale_after_seconds: number;
  readonly stale_action: StaleAction;
  readonly heartbeat_seconds: number | null;
  readonly reconcile_url: string | null;
  readonly topics: readonly string[];
  readonly has_signing_secret: boolean;
  readonly created_at: number;
  readonly first_received_at?: number | null;
  readonly last_received_at?: number | null;
}

function integrationOfRow(row: IntegrationRow): Integration {
  return {
    id: row.id,
    name: row.name,
    source: row.source,
    team: row.team,
    environment: row.environment,
    ignoreLabels: row.ignore_labels,
    volatileAnnotations: row.volatile_annotations,
    labelAliases: row.label_aliases,
    mapping: row.mapping,
    staleAfterSeconds: row.stale_after_seconds,
    staleAction: row.stale_action,
    heartbeatSeconds: row.heartbeat_seconds,
    reconcileUrl: row.reconcile_url,
    topics: row.topics,
    hasSigningSecret: row.has_signing_secret,
    createdAt: row.created_at,
    firstReceivedAt: row.first_received_at ?? null,
    lastReceivedAt: row.last_received_at ?? null,
  };
}

/** The integrations of these ids (null: all), by id, with when they were first and last heard. */
export async function loadIntegrations(db: Queryable, ids: readonly number[] | null): Promise<readonly Integration[]> {
  const { rows } = await db.query<IntegrationRow>({
    name: 'integrations',
    text: `select ${columns}, first.received_at as first_received_at, last.last_received_at
             from integration i
             left join lateral (select received_at from delivery where integration_id = i.id
                                 order by last_received_at limit 1) as first on true
             left join lateral (select last_received_at from delivery where integration_id = i.id
                                 order by last_received_at desc limit 1) as last on true
            where $1::bigint[] is null or i.id = any($1::bigint[]) order by i.id`,
    values: [ids],
  });
  return rows.map(integrationOfRow);
}

/** The integration whose valid secret has this hash (32 bytes), or null. Not with when it was heard: ingest asks this. */
export async function integrationOfSecretHash(db: Queryable, hash: Uint8Array): Promise<Integration | null> {
  const { rows } = await db.query<IntegrationRow>({
    name: 'integration_of_secret',
    text: `select ${columns} from integration_secret s join integration i on i.id = s.integration_id
            where s.hash = $1 and (s.expires_at is null or s.expires_at > now())`,
    values: [hash],
  });
  return rows[0] ? integrationOfRow(rows[0]) : null;
}

export interface IntegrationSettings {
  readonly name: string;
  readonly source: SourceKind;
  readonly team: string | null;
  readonly environment: string | null;
  readonly staleAfterSeconds: number | null;
  readonly staleAction: StaleAction | null;
  readonly ignoreLabels: readonly string[] | null;
  readonly volatileAnnotations: readonly string[] | null;
  readonly labelAliases?: Integration['labelAliases'] | null;
  readonly heartbeatSeconds?: number | null;
  readonly reconcileUrl?: string | null;
  readonly topics?: readonly string[] | null;
}

/** Null settings take the source's defaults. */
export async function insertIntegration(db: Queryable, settings: IntegrationSettings): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into integration (name, source, team, environment, ignore_labels, volatile_annotations,
                              stale_after_seconds, stale_action, label_aliases, heartbeat_seconds, heartbeat_since, reconcile_url, topics)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, now(), $11, $12) returning id`,
    [
      settings.name,
      settings.source,
      settings.team,
      settings.environment,
      settings.ignoreLabels ?? defaultIgnoreLabels,
      settings.volatileAnnotations ?? defaultVolatileAnnotations,
      settings.staleAfterSeconds ?? defaultStaleAfterSeconds[settings.source],
      settings.staleAction ?? 'keep',
      JSON.stringify(settings.labelAliases ?? []),
      settings.heartbeatSeconds ?? null,
      settings.reconcileUrl ?? null,
      settings.topics ?? [],
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('Postgres returned no id for a new integration.');
  return id;
}

/** What is left out stays; `team` and `environment` null take theirs away. */
export type IntegrationChange = {
  readonly [K in Exclude<keyof IntegrationSettings, 'source'>]?: IntegrationSettings[K] | undefined;
};

const settable: readonly (readonly [field: keyof IntegrationChange, column: string])[] = [
  ['name', 'name'],
  ['team', 'team'],
  ['environment', 'environment'],
  ['staleAfterSeconds', 'stale_after_seconds'],
  ['staleAction', 'stale_action'],
  ['ignoreLabels', 'ignore_labels'],
  ['volatileAnnotations', 'volatile_annotations'],
  ['labelAliases', 'label_aliases'],
  ['heartbeatSeconds', 'heartbeat_seconds'],
  ['reconcileUrl', 'reconcile_url'],
  ['topics', 'topics'],
];

/** False where there is no such integration. */
export async function updateIntegration(db: Queryable, id: number, change: IntegrationChange): Promise<boolean> {
  const given = settable.filter(([field]) => change[field] !== undefined);
  const sets = given.map(([, column], index) => `${column} = $${index + 2}`);
  // Silence counts from when somebody began to expect a heartbeat.
  if (change.heartbeatSeconds != null) sets.push('heartbeat_since = now()');
  const sql =
    sets.length === 0
      ? 'select 1 from integration where id = $1'
      : `update integration set ${sets.join(', ')} where id = $1`;
  const values = given.map(([field]) => (field === 'labelAliases' ? JSON.stringify(change[field]) : change[field]));
  const { rowCount } = await db.query(sql, [id, ...values]);
  return rowCount === 1;
}

/** Replaces the whole mapping; compiled beforehand by who calls this. False where there is no such integration. */
export async function saveMapping(db: Queryable, id: number, mapping: Integration['mapping']): Promise<boolean> {
  const { rowCount } = await db.query('update integration set mapping = $2::jsonb where id = $1', [
    id,
    JSON.stringify(mapping),
  ]);
  return rowCount === 1;
}
