import type { VanishReason } from '@tocsin/schema/domain/alert';
import type { NewEvent } from '@tocsin/schema/domain/event';
import { reconcilableSources, type Integration } from '@tocsin/schema/domain/source';
import { inTurnWithAlerts } from '@tocsin/schema/postgres/alertTurn';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { markVanished, openAlertsOf, type OpenAlert, type VanishMark } from '@tocsin/schema/postgres/reconcile';
import { addTimers, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { OutgoingFailure } from '@tocsin/schema/runtime/outgoing';
import { ownDelivery } from '../ownDelivery.js';
import { compare, type Comparison } from '../reconcile/compare.js';
import { fetchListing } from '../reconcile/listing.js';
import type { Job } from '@tocsin/schema/runtime/timerWorker';
import { resolveAsStale } from './staleSweep.js';
import type { SubmitDeps } from './submit.js';

export interface ReconcileDeps extends SubmitDeps {
  readonly tokenOf: (integrationId: number) => Promise<string | null>;
}

const system = { kind: 'system', name: 'tocsin' } as const;
const intervalMs = 60_000;

/** The next time that a sender is asked what it has. */
export function nextReconcile(integrationId: number, dueAt: number, error: string | null = null): NewTimer {
  return { kind: 'integration.reconcile', key: String(integrationId), dueAt, data: error === null ? {} : { error } };
}

/**
 * Asks a sender which alerts it has. What it no longer shows or keeps quiet is marked with the reason; it is resolved only
 * where the integration resolves what went stale. What it shows and we never heard of comes in like any delivery.
 */
export function reconcileJob(deps: ReconcileDeps): Job {
  return async (timer) => {
    const { pool, now } = deps;
    const [integration] = await loadIntegrations(pool, [Number(timer.key)]);
    const url = integration?.reconcileUrl ?? null;
    let error: string | null = null;
    if (integration !== undefined && url !== null && reconcilableSources.includes(integration.source)) {
      try {
        await reconcile(deps, integration, url);
      } catch (failure) {
        // The sender's fault, and shown to people; ours is the timer worker's to report.
        if (!(failure instanceof OutgoingFailure)) throw failure;
        error = failure.message.slice(0, 300);
      }
    }
    await inTransaction(pool, async (db) => {
      const isOurs = await completeTimer(db, timer);
      if (isOurs && url !== null) await addTimers(db, [nextReconcile(Number(timer.key), now() + intervalMs, error)]);
    });
  };
}

async function reconcile(deps: ReconcileDeps, integration: Integration, url: string): Promise<void> {
  const askedAt = deps.now();
  const listing = await fetchListing(integration, url, await deps.tokenOf(integration.id), askedAt);
  const open = await openAlertsOf(deps.pool, integration.id, askedAt);
  const comparison = compare(open, listing, askedAt);
  await write(deps, integration, comparison, askedAt);
  // Heard of since we asked: then it is known, and comes in as a repetition.
  if (comparison.missed.length > 0)
    await deps.submit(ownDelivery(integration, comparison.missed, deps.now(), 'reconcile'));
}

async function write(
  deps: ReconcileDeps,
  integration: Integration,
  { vanished, watched, back }: Comparison,
  askedAt: number,
): Promise<void> {
  if (vanished.length + watched.length + back.length === 0) return;
  const resolves = integration.staleAction === 'resolve';
  const marks = marksOf({ vanished, watched, back, missed: [] }, askedAt);
  const ids = marks.map(({ id }) => id);
  await inTurnWithAlerts(deps.pool, ids, async (db) => {
    const marked = await markVanished(db, marks, askedAt);
    // While the sender was asked they may have gone into another incident.
    const asNow = (alert: OpenAlert): OpenAlert => ({ ...alert, incidentId: marked.get(alert.id) ?? null });
    const told = vanished
      .filter(({ alert }) => marked.has(alert.id))
      .map(({ alert, reason }) => ({ alert: asNow(alert), reason }));
    const seenAgain = back.filter((alert) => alert.vanishReason !== null && marked.has(alert.id)).map(asNow);
    await appendEvents(db, [
      ...told.map(({ alert, reason }) => vanishedEvent(alert, reason, askedAt)),
      ...seenAgain.map((alert) => reappearedEvent(alert, askedAt)),
    ]);
    await resolveMissing(db, resolves ? told : [], askedAt);
  });
}

function marksOf({ vanished, watched, back }: Comparison, now: number): readonly VanishMark[] {
  const marks = [
    ...vanished.map(({ alert, reason }) => ({
      id: alert.id,
      reason,
      missingSince: reason === 'missing' ? alert.missingSince : null,
    })),
    ...watched.map((alert) => ({ id: alert.id, reason: alert.vanishReason, missingSince: now })),
    ...back.map((alert) => ({ id: alert.id, reason: null, missingSince: null })),
  ];
  return marks.toSorted((a, b) => a.id - b.id);
}

/** What is silenced or inhibited still fires; only what is gone counts as over. */
async function resolveMissing(
  db: Queryable,
  told: readonly { readonly alert: OpenAlert; readonly reason: VanishReason }[],
  now: number,
): Promise<void> {
  const gone = told.filter(({ reason }) => reason === 'missing').map(({ alert }) => alert);
  if (gone.length > 0) await resolveAsStale(db, gone, now);
}

function vanishedEvent({ id: alertId, incidentId }: OpenAlert, reason: VanishReason, occurredAt: number): NewEvent {
  return { kind: 'alert.vanished', alertId, incidentId, actor: system, occurredAt, data: { reason } };
}

function reappearedEvent({ id: alertId, incidentId }: OpenAlert, occurredAt: number): NewEvent {
  return { kind: 'alert.reappeared', alertId, incidentId, actor: system, occurredAt, data: {} };
}
