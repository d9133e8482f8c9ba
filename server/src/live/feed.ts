import { type LogCursor, startOfLog } from '@tocsin/schema/domain/event';
import { listen, type Listener } from '@tocsin/schema/postgres/listen';
import { logChannel, logHead, readLog } from '@tocsin/schema/postgres/log';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { Logger } from '@tocsin/schema/runtime/logger';
import { createWake } from '@tocsin/schema/runtime/wake';
import { createBatch, type LiveBatch } from './batch.js';
import { createInbox, type Inbox } from './inbox.js';
import { waitFor } from './waitFor.js';

export interface LiveFeed {
  /** How far the log was given out. */
  readonly cursor: () => LogCursor;
  /** Every batch from now on; `onOverflow` is told when more than `limit` events wait, and nothing more comes then. */
  readonly subscribe: (limit: number, onOverflow: () => void) => Inbox;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly isListening: () => boolean;
  readonly subscriberCount: () => number;
}

export interface LiveFeedOptions {
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly logger: Logger;
  /** Told of every batch before it is given out. */
  readonly onBatch: (batch: LiveBatch) => void;
}

const pageSize = 1_000;
const pollMs = 1_000;
/** Under load a read per commit would cost more than it gains: what comes within this time is read together. */
const coalesceMs = 5;

/** Reads the log once for all subscribers of this process: woken by NOTIFY, by a poll every second where that is lost. */
export function createLiveFeed({ pool, databaseUrl, logger, onBatch }: LiveFeedOptions): LiveFeed {
  const inboxes = new Set<Inbox>();
  const stopping = new AbortController();
  let cursor = startOfLog;
  let listener: Listener | null = null;
  let running: Promise<void> = Promise.resolve();
  const wake = createWake();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await readOnce()) continue;
      } catch (error) {
        logger.warn({ err: error }, 'the log cannot be read: live waits for Postgres');
      }
      await wake.wait(pollMs);
      await waitFor(coalesceMs, stopping.signal);
    }
  }

  /** True where a full page says that there is more. */
  async function readOnce(): Promise<boolean> {
    const events = await readLog(pool, cursor, pageSize);
    const last = events.at(-1);
    if (last === undefined) return false;
    const batch = createBatch(pool, events);
    cursor = last.cursor;
    onBatch(batch);
    for (const inbox of inboxes) inbox.push(batch);
    return events.length === pageSize;
  }

  return {
    cursor: () => cursor,
    subscribe: (limit, onOverflow) => {
      const inbox = createInbox({ limit, onOverflow, onClose: () => inboxes.delete(inbox) });
      if (stopping.signal.aborted) inbox.close();
      else inboxes.add(inbox);
      return inbox;
    },
    start: async () => {
      cursor = await logHead(pool);
      listener = listen({
        connectionString: databaseUrl,
        applicationName: 'tocsin-live',
        channels: [logChannel],
        onNotify: wake.wake,
        onError: (error) => logger.warn({ err: error }, 'the LISTEN connection is away: live falls back to polling'),
      });
      running = run();
    },
    stop: async () => {
      stopping.abort();
      wake.wake();
      for (const inbox of inboxes) inbox.close();
      await Promise.all([running, listener?.stop()]);
    },
    isListening: () => listener?.isConnected() === true,
    subscriberCount: () => inboxes.size,
  };
}
