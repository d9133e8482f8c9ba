import type { LiveBatch } from './batch.js';

/** A subscriber did not take its events in time; it is cut off and resumes from its cursor. */
export class SubscriberTooSlow extends Error {
  override readonly name = 'SubscriberTooSlow';
}

/** The batches that wait for one subscriber. */
export interface Inbox {
  readonly push: (batch: LiveBatch) => void;
  /** The next batch, or null when there will be none. @throws SubscriberTooSlow when too much was waiting */
  readonly take: () => Promise<LiveBatch | null>;
  /** Ends a waiting `take`, too. */
  readonly close: () => void;
}

/** @param limit how many events may wait */
export function createInbox(limit: number, onClose: () => void): Inbox {
  let waiting: LiveBatch[] = [];
  let waitingEvents = 0;
  let state: 'open' | 'closed' | 'overflown' = 'open';
  let notify = (): void => undefined;

  function end(as: 'closed' | 'overflown'): void {
    if (state !== 'open') return;
    state = as;
    waiting = [];
    onClose();
    notify();
  }

  return {
    push: (batch) => {
      if (state !== 'open') return;
      waitingEvents += batch.items.length;
      // The batch that is being sent is not waiting: one alone may be as large as it likes.
      if (waitingEvents > limit && waiting.length > 0) return end('overflown');
      waiting.push(batch);
      notify();
    },
    take: async () => {
      while (state === 'open' && waiting.length === 0) {
        await new Promise<void>((resolve) => (notify = resolve));
      }
      if (state === 'overflown') throw new SubscriberTooSlow(`More than ${limit} events were waiting.`);
      const batch = waiting.shift() ?? null;
      waitingEvents -= batch?.items.length ?? 0;
      return batch;
    },
    close: () => end('closed'),
  };
}
