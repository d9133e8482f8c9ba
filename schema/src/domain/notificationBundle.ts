import type { NotificationTopic } from './notification.js';

export interface WaitingNotification {
  readonly id: number;
  readonly topic: NotificationTopic;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** One place that messages wait for. */
interface BundlePlace {
  /** Somebody's own contact; else a channel. */
  readonly isPerson: boolean;
  /** Messages that went to it in the minute before, and those on their way. */
  readonly sentLastMinute: number;
  readonly ratePerMinute: number;
}

export interface BundlePlan {
  /** To be sent now, each by itself or with those bundled into it. */
  readonly send: readonly number[];
  readonly bundled: readonly { readonly into: number; readonly ids: readonly number[] }[];
  /** What waits on, and until when it is looked at again; epoch milliseconds. */
  readonly held: readonly { readonly id: number; readonly until: number }[];
}

/** So many a minute go to one place one by one; of more, one message says how many. */
const bundleBurst = 5;
/** How long the first of a bundle waits for more, at a place that had its burst within the minute. */
const gatherMs = 10_000;
/** The longest that a page to a person waits, and only at a contact that got its whole rate within the minute. */
const pagePatienceMs = 5_000;

/**
 * What of the messages that are due for one place is sent now.
 *
 * - Five a minute go out one by one, at once.
 * - A page to a person is never kept to be bundled: it goes out at once, in one message with the pages that wait beside it at
 *   that moment. Only a contact that got its whole rate within the minute (30) gets further pages together, each at most five
 *   seconds after it was due.
 * - What goes to a channel, pages too, and updates to a person are gathered for ten seconds where the place had its five, and
 *   then are one message that says how many it stands for. A place that had its whole rate waits until there is room.
 * - Pages are bundled with pages only. What is about one person's own work says something of its own and is not bundled, only
 *   kept to the rate; a test is neither bundled nor put off.
 *
 * Who waits is bundled into the oldest at once, so that one message is looked at again, not all of them.
 */
export function bundle(waiting: readonly WaitingNotification[], place: BundlePlace, now: number): BundlePlan {
  const ordered = waiting.toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id);
  const of = (...topics: readonly NotificationTopic[]): readonly WaitingNotification[] =>
    ordered.filter(({ topic }) => topics.includes(topic));
  const send = of('test').map(({ id }) => id);
  const bundled: BundlePlan['bundled'][number][] = [];
  const held: BundlePlan['held'][number][] = [];
  const burst = Math.min(bundleBurst, place.ratePerMinute);
  const sent = (): number => place.sentLastMinute + send.length;
  const hasRoom = (): boolean => sent() < place.ratePerMinute;
  const take = (group: readonly WaitingNotification[], until: (first: WaitingNotification) => number): void => {
    const [first, ...more] = group;
    if (first === undefined) return;
    if (sent() + group.length <= burst) return void send.push(...group.map(({ id }) => id));
    if (more.length > 0) bundled.push({ into: first.id, ids: more.map(({ id }) => id) });
    const at = sent() < burst ? now : until(first);
    if (at <= now) send.push(first.id);
    else held.push({ id: first.id, until: at });
  };
  const room = now + msUntilRoom(place.ratePerMinute);
  const gathered = ({ dueAt }: WaitingNotification): number => (hasRoom() ? dueAt + gatherMs : room);
  const urgent = ({ dueAt }: WaitingNotification): number => (hasRoom() ? now : dueAt + pagePatienceMs);
  take(of('page'), place.isPerson ? urgent : gathered);
  for (const { id } of of('personal')) {
    if (hasRoom()) send.push(id);
    else held.push({ id, until: room });
  }
  take(of('update', 'stakeholder'), gathered);
  return { send, bundled, held };
}

/** A few seconds at least, so that what comes meanwhile joins. */
function msUntilRoom(ratePerMinute: number): number {
  return Math.max(5_000, Math.ceil(60_000 / ratePerMinute));
}
