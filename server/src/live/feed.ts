import { compareCursors, type LogCursor, startOfLog } from '@tocsin/schema/domain/event';
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
  /** Something was appended to the log. */
  readonly onGrowth: () => void;
  /** Told of every batch before it is given out. */
  readonly onBatch: (batch: LiveBatch) => void;
}

const pageSize = 1_000;
const pollMs = 1_000;
/** Under load a read per commit would cost more than it gains: what comes within this time is read together. */
const coalesceMs = 5;

interface LogReading {
  readonly cursor: () => LogCursor;
  readonly goToHead: () => Promise<void>;
  /** True where there is more to read at once. */
  readonly readOnce: () => Promise<boolean>;
}

/** Where nobody subscribes only the head of the log is looked at: what nobody wants is not read. */
function createReading(
  inboxes: ReadonlySet<Inbox>,
  { pool, onGrowth, onBatch }: Pick<LiveFeedOptions, 'pool' | 'onGrowth' | 'onBatch'>,
): LogReading {
  let cursor = startOfLog;

  async function lookAtHead(): Promise<boolean> {
    const head = await logHead(pool);
    // Whoever joined meanwhile counts on everything since the cursor that stood when they did.
    if (inboxes.size > 0) return true;
    if (compareCursors(head, cursor) > 0) {
      cursor = head;
      onGrowth();
    }
    return false;
  }

  return {
    cursor: () => cursor,
    goToHead: async () => void (cursor = await logHead(pool)),
    readOnce: async () => {
      if (inboxes.size === 0) return lookAtHead();
      const events = await readLog(pool, cursor, pageSize);
      const last = events.at(-1);
      if (last === undefined) return false;
      const batch = createBatch(pool, events);
      cursor = last.cursor;
      onGrowth();
      onBatch(batch);
      for (const inbox of inboxes) inbox.push(batch);
      return events.length === pageSize;
    },
  };
}

/** Reads the log once for all subscribers of this process: woken by NOTIFY, by a poll every second where that is lost. */
export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const { databaseUrl, logger } = options;
  const inboxes = new Set<Inbox>();
  const stopping = new AbortController();
  const reading = createReading(inboxes, options);
  let listener: Listener | null = null;
  let running: Promise<void> = Promise.resolve();
  const wake = createWake();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await reading.readOnce()) continue;
      } catch (error) {
        logger.warn({ err: error }, 'the log cannot be read: live waits for Postgres');
      }
      await wake.wait(pollMs);
      await waitFor(coalesceMs, stopping.signal);
    }
  }

  return {
    cursor: reading.cursor,
    subscribe: (limit, onOverflow) => {
      const inbox = createInbox({ limit, onOverflow, onClose: () => inboxes.delete(inbox) });
      if (stopping.signal.aborted) inbox.close();
      else inboxes.add(inbox);
      return inbox;
    },
    start: async () => {
      await reading.goToHead();
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
