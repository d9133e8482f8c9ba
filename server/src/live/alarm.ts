import { waitFor } from './listener.js';

export interface Alarm {
  /** Ends the sleep that is, or else the next one before it begins. */
  readonly ring: () => void;
  /** Until it rings, at most `ms`. */
  readonly sleep: (ms: number) => Promise<void>;
}

export function createAlarm(): Alarm {
  let hasRung = false;
  let end = (): void => undefined;
  return {
    ring: () => {
      hasRung = true;
      end();
    },
    sleep: async (ms) => {
      const sleeping = new AbortController();
      end = () => sleeping.abort();
      if (!hasRung) await waitFor(ms, sleeping.signal);
      hasRung = false;
    },
  };
}
