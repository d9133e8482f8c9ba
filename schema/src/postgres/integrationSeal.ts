import type { Queryable } from './pool.js';

/** The sealed secrets of an integration; what they hold is nobody's business here. */
export type SealedKind = 'signing' | 'reconcile';

const columns = { signing: 'signing_secret', reconcile: 'reconcile_token' } as const;

/** What a secret of an integration is sealed for. */
export function sealPurpose(integrationId: number, kind: SealedKind): string {
  return `integration:${integrationId}:${kind}`;
}

/** Null takes it away. False where there is no such integration. */
export async function writeSealed(
  db: Queryable,
  integrationId: number,
  kind: SealedKind,
  sealed: Buffer | null,
): Promise<boolean> {
  const { rowCount } = await db.query(`update integration set ${columns[kind]} = $2 where id = $1`, [
    integrationId,
    sealed,
  ]);
  return rowCount === 1;
}

export async function readSealed(db: Queryable, integrationId: number, kind: SealedKind): Promise<Buffer | null> {
  const { rows } = await db.query<{ sealed: Buffer | null }>({
    name: `integration_sealed_${kind}`,
    text: `select ${columns[kind]} as sealed from integration where id = $1`,
    values: [integrationId],
  });
  return rows[0]?.sealed ?? null;
}

/** What an integration is reconciled with, locked: nobody gives it a token while its address changes. */
export async function lockReconcile(
  db: Queryable,
  integrationId: number,
): Promise<{ readonly url: string | null; readonly hasToken: boolean } | null> {
  const { rows } = await db.query<{ url: string | null; hasToken: boolean }>(
    `select reconcile_url as url, reconcile_token is not null as "hasToken" from integration where id = $1 for update`,
    [integrationId],
  );
  return rows[0] ?? null;
}
