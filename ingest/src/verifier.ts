import type { Integration } from '@tocsin/schema/domain/source';
import { integrationOfSecretHash } from '@tocsin/schema/postgres/integration';
import { noteSecretUse } from '@tocsin/schema/postgres/integrationSecret';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { hashSecret } from '@tocsin/schema/postgres/secret';
import { isUnavailable } from '@tocsin/schema/postgres/transaction';
import { Unavailable } from './answers.js';

interface Known {
  readonly integration: Promise<Integration | null>;
  readonly until: number;
}

/** A changed integration or a revoked secret counts after this long. */
const keptMs = 2_000;
/** Wrong secrets are not kept, so a stranger can fill nothing; this bounds the right ones. */
const limit = 1_000;

/**
 * The integration of a secret. Looked up by hash in a unique index, so what is compared are digests that an attacker
 * cannot steer; kept for two seconds, so that a busy sender costs no statement a request.
 */
export function createVerifier(pool: Pool, now: () => number): (secret: string) => Promise<Integration | null> {
  const known = new Map<string, Known>();

  function lookUp(hash: Buffer, key: string): Promise<Integration | null> {
    const integration = integrationOfSecretHash(pool, hash);
    // Only for people to see: a failure of this must not refuse the delivery.
    void integration.then((found) => found && noteSecretUse(pool, hash)).catch(() => undefined);
    if (known.size >= limit) known.clear();
    known.set(key, { integration, until: now() + keptMs });
    const forget = (): void => void known.delete(key);
    integration.then((found) => found === null && forget(), forget);
    return integration;
  }

  return async (secret) => {
    const hash = hashSecret(secret);
    const key = hash.toString('base64');
    const entry = known.get(key);
    try {
      return await (entry !== undefined && entry.until > now() ? entry.integration : lookUp(hash, key));
    } catch (error) {
      throw isUnavailable(error) ? new Unavailable() : error;
    }
  };
}
