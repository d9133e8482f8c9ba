import { insertIntegration, loadIntegrations } from '@tocsin/schema/postgres/integration';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { addTimers, completeTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { demoDeliveries } from '../demo/deliveries.js';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const integrationName = 'Demo shop';

/** Puts every delivery of the ten-minute storm into the timers; from there they go the way of any other. */
export function demoJob(pool: Pool, now: () => number): Job {
  return async (timer) => {
    const startsAt = now();
    await inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer))) return;
      const integrationId = await demoIntegration(db);
      await addTimers(
        db,
        demoDeliveries(startsAt).map(({ afterSeconds, source, body }, index) => ({
          kind: 'delivery.submit',
          key: `demo:${startsAt}:${index}`,
          dueAt: startsAt + afterSeconds * 1_000,
          data: { integrationId, source, body },
        })),
      );
    });
  };
}

async function demoIntegration(db: Queryable): Promise<number> {
  const found = (await loadIntegrations(db, null)).find(({ name }) => name === integrationName);
  if (found) return found.id;
  const defaults = { team: 'tickets', environment: null, staleAfterSeconds: 3_600, staleAction: 'resolve' } as const;
  const lists = { ignoreLabels: null, volatileAnnotations: null };
  return insertIntegration(db, { name: integrationName, source: 'alertmanager', ...defaults, ...lists });
}
