import { compareCursors, type LogCursor, type LogEvent } from '@tocsin/schema/domain/event';
import { isExpired } from '@tocsin/schema/postgres/eventPartitions';
import { logHead, readIncidentLog, readLog } from '@tocsin/schema/postgres/log';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { ApiFailure, invalidInput } from '../errors.js';
import { createBatch, type LiveItem } from './batch.js';
import { endable } from './endable.js';
import type { LiveFeed } from './feed.js';
import type { Inbox } from './inbox.js';

/** Items to send together, all of one batch and in log order. */
export type LiveChunk = readonly LiveItem[];
export type ChunkStream = AsyncGenerator<LiveChunk, void, undefined>;

export interface FollowOptions {
  readonly pool: Pool;
  readonly feed: LiveFeed;
  /** Exclusive; null: from now on. */
  readonly after: LogCursor | null;
  /** Reads only this incident's events where something was missed. */
  readonly incidentId?: number;
  /** Which items of one batch the subscriber wants. */
  readonly select: (items: readonly LiveItem[]) => Promise<LiveChunk> | LiveChunk;
  /** More than {@link inboxLimit} events wait for the subscriber. */
  readonly onTooSlow: () => void;
}

const replayPage = 500;
/** Waiting for one subscriber, beside what its socket holds. */
export const inboxLimit = 10_000;

/**
 * What was missed since `after`, then what happens, each event once and in the log's order.
 * The live tail is joined first and what it brings again is left out, so there is no gap between the two.
 * @throws ApiFailure INVALID_INPUT when the cursor is of no event that exists yet, CURSOR_EXPIRED when events after it are
 *   gone: they cannot be made up for, the subscriber has to ask for how things stand now
 */
export async function followLog(options: FollowOptions): Promise<ChunkStream> {
  const { pool, feed, after, onTooSlow } = options;
  if (after !== null && compareCursors(after, await logHead(pool)) > 0) {
    throw invalidInput('after', 'after lies beyond the end of the log: pass back what you were given.');
  }
  if (after !== null) await assertKept(pool, after);
  // Joined before anything is waited for: "from now" begins here and not at the first `next`.
  const tail = after === null ? { start: feed.cursor(), inbox: feed.subscribe(inboxLimit, onTooSlow) } : null;
  const closing = new AbortController();
  return endable(follow(options, tail, closing.signal), () => {
    closing.abort();
    tail?.inbox.close();
  });
}

interface Tail {
  readonly start: LogCursor;
  readonly inbox: Inbox;
}

async function* follow(options: FollowOptions, tail: Tail | null, closing: AbortSignal): ChunkStream {
  const { feed, after, select, onTooSlow } = options;
  let sent = tail?.start ?? after ?? feed.cursor();
  if (!tail) {
    for await (const page of replay(options, sent, closing)) {
      sent = page.sent;
      if (page.chunk.length > 0) yield page.chunk;
    }
  }
  const inbox = tail?.inbox ?? feed.subscribe(inboxLimit, onTooSlow);
  closing.addEventListener('abort', inbox.close);
  if (closing.aborted) inbox.close();
  try {
    if (!tail) {
      // What came between the last page and joining.
      for await (const page of replay(options, sent, closing)) {
        sent = page.sent;
        if (page.chunk.length > 0) yield page.chunk;
      }
    }
    for (let batch = await inbox.take(); batch !== null; batch = await inbox.take()) {
      const chunk = await select(batch.items.filter(({ event }) => compareCursors(event.cursor, sent) > 0));
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    closing.removeEventListener('abort', inbox.close);
    inbox.close();
  }
}

interface ReplayedPage {
  readonly sent: LogCursor;
  readonly chunk: LiveChunk;
}

/** Pages from `from` to the end of the log as it is at the last of them. */
async function* replay(options: FollowOptions, from: LogCursor, closing: AbortSignal): AsyncGenerator<ReplayedPage> {
  let sent = from;
  for (let isFull = true; isFull && !closing.aborted;) {
    const events = await missed(options, sent);
    // Looked at after the read, so that a month that went just before it is noticed.
    await assertKept(options.pool, sent);
    isFull = events.length === replayPage;
    sent = events.at(-1)?.cursor ?? sent;
    const chunk = events.length === 0 ? [] : await options.select(createBatch(options.pool, events).items);
    yield { sent, chunk };
  }
}

function missed({ pool, incidentId }: FollowOptions, after: LogCursor): Promise<readonly LogEvent[]> {
  return incidentId === undefined
    ? readLog(pool, after, replayPage)
    : readIncidentLog(pool, incidentId, after, replayPage);
}

async function assertKept(pool: Pool, after: LogCursor): Promise<void> {
  if (!(await isExpired(pool, after))) return;
  throw new ApiFailure('CURSOR_EXPIRED', 'The log no longer reaches back to after: fetch anew and go on from there.');
}
