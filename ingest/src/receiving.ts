import { batchPlanning } from '@tocsin/schema/postgres/batchPlanning';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import type { Logger } from '@tocsin/schema/runtime/logger';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import { senderAcknowledge } from './acknowledge.js';
import { keepingBodies } from './recentBodies.js';
import type { ReceiveDeps } from './receive.js';
import { signingSecrets } from './signing.js';
import { createVerifier } from './verifier.js';

interface ReceivingOptions {
  readonly pool: Pool;
  readonly logger: Logger;
  readonly sealer?: Sealer | null;
}

/** A sender that hears "send again" does; one that gave up waiting may not. Prometheus waits for 10 s. */
const batchTimeouts = { statementTimeoutMs: 8_000, answerTimeoutMs: 9_000 };

/** What the webhooks need. */
export function receiving(
  { pool, logger, sealer = null }: ReceivingOptions,
  batchPool: Pool,
  submit: ReceiveDeps['submit'],
  now: () => number,
): ReceiveDeps {
  return {
    verify: createVerifier(batchPool, now),
    submit: keepingBodies(submit, pool, (error) => logger.debug({ err: error }, 'a body was not kept')),
    signingSecretOf: signingSecrets(batchPool, sealer),
    acknowledge: senderAcknowledge(pool, now),
    now,
  };
}

export function createBatchPool(databaseUrl: string, logger: Logger): Pool {
  return createPool({
    connectionString: databaseUrl,
    applicationName: 'tocsin-ingest',
    max: 2,
    pipeline: true,
    serverOptions: batchPlanning,
    ...batchTimeouts,
    onError: (error) => logger.warn({ err: error }, 'a connection to Postgres ended'),
  });
}
