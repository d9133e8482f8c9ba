import { encodeCursor, type LogEvent } from '@tocsin/schema/domain/event';
import type { LiveItem } from './batch.js';
import type { LiveChunk } from './follow.js';

/** What one integration received within one batch of ingest. */
export interface LiveDelivery extends LiveItem {
  readonly integrationId: number;
  readonly receivedAt: number;
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
}

/** One item per integration (or only of the one asked for) of each receipt in the log. */
export function splitDeliveries(integrationId: number | null): (items: readonly LiveItem[]) => LiveChunk {
  return (items) => items.flatMap((item) => deliveriesOf(item).filter((each) => isWanted(each, integrationId)));
}

function isWanted(delivery: LiveDelivery, integrationId: number | null): boolean {
  return integrationId === null || delivery.integrationId === integrationId;
}

/** Made once per event, so that what is computed for one subscriber is there for the next. */
const known = new WeakMap<LiveItem, readonly LiveDelivery[]>();

function deliveriesOf(item: LiveItem): readonly LiveDelivery[] {
  const before = known.get(item);
  if (before) return before;
  const made = split(item);
  known.set(item, made);
  return made;
}

function split(item: LiveItem): readonly LiveDelivery[] {
  if (item.event.kind === 'change.received') return changeOf(item, item.event.data.integrationId);
  if (item.event.kind !== 'alerts.received') return [];
  const byIntegration = new Map<number, Map<string, number>>();
  for (const { integrationId, outcome, count } of item.event.data.counts) {
    const outcomes = byIntegration.get(integrationId) ?? new Map<string, number>();
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
    byIntegration.set(integrationId, outcomes);
  }
  const last = byIntegration.size - 1;
  return [...byIntegration].map(([integrationId, outcomes], index) => ({
    ...item,
    // Only the last one of an event stands at its end: who stops before it gets the event again, and misses nothing.
    cursor: index === last ? item.cursor : justBefore(item.event),
    integrationId,
    receivedAt: item.event.recordedAt,
    outcomes: [...outcomes].map(([outcome, count]) => ({ outcome, count })),
  }));
}

function changeOf(item: LiveItem, integrationId: number | undefined): readonly LiveDelivery[] {
  if (integrationId === undefined) return [];
  const outcomes = [{ outcome: 'changes', count: 1 }];
  return [{ ...item, integrationId, receivedAt: item.event.recordedAt, outcomes }];
}

function justBefore({ cursor: { xid, position } }: LogEvent): string {
  return encodeCursor({ xid, position: String(BigInt(position) - 1n) });
}
