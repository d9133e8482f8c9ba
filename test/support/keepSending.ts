import { setTimeout as delay } from 'node:timers/promises';
import type { NotifyHarness } from './notifyHarness.js';

/** Sends what waits, by the real clock, until it is stopped: for those who wait for what becomes of a message. */
export function keepSending(harness: NotifyHarness): () => Promise<void> {
  const end = new AbortController();
  const sending = (async () => {
    while (!end.signal.aborted) {
      harness.moveClock(Date.now() - harness.now());
      await harness.runDue();
      await delay(100);
    }
  })();
  return async () => {
    end.abort();
    await sending;
  };
}
