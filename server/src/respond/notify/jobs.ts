import { retryDelayMs } from '@tocsin/schema/domain/notificationRetry';
import { claimNotification } from '@tocsin/schema/postgres/notificationClaim';
import { recordFailed, recordRetry, recordSent } from '@tocsin/schema/postgres/notificationOutcome';
import type { TimerKind } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';
import type { ChannelTools } from './channels/adapter.js';
import { attempt, createTools, prepare } from './send.js';

/**
 * Sends one message: the attempt is committed before anything goes out and its outcome after, so a message is sent at least
 * once, and who finds an attempt without an end says that his may be a repetition.
 * @param tools what it is sent with; tests bring their own
 */
export function notifyJobs(
  deps: RespondDeps,
  tools: ChannelTools = createTools(deps),
): readonly (readonly [TimerKind, RespondJob])[] {
  const { pool, now } = deps;
  return [
    [
      'notification.send',
      async (timer) => {
        const prepared = await inTransaction(pool, async (db) => {
          const claimed = await claimNotification(db, timer, now());
          return claimed === null ? null : prepare(deps, db, claimed);
        });
        if (prepared === null) return;
        const { claimed } = prepared;
        const { outcome, told } = await attempt(deps, tools, prepared);
        const ended = { timer, claimed, told, now: now() };
        await inTransaction(pool, async (db) => {
          if (outcome.outcome === 'sent') return recordSent(db, ended, outcome);
          if (outcome.outcome === 'failed') return recordFailed(db, ended, outcome);
          const delay = retryDelayMs(claimed.topic, claimed.attempt);
          // Whoever is to be woken is not kept waiting by a receiver that asks for an hour.
          const asked = claimed.topic === 'page' ? Math.min(outcome.afterMs ?? 0, 30_000) : (outcome.afterMs ?? 0);
          return delay === null
            ? recordFailed(db, ended, outcome)
            : recordRetry(db, ended, outcome, ended.now + Math.max(delay, asked));
        });
      },
    ],
  ];
}
