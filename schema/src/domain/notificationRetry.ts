import type { NotificationTopic } from './notification.js';

export type AttemptOutcome =
  | { readonly outcome: 'sent'; readonly status: number | null }
  /** For good: nothing of this place is tried again. `isGone`: the receiver asked not to be written to any more. */
  | { readonly outcome: 'failed'; readonly status: number | null; readonly error: string; readonly isGone?: boolean }
  | {
      readonly outcome: 'retry';
      readonly status: number | null;
      readonly error: string;
      /** What the receiver asked for; null: it did not. */
      readonly afterMs: number | null;
    };

const second = 1_000;
const minute = 60 * second;
const waits = [second, 5 * second, 30 * second, 2 * minute, 10 * minute, 60 * minute];
/** A person who is to be woken is tried elsewhere after so long: 1 + 5 + 30 s, and what the attempts take. */
const pageAttempts = 4;

/**
 * How long to wait after so many attempts; null: no more. Pages give a place up within two minutes and fall to the next.
 * @param attempts that were made, from 1
 */
export function retryDelayMs(topic: NotificationTopic, attempts: number): number | null {
  if (topic === 'test' || (topic === 'page' && attempts >= pageAttempts)) return null;
  return waits[attempts - 1] ?? null;
}
