import type { Pool } from '@tocsin/schema/postgres/pool';
import { acknowledgeAsSender } from '@tocsin/schema/postgres/senderAcknowledge';
import { isUnavailable } from '@tocsin/schema/postgres/transaction';
import { Unavailable } from './answers.js';
import type { ReceiveDeps } from './receive.js';

/** Acknowledges the open incidents of conditions, in the name of the integration; where Postgres is away, 503. */
export function senderAcknowledge(pool: Pool, now: () => number): NonNullable<ReceiveDeps['acknowledge']> {
  return async (integration, fingerprints) => {
    try {
      await acknowledgeAsSender(pool, integration, fingerprints, now());
    } catch (error) {
      throw isUnavailable(error) ? new Unavailable() : error;
    }
  };
}
