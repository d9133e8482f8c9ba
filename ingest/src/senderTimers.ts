import type { Pool } from '@tocsin/schema/postgres/pool';
import { reconciledIntegrations } from '@tocsin/schema/postgres/reconcile';
import type { NewTimer } from '@tocsin/schema/postgres/timer';
import type { Logger } from '@tocsin/schema/runtime/logger';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import { createTimerWorker, type TimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { nextReconcile, reconcileJob } from './jobs/reconcile.js';
import type { SubmitDeps } from './jobs/submit.js';
import { openSealed } from './signing.js';

export interface SenderTimerOptions extends SubmitDeps {
  readonly sealer: Sealer | null;
  readonly logger: Logger;
}

/** Asks senders what they have. Apart from the other timers: a sender that hangs while it is asked must hold up no incident. */
export function createSenderTimers({ sealer, logger, ...deps }: SenderTimerOptions): TimerWorker {
  const tokenOf = (id: number): Promise<string | null> => openSealed(deps.pool, sealer, id, 'reconcile');
  return createTimerWorker({
    pool: deps.pool,
    now: deps.now,
    jobs: new Map([['integration.reconcile', reconcileJob({ ...deps, tokenOf })]]),
    onError: (error, timer) => logger.error({ err: error, key: timer?.key }, 'a sender could not be reconciled with'),
  });
}

/** What is due at a start: every sender that is asked is asked now. */
export async function firstReconciles(pool: Pool, now: number): Promise<readonly NewTimer[]> {
  return (await reconciledIntegrations(pool)).map((id) => nextReconcile(id, now));
}
