import { useSyncExternalStore } from 'react';
import { createStore, useStore } from './createStore.ts';

const seconds = createStore(Date.now());
const slow = createStore(Date.now());

// Two clocks for the whole page instead of one timer for each row.
setInterval(() => seconds.set(Date.now()), 1_000);
setInterval(() => slow.set(Date.now()), 5_000);

/** The time in milliseconds, ticking each second where a person watches it, else every five seconds. */
export function useNow(pace: 'second' | 'slow' = 'slow'): number {
  return useStore(pace === 'second' ? seconds : slow);
}

/** Words that depend on the time. Drawn again only when they change, so that all on a page change together, cheaply. */
export function useWords(say: (now: number) => string): string {
  return useSyncExternalStore(seconds.subscribe, () => say(seconds.get()));
}
