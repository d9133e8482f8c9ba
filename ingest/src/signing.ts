import type { Integration } from '@tocsin/schema/domain/source';
import { readSealed, sealPurpose, type SealedKind } from '@tocsin/schema/postgres/integrationSeal';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { isUnavailable } from '@tocsin/schema/postgres/transaction';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import { Unavailable } from './answers.js';

/**
 * Reads a sealed secret of an integration; null where none is set.
 * @throws Unavailable where it is set and this process has no key: better nothing is taken in than something unverified
 */
export async function openSealed(
  pool: Pool,
  sealer: Sealer | null,
  integrationId: number,
  kind: SealedKind,
): Promise<string | null> {
  const sealed = await readSealed(pool, integrationId, kind).catch((error: unknown) => {
    throw isUnavailable(error) ? new Unavailable() : error;
  });
  if (sealed === null) return null;
  if (sealer === null) throw new Unavailable('this process has no TOCSIN_SECRET_KEY to read the signing secret with');
  return sealer.open(sealed, sealPurpose(integrationId, kind));
}

/** The secret that a sender signs with; asks Postgres only where one is set. */
export function signingSecrets(
  pool: Pool,
  sealer: Sealer | null,
): (integration: Integration) => Promise<string | null> {
  return async ({ id, hasSigningSecret }) => (hasSigningSecret ? openSealed(pool, sealer, id, 'signing') : null);
}
