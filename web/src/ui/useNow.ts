import { createStore, useStore } from './createStore.ts';

const seconds = createStore(Date.now());
const halfMinutes = createStore(Date.now());

// Two clocks for the whole page instead of one timer for each row.
setInterval(() => seconds.set(Date.now()), 1_000);
setInterval(() => halfMinutes.set(Date.now()), 30_000);

/** The time in milliseconds, ticking each second where a person watches it, else twice a minute. */
export function useNow(pace: 'second' | 'halfMinute' = 'halfMinute'): number {
  return useStore(pace === 'second' ? seconds : halfMinutes);
}
