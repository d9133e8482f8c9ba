import { flappingWindowMs } from '@tocsin/schema/domain/flapping';
import type { NewEvent } from '@tocsin/schema/domain/event';
import { findFlapping, markFlapping, newestAlertId, type FlappingEpisode } from '@tocsin/schema/postgres/flapping';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { addTimers, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { z } from 'zod';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

const intervalMs = 10_000;
/** In one run. In a storm of more than that the oldest are left out: what flaps comes again. */
const mostLookedAt = 20_000;
/** Marked in one transaction, so that none holds the log up. */
const chunk = 500;

/** Looked at up to `done`, stored up to `seen` at the last run; `left` was held by somebody. */
const timerData = z.object({ done: z.number(), seen: z.number(), left: z.array(z.number()) });

/** The first look; the job itself adds every later one. */
export async function firstFlappingLook(pool: Pool, now: number): Promise<NewTimer> {
  const newest = await newestAlertId(pool);
  return look(now, { done: newest - mostLookedAt, seen: newest, left: [] });
}

function look(now: number, data: z.output<typeof timerData>): NewTimer {
  return { kind: 'alert.flapping', key: 'all', dueAt: now + intervalMs, data };
}

/**
 * Marks alerts whose conditions come and go. Beside the batches, which have better to do; up to what was stored at the run
 * before, since numbers are given out before they are committed.
 */
export function flappingJob(pool: Pool, now: () => number): Job {
  return async (timer) => {
    const { done, seen, left } = timerData.parse(timer.data);
    const seenNow = await newestAlertId(pool);
    const found = await findFlapping(pool, Math.max(done, seen - mostLookedAt), seen, left);
    const marked = new Set<number>();
    for (let at = 0; at < found.length; at += chunk) {
      for (const id of await mark(pool, found.slice(at, at + chunk), now())) marked.add(id);
    }
    const held = found.map(({ id }) => id).filter((id) => !marked.has(id));
    await inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer))) return;
      await addTimers(db, [look(now(), { done: seen, seen: seenNow, left: held.slice(0, mostLookedAt) })]);
    });
  };
}

function mark(pool: Pool, episodes: readonly FlappingEpisode[], now: number): Promise<readonly number[]> {
  return inTransaction(pool, async (db) => {
    const marked = await markFlapping(
      db,
      episodes.map(({ id }) => id),
    );
    const known = new Set<string>();
    const events = episodes
      .filter(({ id }) => marked.has(id))
      .map((episode) => {
        const isKnown = episode.isKnown || known.has(episode.condition);
        known.add(episode.condition);
        return eventOf(episode, isKnown ? null : (marked.get(episode.id) ?? null), now);
      });
    await appendEvents(db, events);
    return [...marked.keys()];
  });
}

/** Told once on the timeline of the incident; later episodes tell it to lists of alerts alone. */
function eventOf({ id, episodes }: FlappingEpisode, incidentId: number | null, occurredAt: number): NewEvent {
  return {
    kind: 'alert.flapping',
    alertId: id,
    incidentId,
    actor: { kind: 'system', name: 'tocsin' },
    occurredAt,
    data: { episodes, withinSeconds: flappingWindowMs / 1_000 },
  };
}
