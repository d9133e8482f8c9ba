import { encodeCursor, type LogEvent } from '@tocsin/schema/domain/event';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { createLoaders, type Loaders } from '../loaders/loaders.js';

/** One event on its way to subscribers: the root value of every subscription on the log. */
export interface LiveItem {
  readonly cursor: string;
  readonly event: LogEvent;
  /** The same, under the name that a timeline's edge has for it. */
  readonly node: LogEvent;
  readonly batch: LiveBatch;
}

/**
 * Events that were read together. Everybody who receives them shares one set of loaders, so an incident is read once per
 * batch however many subscribers look at it, and one memory of what was computed for whom.
 */
export interface LiveBatch {
  readonly items: readonly LiveItem[];
  readonly loaders: Loaders;
  /** Computes once per batch and key. */
  readonly once: <T>(key: string, compute: () => Promise<T>) => Promise<T>;
}

export function createBatch(pool: Pool, events: readonly LogEvent[]): LiveBatch {
  const computed = new Map<string, Promise<unknown>>();
  const items: LiveItem[] = [];
  const batch: LiveBatch = {
    items,
    loaders: createLoaders(pool),
    once: <T>(key: string, compute: () => Promise<T>): Promise<T> => {
      // A key names what is computed, so what was stored under it has the type that is asked for.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
      const known = computed.get(key) as Promise<T> | undefined;
      if (known) return known;
      const promise = compute();
      computed.set(key, promise);
      return promise;
    },
  };
  for (const event of events) items.push({ cursor: encodeCursor(event.cursor), event, node: event, batch });
  return batch;
}
