import type { NewEvent } from '@tocsin/schema/domain/event';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { placeStoredAlerts, type AlertToPlace } from '@tocsin/schema/postgres/alertWrite';
import { lockEnvironments } from '@tocsin/schema/postgres/environmentLock';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { appendEvents } from '@tocsin/schema/postgres/log';
import { markSurfaced } from '@tocsin/schema/postgres/maintenanceAlerts';
import { lockHomeless, readHomeless } from '@tocsin/schema/postgres/pendingAlerts';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { IncidentLedger } from './incidentLedger.js';
import { Placer } from './placer.js';
import { storedBeginning, type Beginning, type Configuration } from './placing.js';
import { lockFound, readFound, searchFor } from './surroundings.js';
import { finalPlaces, writeIncidents } from './writeIncidents.js';

export interface SurfaceDeps {
  /** A pipelining pool, as for batches. */
  readonly batchPool: Pool;
  readonly configuration: () => Configuration;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Why alerts come up that were stored without an incident. */
export type Occasion =
  /** They have fired for as long as their rule wants, and begin when they began. */
  | 'lasted'
  /** Nothing keeps them quiet any more: they begin now. */
  | 'released';

/**
 * Puts alerts that fire and are in no open incident into incidents, the way a batch does. May run again: what has a home
 * keeps it, what has ended or is kept quiet stays as it is.
 */
export async function surfaceAlerts(
  { batchPool, configuration: current, now: clock }: SurfaceDeps,
  alertIds: readonly number[],
  occasion: Occasion,
): Promise<void> {
  const configuration = current();
  const now = clock();
  const integrations = new Map((await loadIntegrations(batchPool, null)).map((each) => [each.id, each]));
  await inTransaction(batchPool, async (db, defer) => {
    const begins = (alert: StoredAlert): Beginning =>
      storedBeginning(
        alert,
        integrations.get(alert.integrationId) ?? null,
        now,
        occasion === 'lasted' ? undefined : now,
      );
    const search = searchFor(
      (await readHomeless(db, alertIds)).map((alert) => begins(alert).facts),
      configuration,
    );
    await lockEnvironments(db, search.environments);
    const alerts = await lockHomeless(db, alertIds);
    const found = await readFound(db, search);
    const incidents = new IncidentLedger(configuration, await lockFound(db, search, found.scopes, [], 1), found.scopes);
    const placer = new Placer(incidents, found.pending, now);
    for (const alert of alerts) {
      const beginning = begins(alert);
      if (configuration.suppressorOf({ ...beginning.facts, service: alert.service }, now) !== null) continue;
      placer.place(beginning, placer.homeOfStored(alert, now), true);
    }
    const { final } = await writeIncidents(db, defer, incidents, { news: (scopes) => scopes });
    const placed = finalPlaces(placer.placed, incidents, final);
    defer(placeStoredAlerts(db, placed));
    defer(addTimers(db, placer.timers));
    const surfaced = occasion === 'released' ? await surfacedEvents(db, placed, now) : [];
    defer(appendEvents(db, [...surfaced, ...incidents.events], final));
  });
}

async function surfacedEvents(
  db: Queryable,
  placed: readonly AlertToPlace[],
  now: number,
): Promise<readonly NewEvent[]> {
  const homes = new Map(placed.map(({ id, incidentId }) => [id, incidentId]));
  const marked = await markSurfaced(db, [...homes.keys()], now);
  return marked.map(({ alertId, windowId, name }) => ({
    kind: 'alert.surfaced',
    alertId,
    incidentId: homes.get(alertId) ?? null,
    actor: { kind: 'system', name: 'tocsin' },
    occurredAt: now,
    data: { windowId, name },
  }));
}
