import type { AlertPart } from './alert.js';

/** One firing of one of the sender's alerts within an episode. Times are epoch milliseconds. */
export interface EpisodePart {
  readonly fingerprint: string;
  readonly startsAt: number;
  /** Null while it fires. */
  readonly endsAt: number | null;
}

/** Replicas evaluate at different instants: starts that differ by up to two one-minute intervals are one episode. */
export const sameEpisodeToleranceMs = 120_000;

/** More firings than this of one episode are not told apart. */
const partsLimit = 64;

/**
 * The parts of an episode after a delivery. A late copy of a firing that has ended does not bring it back; a later start
 * of the same alert is another firing, and the one before ended unseen. Firings of earlier episodes are left out.
 */
export function foldParts(
  known: readonly EpisodePart[],
  arrived: readonly AlertPart[],
  lastEndedAt: number | null,
  receivedAt: number,
): readonly EpisodePart[] {
  let parts = known;
  for (const part of arrived) parts = foldPart(parts, part, lastEndedAt, receivedAt);
  return parts;
}

function foldPart(
  parts: readonly EpisodePart[],
  { fingerprint, status, startsAt, endsAt }: AlertPart,
  lastEndedAt: number | null,
  receivedAt: number,
): readonly EpisodePart[] {
  const index = parts.findLastIndex((part) => part.fingerprint === fingerprint);
  const latest = parts[index];
  const isResolved = status === 'resolved';
  const end = isResolved ? (endsAt ?? receivedAt) : null;
  if (latest === undefined) {
    if (startsAt !== null && lastEndedAt !== null && startsAt <= lastEndedAt) return parts;
    if (startsAt === null && isResolved) return parts;
    return added(parts, { fingerprint, startsAt: startsAt ?? receivedAt, endsAt: end });
  }
  // A late copy of a firing before the last end, however near: it must not join what that end parts.
  const isLateCopy = startsAt !== null && lastEndedAt !== null && startsAt <= lastEndedAt;
  if (isLateCopy && lastEndedAt < latest.startsAt) return parts;
  const lastKnown = Math.min(latest.startsAt + sameEpisodeToleranceMs, latest.endsAt ?? Infinity);
  if (startsAt !== null && startsAt > lastKnown) {
    const before = parts.with(index, { ...latest, endsAt: latest.endsAt ?? startsAt });
    return added(before, { fingerprint, startsAt, endsAt: end });
  }
  // An earlier start is the same firing, seen first by another replica, unless an earlier firing is known.
  const isEarliest = parts.findIndex((part) => part.fingerprint === fingerprint) === index;
  const start = isEarliest && startsAt !== null ? Math.min(latest.startsAt, startsAt) : latest.startsAt;
  const endsNow = end !== null && latest.endsAt === null && end >= start;
  if (start === latest.startsAt && !endsNow) return parts;
  return parts.with(index, { ...latest, startsAt: start, endsAt: endsNow ? end : latest.endsAt });
}

function added(parts: readonly EpisodePart[], part: EpisodePart): readonly EpisodePart[] {
  if (parts.length < partsLimit) return [...parts, part];
  const oldestEnded = parts.findIndex(({ endsAt }) => endsAt !== null);
  return [...parts.toSpliced(Math.max(oldestEnded, 0), 1), part];
}

export function isFiring({ endsAt }: EpisodePart): boolean {
  return endsAt === null;
}

/** When everything that fires in an episode began; Infinity where nothing does. */
export function earliestStart(parts: readonly EpisodePart[]): number {
  return parts.reduce((earliest, { startsAt }) => Math.min(earliest, startsAt), Infinity);
}

/** When the last of them ended; -Infinity where none has. */
export function latestEnd(parts: readonly EpisodePart[]): number {
  return parts.reduce((latest, { endsAt }) => Math.max(latest, endsAt ?? -Infinity), -Infinity);
}
