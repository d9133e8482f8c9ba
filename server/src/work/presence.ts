import type { Pool } from '@tocsin/schema/postgres/pool';
import { presentAt, type Present } from '@tocsin/schema/postgres/presence';

export interface PresenceChange {
  readonly incidentId: number;
  readonly present: readonly Present[];
}

const everyMs = 2_000;

/** What was read within the last moment, so that all who look at one incident share a statement. */
const recent = new WeakMap<Pool, Map<number, Promise<readonly Present[]>>>();

function readShared(pool: Pool, incidentId: number): Promise<readonly Present[]> {
  const reads = recent.get(pool) ?? new Map<number, Promise<readonly Present[]>>();
  recent.set(pool, reads);
  const running = reads.get(incidentId);
  if (running) return running;
  const read = presentAt(pool, [incidentId], Date.now());
  reads.set(incidentId, read);
  setTimeout(() => reads.delete(incidentId), everyMs / 2).unref();
  return read;
}

/** Who looks at an incident, at once and whenever that changes, in whatever process they are. A batch of one, as all sources of live yield. */
export function followPresence(pool: Pool, incidentId: number): AsyncIterableIterator<readonly [PresenceChange]> {
  let last: string | null = null;
  let isEnded = false;
  let wake = () => {};

  async function next(): Promise<IteratorResult<readonly [PresenceChange]>> {
    while (!isEnded) {
      const present = await readShared(pool, incidentId);
      const seen = JSON.stringify(present.map(({ personId, isTyping }) => [personId, isTyping]));
      if (seen !== last && !isEnded) {
        last = seen;
        return { done: false, value: [{ incidentId, present }] };
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (isEnded) wake();
      });
    }
    return { done: true, value: undefined };
  }

  return {
    next,
    return: async () => {
      isEnded = true;
      wake();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
