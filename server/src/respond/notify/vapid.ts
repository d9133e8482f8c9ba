import { addInstallationKey, readInstallationKey } from '@tocsin/schema/postgres/installationKey';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import webPush from 'web-push';

const purpose = 'web_push';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The installation's own pair, made when it is first asked for; null without a key to keep it under. */
export async function pushKeys(db: Queryable, sealer: Sealer | null): Promise<PushKeys | null> {
  if (sealer === null) return null;
  const known = await readInstallationKey(db);
  if (known !== null) return { publicKey: known.publicKey, privateKey: sealer.open(known.sealed, purpose) };
  const made = webPush.generateVAPIDKeys();
  await addInstallationKey(db, { publicKey: made.publicKey, sealed: sealer.seal(made.privateKey, purpose) });
  return pushKeys(db, sealer);
}
