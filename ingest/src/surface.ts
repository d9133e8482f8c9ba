import type { NewEvent } from '@tocsin/schema/domain/event';
import type { Integration } from '@tocsin/schema/domain/source';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { holdStoredAlerts, placeStoredAlerts, type AlertToPlace } from '@tocsin/schema/postgres/alertWrite';
import { lockEnvironments } from '@tocsin/schema/postgres/environmentLock';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { appendEvents } from '@tocsin/schema/postgres/log';
import { markSurfaced } from '@tocsin/schema/postgres/maintenanceAlerts';
import { lockHomeless, readHomeless } from '@tocsin/schema/postgres/pendingAlerts';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { StartAgain, untilInTurn } from '@tocsin/schema/postgres/startAgain';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { IncidentLedger } from './incidentLedger.js';
import { Placer } from './placer.js';
import { storedBeginning, type Beginning, type Configuration } from './placing.js';
import { environmentsBeyond, homesBeyond, lockFound, readFound, searchFor, type Search } from './surroundings.js';
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
 * Puts alerts that fire and are in no open incident into incidents, the way a batch does, in turn with everybody whose
 * incidents they may join. May run again: what has a home keeps it, what has ended or is kept quiet stays as it is.
 */
export async function surfaceAlerts(deps: SurfaceDeps, alertIds: readonly number[], occasion: Occasion): Promise<void> {
  const integrations = new Map((await loadIntegrations(deps.batchPool, null)).map((each) => [each.id, each]));
  await untilInTurn((also) => surfaceOnce(deps, integrations, alertIds, occasion, also));
}

async function surfaceOnce(
  { batchPool, configuration: current, now: clock }: SurfaceDeps,
  integrations: ReadonlyMap<number, Integration>,
  alertIds: readonly number[],
  occasion: Occasion,
  also: readonly (string | null)[],
): Promise<void> {
  const configuration = current();
  const now = clock();
  await inTransaction(batchPool, async (db, defer) => {
    const begins = (alert: StoredAlert): Beginning =>
      storedBeginning(
        alert,
        integrations.get(alert.integrationId) ?? null,
        now,
        occasion === 'lasted' ? undefined : now,
      );
    const searchOf = (alerts: readonly StoredAlert[]): Search =>
      searchFor(
        alerts.map((alert) => begins(alert).facts),
        configuration,
      );
    const held = [...searchOf(await readHomeless(db, alertIds)).environments, ...also];
    await lockEnvironments(db, held);
    const alerts = await lockHomeless(db, alertIds);
    // Under the lock they may be others than they were: looked at again.
    const search = searchOf(alerts);
    const found = await readFound(db, search);
    const around = await lockFound(db, search, found.scopes, [], 1);
    const missing = [...environmentsBeyond(held, search), ...homesBeyond(held, around, configuration.topology)];
    if (missing.length > 0) throw new StartAgain(missing);
    const incidents = new IncidentLedger(configuration, around, found.scopes);
    const placer = new Placer(incidents, found.pending, now);
    for (const alert of alerts) {
      const beginning = begins(alert);
      if (configuration.suppressorOf({ ...beginning.facts, service: alert.service }, now) !== null) continue;
      const firedMs = occasion === 'lasted' ? now - alert.receivedAt : Infinity;
      placer.place(beginning, placer.homeOfStored(alert, now), firedMs);
    }
    const { final } = await writeIncidents(db, defer, incidents, { news: (scopes) => scopes });
    const placed = finalPlaces(placer.placed, incidents, final);
    defer(holdStoredAlerts(db, placer.held));
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
