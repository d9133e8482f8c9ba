import type { NewEvent, ReceivedCount, ReceivedOutcome } from '@tocsin/schema/domain/event';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { writeChanges, type ChangeToWrite } from '@tocsin/schema/postgres/changeWrite';
import { writeDeadLetters, writeDeliveries, type DeliveryToWrite } from '@tocsin/schema/postgres/receiptWrite';
import type { Defer } from '@tocsin/schema/postgres/transaction';
import type { DeliveryOutcome } from './answers.js';
import { addOutcomes, type BatchArrival, type Outcomes } from './arrival.js';
import type { Delivery } from './receive.js';

/** A delivery, or the part of one that could not be stored in one piece. */
export interface DeliveryPart {
  readonly delivery: Delivery;
  /** What became of the parts before this one; null for the first. */
  readonly before: DeliveryOutcome | null;
}

/** One event a batch that counts what came in, summed over equal dimensions; null when nothing came in. */
export function receivedEvent(
  arrivals: readonly BatchArrival[],
  outcomes: ReadonlyMap<BatchArrival, ReceivedOutcome>,
  deliveries: readonly Delivery[],
  now: number,
): NewEvent | null {
  const counts = new Map<string, { readonly row: Omit<ReceivedCount, 'count'>; count: number }>();
  const add = (row: Omit<ReceivedCount, 'count'>, count: number): void => {
    const key = JSON.stringify(Object.values(row));
    const entry = counts.get(key);
    if (entry) entry.count += count;
    else counts.set(key, { row, count });
  };
  for (const arrival of arrivals) {
    const { service, environment, severity } = arrival.alert;
    const { integrationId } = arrival;
    const outcome = outcomes.get(arrival) ?? 'ignored';
    add({ integrationId, source: arrival.delivery.source, service, environment, severity, outcome }, 1);
  }
  for (const { integration, source, rejected, malformed } of deliveries) {
    const count = rejected.length + (malformed === null ? 0 : 1);
    const unknown = { service: null, environment: null, severity: 'medium', outcome: 'deadLettered' } as const;
    if (count > 0) add({ integrationId: integration.id, source, ...unknown }, count);
  }
  if (counts.size === 0) return null;
  return {
    kind: 'alerts.received',
    incidentId: null,
    alertId: null,
    actor: { kind: 'system', name: 'ingest' },
    occurredAt: now,
    data: { counts: [...counts.values()].map(({ row, count }) => ({ ...row, count })) },
  };
}

/** The rows that the integration's page shows, in the batch's own transaction. */
export function writeReceipts(db: Queryable, defer: Defer, parts: readonly DeliveryPart[], outcomes: Outcomes): void {
  defer(writeDeliveries(db, foldSame(parts, outcomes)));
  defer(writeChanges(db, changesOf(parts)));
  defer(
    writeDeadLetters(
      db,
      parts.flatMap(({ delivery }) => deadLettersOf(delivery)),
    ),
  );
}

/** Each change once: a statement may insert a row only once, and a repetition is the same change. */
function changesOf(parts: readonly DeliveryPart[]): readonly ChangeToWrite[] {
  const rows = new Map<string, ChangeToWrite>();
  for (const { delivery, before } of parts) {
    // They went with the first part.
    if (before !== null || delivery.changes === undefined) continue;
    const { integration, source, receivedAt } = delivery;
    for (const change of delivery.changes) {
      rows.set(`${integration.id} ${change.key}`, { ...change, integrationId: integration.id, source, receivedAt });
    }
  }
  return [...rows.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Beside the outcomes of its alerts: a change is none, and no KPI counts it as one. */
function changeCount({ changes = [] }: Delivery): { readonly changes?: number } {
  return changes.length === 0 ? {} : { changes: changes.length };
}

/** The same request twice in one batch is one row: a statement may touch a row only once. */
function foldSame(parts: readonly DeliveryPart[], outcomes: Outcomes): readonly DeliveryToWrite[] {
  const rows = new Map<string, DeliveryToWrite>();
  for (const { delivery, before } of parts) {
    const { id, integration, receivedAt } = delivery;
    if (delivery.isOwn === true) continue;
    const own = outcomes.of(delivery);
    const key = `${integration.id} ${id}`;
    const receipts = (rows.get(key)?.receipts ?? 0) + (before === null ? 1 : 0);
    rows.set(key, {
      integrationId: integration.id,
      id,
      receivedAt,
      receipts,
      outcomes: { ...(before ? addOutcomes(before, own) : own), ...changeCount(delivery) },
    });
  }
  return [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function deadLettersOf(delivery: Delivery): readonly Parameters<typeof writeDeadLetters>[1][number][] {
  const { integration, source, receivedAt, contentType, malformed, body } = delivery;
  const common = { integrationId: integration.id, source, receivedAt, contentType };
  const whole = malformed === null ? [] : [{ ...common, code: 'MALFORMED_PAYLOAD', ...malformed, body }];
  return [
    ...whole,
    ...delivery.rejected.map((alert) => ({
      ...common,
      code: alert.code ?? 'MALFORMED_ALERT',
      message: alert.message,
      path: alert.path,
      body: Buffer.from(JSON.stringify(alert.body) ?? 'null'),
    })),
  ];
}
