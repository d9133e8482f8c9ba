import type { SourceKind } from '@tocsin/schema/domain/source';
import { keepRecentBody, largestRecentBody } from '@tocsin/schema/postgres/recentBody';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { ReceiveDeps } from './receive.js';

/** Bodies of no fixed format: the ones that somebody may want to map. */
const kept: ReadonlySet<SourceKind> = new Set(['generic', 'cloudevents']);
/** Of one integration in one period: enough for a person who sends a handful to try, next to nothing under load. */
const mostInPeriod = 5;
const periodMs = 30_000;
const mostIntegrations = 1_000;

/**
 * Keeps the last bodies of senders without a format of their own, also of those that were refused: these are the ones to map.
 * Beside the way of the alerts: after the answer is certain, without waiting, and nothing hangs on it.
 */
export function keepingBodies(
  submit: ReceiveDeps['submit'],
  pool: Pool,
  onError: (error: unknown) => void,
): ReceiveDeps['submit'] {
  // One at a time: their order is that of their receipt.
  let last: Promise<unknown> = Promise.resolve();
  const periods = new Map<number, { readonly startedAt: number; count: number }>();

  function isDue(integrationId: number, now: number): boolean {
    const period = periods.get(integrationId);
    if (period !== undefined && now - period.startedAt < periodMs) return ++period.count <= mostInPeriod;
    if (periods.size >= mostIntegrations) periods.clear();
    periods.set(integrationId, { startedAt: now, count: 1 });
    return true;
  }

  return async (delivery) => {
    const outcome = await submit(delivery);
    const { source, integration, body, receivedAt } = delivery;
    if (kept.has(source) && body.length > 0 && body.length <= largestRecentBody && isDue(integration.id, receivedAt)) {
      last = last.then(() => keepRecentBody(pool, integration.id, receivedAt, body)).catch(onError);
    }
    return outcome;
  };
}
