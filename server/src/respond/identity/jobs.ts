import { sealNext } from '@tocsin/schema/postgres/auditSeal';
import { deleteOldLinks } from '@tocsin/schema/postgres/oneTimeLink';
import { deleteOldPresence } from '@tocsin/schema/postgres/presence';
import { deleteOldSessions } from '@tocsin/schema/postgres/session';
import { deleteOldAttempts } from '@tocsin/schema/postgres/signInLimit';
import { addTimers, completeTimer, type NewTimer, type TimerKind } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { DueTimer, RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';

const sealMs = 10_000;
const sweepMs = 3_600_000;
/** What ended is still listed in the audit trail; the rows themselves are of no use to anybody. */
const keptMs = 30 * 24 * 3_600_000;
/** One turn does no more, so that it ends within its lease; the rest has its turn at once. */
const sealsPerTurn = 10;

export function firstIdentityTimers(now: number): readonly NewTimer[] {
  return [
    { kind: 'audit.seal', key: 'all', dueAt: now },
    { kind: 'identity.sweep', key: 'all', dueAt: now + sweepMs },
  ];
}

/** Seals the log, and deletes sessions, links, counters and presence that are over. */
export function identityJobs(deps: RespondDeps): readonly (readonly [TimerKind, RespondJob])[] {
  const { pool, now } = deps;
  return [
    [
      'audit.seal',
      async (timer) => {
        let turns = 0;
        while (turns < sealsPerTurn && (await sealNext(pool)) > 0) turns++;
        await again(deps, timer, turns === sealsPerTurn ? 0 : sealMs);
      },
    ],
    [
      'identity.sweep',
      async (timer) => {
        await deleteOldSessions(pool, now() - keptMs);
        await deleteOldLinks(pool, now() - keptMs);
        await deleteOldAttempts(pool, now());
        await deleteOldPresence(pool, now());
        await again(deps, timer, sweepMs);
      },
    ],
  ];
}

async function again({ pool, now }: RespondDeps, timer: DueTimer, afterMs: number): Promise<void> {
  await inTransaction(pool, async (db) => {
    const { kind, key } = timer;
    if (await completeTimer(db, timer)) await addTimers(db, [{ kind, key, dueAt: now() + afterMs }]);
  });
}
