import type { NewEvent } from '@tocsin/schema/domain/event';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import { inTurnWithAlerts } from '@tocsin/schema/postgres/alertTurn';
import { lockIncidents } from '@tocsin/schema/postgres/incidentLock';
import { updateIncidents } from '@tocsin/schema/postgres/incidentWrite';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import {
  findStaleAlerts,
  firingCount,
  markStale,
  resolveStale,
  staleRules,
  type StaleAlert,
} from '@tocsin/schema/postgres/staleAlerts';
import { addTimers, quietPeriodBegins, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const system = { kind: 'system', name: 'tocsin' } as const;

/** How often the sweep runs. One timer an alert would cost every new alert a row; the sweep is a minute late at most. */
const sweepMs = 60_000;
const sweepKey = 'all';

/** The first sweep; the job itself adds every later one. */
export function firstSweep(now: number): NewTimer {
  return { kind: 'alert.staleSweep', key: sweepKey, dueAt: now + sweepMs };
}

/** What a sender stopped mentioning becomes stale, visibly, and then follows the integration's rule. */
export function staleSweepJob(pool: Pool, now: () => number): Job {
  return async (timer) => {
    for (const rule of await staleRules(pool)) {
      const before = now() - rule.staleAfterSeconds * 1_000;
      for (;;) {
        const found = await findStaleAlerts(pool, rule.id, before);
        if (found.length === 0) break;
        const ids = found.map((alert) => alert.id);
        await inTurnWithAlerts(pool, ids, async (db) => {
          // Looked at again under the lock: a repeat may have come meanwhile.
          const stale = await findStaleAlerts(db, rule.id, before, ids);
          if (rule.action === 'keep') await keep(db, stale, now());
          else await resolveAsStale(db, stale, now());
        });
      }
    }
    await inTransaction(pool, async (db) => {
      if (await completeTimer(db, timer)) await addTimers(db, [firstSweep(now())]);
    });
  };
}

async function keep(db: Queryable, alerts: readonly StaleAlert[], now: number): Promise<void> {
  await markStale(
    db,
    alerts.map((alert) => alert.id),
  );
  await appendEvents(
    db,
    alerts.map((alert) => staleEvent(alert, now)),
  );
}

/** Ends alerts that their sender has no more, at the time they were last heard of, and lets their incidents calm down. */
export async function resolveAsStale(db: Queryable, alerts: readonly StaleAlert[], now: number): Promise<void> {
  const incidentIds = [...new Set(alerts.map((alert) => alert.incidentId).filter((id) => id !== null))];
  const incidents = await lockIncidents(db, incidentIds);
  await resolveStale(
    db,
    alerts.map((alert) => alert.id),
    now,
  );
  await appendEvents(
    db,
    alerts.flatMap((alert) => [staleEvent(alert, now), resolvedEvent(alert, now)]),
  );
  await updateIncidents(db, [...incidents.values()]);
  for (const [id, { incident }] of incidents) {
    if (!isOpenPhase(incident.phase) || (await firingCount(db, id)) > 0) continue;
    await addTimers(db, [quietPeriodBegins(id, now)]);
  }
}

function staleEvent({ id: alertId, incidentId, lastReceivedAt }: StaleAlert, now: number): NewEvent {
  return { kind: 'alert.stale', alertId, incidentId, actor: system, occurredAt: now, data: { lastReceivedAt } };
}

function resolvedEvent({ id: alertId, incidentId, startsAt, lastReceivedAt }: StaleAlert, now: number): NewEvent {
  const data = { endsAt: Math.max(startsAt, lastReceivedAt), reason: 'stale' } as const;
  return { kind: 'alert.resolved', alertId, incidentId, actor: system, occurredAt: now, data };
}
