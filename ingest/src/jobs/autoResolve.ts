import { flappingQuietMs, flappingWindowMs } from '@tocsin/schema/domain/flapping';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import { flappingIncidents } from '@tocsin/schema/postgres/flapping';
import { writeTransition } from '@tocsin/schema/postgres/incidentCommands';
import { lockIncidents } from '@tocsin/schema/postgres/incidentLock';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { firingCount } from '@tocsin/schema/postgres/staleAlerts';
import { addTimers, completeTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { z } from 'zod';
import { ruleNamed, type Configuration } from '../placing.js';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const timerData = z.object({ endedAt: z.number(), begins: z.boolean().optional() });

/** Its alerts have all resolved and the quiet period passed: the incident resolves, dated by its last alert's end. */
export function autoResolveJob(pool: Pool, now: () => number, configuration: () => Pick<Configuration, 'rules'>): Job {
  return async (timer) => {
    const { endedAt, begins } = timerData.parse(timer.data);
    const id = Number(timer.key);
    await inTransaction(pool, async (db) => {
      // The incident's lock first, as everywhere; ingest holds it while it lets an alert fire again.
      const locked = (await lockIncidents(db, [id])).get(id);
      if (!(await completeTimer(db, timer)) || locked === undefined || !isOpenPhase(locked.incident.phase)) return;
      const rule = ruleNamed(locked.activity.ruleId, configuration());
      if (rule.resolve === 'manual' || (await firingCount(db, id)) > 0) return;
      if (begins === true) {
        const dueAt = endedAt + rule.quietPeriodSeconds * 1_000;
        await addTimers(db, [{ kind: timer.kind, key: timer.key, dueAt, data: { endedAt } }]);
        return;
      }
      // What comes and goes is over once it stays away; dated by its end all the same.
      const quietUntil = endedAt + flappingQuietMs;
      if (now() < quietUntil && (await flappingIncidents(db, [id], endedAt - flappingWindowMs)).has(id)) {
        await addTimers(db, [{ kind: timer.kind, key: timer.key, dueAt: quietUntil, data: { endedAt } }]);
        return;
      }
      await writeTransition(db, locked, { type: 'autoResolve', endedAt }, { kind: 'system', name: 'tocsin' }, now());
    });
  };
}
