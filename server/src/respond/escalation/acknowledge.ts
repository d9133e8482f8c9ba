import { currentEscalations } from '@tocsin/schema/postgres/escalation';
import { escalationActor } from '@tocsin/schema/postgres/escalationWrite';
import { writeTransition } from '@tocsin/schema/postgres/incidentCommands';
import { lockIncidents } from '@tocsin/schema/postgres/incidentLock';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { snoozesOf } from '@tocsin/schema/postgres/snooze';
import { addTimers, completeTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';

/** Where the policy lets an acknowledgement last for a while only, its end is a timer. */
export async function watchAcknowledgements(
  db: Queryable,
  acknowledged: readonly { readonly incidentId: number; readonly at: number }[],
): Promise<void> {
  const latest = await currentEscalations(
    db,
    acknowledged.map(({ incidentId }) => incidentId),
  );
  await addTimers(
    db,
    acknowledged.flatMap(({ incidentId, at }) => {
      const seconds = latest.get(incidentId)?.policy.unacknowledgeSeconds ?? null;
      if (seconds === null) return [];
      const dueAt = at + seconds * 1_000;
      return [{ kind: 'incident.unacknowledge', key: String(incidentId), dueAt, data: { seconds, at } } as const];
    }),
  );
}

/** Who acknowledged and did nothing since is asked again. Anything that a person does with the incident counts as doing. */
export function unacknowledgeJob({ pool, now }: RespondDeps): RespondJob {
  return (timer) =>
    inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer))) return;
      const incidentId = Number(timer.key);
      const locked = (await lockIncidents(db, [incidentId])).get(incidentId);
      if (locked?.incident.phase !== 'acknowledged') return;
      const { because, seconds, at } = timer.data;
      if (typeof because === 'string') {
        await writeTransition(db, locked, { type: 'unacknowledge', reason: because }, escalationActor, now());
        return;
      }
      const patienceMs = Number(seconds) * 1_000;
      const isSnoozed = (await snoozesOf(db, [incidentId])).size > 0;
      const lastDone = isSnoozed ? now() : Math.max(Number(at), locked.incident.touchedAt ?? 0);
      if (lastDone + patienceMs > now()) {
        await addTimers(db, [
          { kind: 'incident.unacknowledge', key: timer.key, dueAt: lastDone + patienceMs, data: timer.data },
        ]);
        return;
      }
      const reason = `nobody did anything for ${Math.round(Number(seconds) / 60)} minutes`;
      await writeTransition(db, locked, { type: 'unacknowledge', reason }, escalationActor, now());
    });
}
