import type { Queryable } from './pool.js';

export interface InstallationKey {
  readonly publicKey: string;
  readonly sealed: Buffer;
}

/** The pair that Web Push is signed with. */
export async function readInstallationKey(db: Queryable): Promise<InstallationKey | null> {
  const { rows } = await db.query<{ public_key: string; secret: Buffer }>(
    `select public_key, secret from installation_key where name = 'web_push'`,
  );
  const [row] = rows;
  return row === undefined ? null : { publicKey: row.public_key, sealed: row.secret };
}

/** Of two that make one at once the first counts: read it afterwards. */
export async function addInstallationKey(db: Queryable, { publicKey, sealed }: InstallationKey): Promise<void> {
  await db.query(
    `insert into installation_key (name, public_key, secret) values ('web_push', $1, $2) on conflict do nothing`,
    [publicKey, sealed],
  );
}
