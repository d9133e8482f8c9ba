import type { LiveBatch } from './batch.js';

/** The batches that wait for one subscriber. */
export interface Inbox {
  readonly push: (batch: LiveBatch) => void;
  /** The next batch, or null when there will be none. */
  readonly take: () => Promise<LiveBatch | null>;
  /** Ends a waiting `take`, too. */
  readonly close: () => void;
}

export interface InboxOptions {
  /** How many events may wait. */
  readonly limit: number;
  /** More were waiting: called at once, since whoever takes nothing would never come back to hear of it. */
  readonly onOverflow: () => void;
  readonly onClose: () => void;
}

export function createInbox({ limit, onOverflow, onClose }: InboxOptions): Inbox {
  let waiting: LiveBatch[] = [];
  let waitingEvents = 0;
  let isOpen = true;
  let notify = (): void => undefined;

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    waiting = [];
    onClose();
    notify();
  }

  return {
    close,
    push: (batch) => {
      if (!isOpen) return;
      waitingEvents += batch.items.length;
      // One alone may be as large as it likes.
      if (waitingEvents > limit && waiting.length > 0) {
        close();
        onOverflow();
        return;
      }
      waiting.push(batch);
      notify();
    },
    take: async () => {
      while (isOpen && waiting.length === 0) {
        await new Promise<void>((resolve) => (notify = resolve));
      }
      const batch = waiting.shift() ?? null;
      waitingEvents -= batch?.items.length ?? 0;
      return batch;
    },
  };
}
