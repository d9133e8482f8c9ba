import type { Actor } from '@tocsin/schema/domain/event';
import type { PeopleEvents } from '@tocsin/schema/domain/events/people';
import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { Logger } from '@tocsin/schema/runtime/logger';

type Refused = PeopleEvents['access.refused'];

export interface RefusalLog {
  /** Notes a refusal in the audit trail: the first at once, what follows within a minute as one event with its count. */
  readonly note: (actor: Actor, refusal: Omit<Refused, 'count'>) => void;
  /** Writes what is held back. */
  readonly stop: () => Promise<void>;
}

const foldMs = 60_000;
/** Beyond so many different ones within a minute they are one and the same. */
const mostKeys = 1_000;

/** A flood of refusals writes no flood of events. */
export function createRefusalLog(pool: Pool, logger: Logger): RefusalLog {
  const held = new Map<
    string,
    { readonly actor: Actor; readonly refusal: Omit<Refused, 'count'>; count: number; readonly timer: NodeJS.Timeout }
  >();
  const writing = new Set<Promise<void>>();

  function write(actor: Actor, refusal: Omit<Refused, 'count'>, count: number): void {
    const data = { ...refusal, count };
    const written = recordAccess(pool, actor, [{ kind: 'access.refused', data }])
      .catch((error: unknown) => logger.error({ err: error, refusal: data }, 'a refusal is missing in the audit trail'))
      .finally(() => writing.delete(written));
    writing.add(written);
  }

  function release(key: string): void {
    const entry = held.get(key);
    held.delete(key);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    if (entry.count > 0) write(entry.actor, entry.refusal, entry.count);
  }

  return {
    note: (actor, refusal) => {
      const own = JSON.stringify([actor.kind, actor.name, refusal.what, refusal.permission, refusal.detail]);
      const key = held.has(own) || held.size < mostKeys ? own : 'others';
      const entry = held.get(key);
      if (entry !== undefined) {
        entry.count++;
        return;
      }
      const timer = setTimeout(() => release(key), foldMs);
      timer.unref();
      held.set(key, { actor, refusal, count: 0, timer });
      write(actor, refusal, 1);
    },
    stop: async () => {
      for (const key of held.keys()) release(key);
      await Promise.all(writing);
    },
  };
}
