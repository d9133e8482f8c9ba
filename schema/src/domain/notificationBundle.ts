import type { NotificationTopic } from './notification.js';

export interface WaitingNotification {
  readonly id: number;
  readonly topic: NotificationTopic;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

export interface BundlePlan {
  /** To be sent now, each by itself or with those bundled into it. */
  readonly send: readonly number[];
  readonly bundled: readonly { readonly into: number; readonly ids: readonly number[] }[];
  /** When what is not sent now is looked at again; null: nothing is left. */
  readonly lookAgainAt: number | null;
}

/** So many a minute go to one place one by one; of more, one message says how many. */
export const bundleBurst = 5;

/**
 * What of the messages that are due for one place is sent now. Pages are bundled with pages only and are never put off: who is
 * woken is woken at once, by one message for all that waits. The rest keeps to the rate.
 * @param sentLastMinute messages that went to the place in the minute before `now`
 */
export function bundle(
  waiting: readonly WaitingNotification[],
  sentLastMinute: number,
  ratePerMinute: number,
  now: number,
): BundlePlan {
  const ordered = waiting.toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id);
  const pages = ordered.filter(({ topic }) => topic === 'page');
  const others = ordered.filter(({ topic }) => topic !== 'page');
  const burst = Math.min(bundleBurst, ratePerMinute);
  const send: number[] = [];
  const bundled: BundlePlan['bundled'][number][] = [];
  const take = (group: readonly WaitingNotification[]): void => {
    const [first, ...more] = group;
    if (first === undefined) return;
    if (sentLastMinute + group.length <= burst) send.push(...group.map(({ id }) => id));
    else {
      send.push(first.id);
      if (more.length > 0) bundled.push({ into: first.id, ids: more.map(({ id }) => id) });
    }
  };
  take(pages);
  const isFull = sentLastMinute + send.length >= ratePerMinute;
  if (!isFull) take(others);
  return { send, bundled, lookAgainAt: isFull && others.length > 0 ? now + secondsUntilRoom(ratePerMinute) : null };
}

/** Milliseconds; a few seconds at least, so that what comes meanwhile joins. */
function secondsUntilRoom(ratePerMinute: number): number {
  return Math.max(5_000, Math.ceil(60_000 / ratePerMinute));
}
