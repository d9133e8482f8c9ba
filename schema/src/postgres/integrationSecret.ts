import type { SourceKind } from '../domain/source.js';
import { insertIntegration, type IntegrationSettings } from './integration.js';
import { hashSecret, newSecret } from './secret.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

/** Enough to tell two secrets apart, not enough to use one. */
function hintOf(secret: string): string {
  return `${secret.slice(0, 4)}…${secret.slice(-4)}`;
}

/** A new integration and its first secret, which is readable here and never again. */
export async function createIntegration(
  pool: Pool,
  settings: IntegrationSettings,
): Promise<{ readonly id: number; readonly secret: string }> {
  return inTransaction(pool, (db) => createIntegrationIn(db, settings));
}

/** As {@link createIntegration}, in the caller's transaction. */
export async function createIntegrationIn(
  db: Queryable,
  settings: IntegrationSettings,
): Promise<{ readonly id: number; readonly secret: string }> {
  const secret = newSecret(settings.source);
  const id = await insertIntegration(db, settings);
  await insertSecret(db, id, secret);
  return { id, secret };
}

/**
 * A new secret; the ones before stay valid for `overlapSeconds`. Call in a transaction. Null where there is no such
 * integration.
 */
export async function rotateSecret(
  db: Queryable,
  integrationId: number,
  overlapSeconds: number,
): Promise<string | null> {
  const { rows } = await db.query<{ source: SourceKind }>('select source from integration where id = $1 for update', [
    integrationId,
  ]);
  const [integration] = rows;
  if (integration === undefined) return null;
  const secret = newSecret(integration.source);
  await db.query(
    `update integration_secret set expires_at = least(expires_at, now() + make_interval(secs => $2))
      where integration_id = $1 and (expires_at is null or expires_at > now())`,
    [integrationId, overlapSeconds],
  );
  await insertSecret(db, integrationId, secret);
  return secret;
}

async function insertSecret(db: Queryable, integrationId: number, secret: string): Promise<void> {
  await db.query('insert into integration_secret (integration_id, hash, hint) values ($1, $2, $3)', [
    integrationId,
    hashSecret(secret),
    hintOf(secret),
  ]);
}

export interface SecretSummary {
  readonly id: number;
  readonly integrationId: number;
  readonly hint: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** To the minute. */
  readonly lastUsedAt: number | null;
}

/** The secrets that are still valid, newest first. */
export async function secretsOf(db: Queryable, integrationIds: readonly number[]): Promise<readonly SecretSummary[]> {
  const { rows } = await db.query<{
    id: number;
    integration_id: number;
    hint: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
  }>({
    name: 'integration_secrets',
    text: `select id, integration_id, hint, created_at, expires_at, last_used_at from integration_secret
            where integration_id = any($1::bigint[]) and (expires_at is null or expires_at > now()) order by id desc`,
    values: [integrationIds],
  });
  return rows.map((row) => ({
    id: row.id,
    integrationId: row.integration_id,
    hint: row.hint,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** An integration with a secret that was chosen beforehand, unless one has that secret already. */
export async function seedIntegration(pool: Pool, name: string, source: SourceKind, secret: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    // Two processes that start at once take turns.
    await client.query('lock table integration_secret in share row exclusive mode');
    const { rowCount } = await client.query('select 1 from integration_secret where hash = $1', [hashSecret(secret)]);
    if (rowCount !== 0) return;
    const defaults = { team: null, environment: null, staleAfterSeconds: null, staleAction: null } as const;
    const lists = { ignoreLabels: null, volatileAnnotations: null };
    await insertSecret(client, await insertIntegration(client, { name, source, ...defaults, ...lists }), secret);
  });
}

/** Notes that a secret was used, once a minute at most, so that a busy sender writes next to nothing. */
export async function noteSecretUse(db: Queryable, hash: Uint8Array): Promise<void> {
  await db.query({
    name: 'secret_note_use',
    text: `update integration_secret set last_used_at = now()
            where hash = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    values: [hash],
  });
}
