import type { NormalisedAlert } from './alert.js';
import type { Arrival, FingerprintState, Folded } from './dedupe.js';
import { earliestStart, foldParts, isFiring, latestEnd, type EpisodePart } from './dedupeParts.js';

/** The same table where an episode consists of several of the sender's alerts: it fires while one of them does. */
export function foldPartsArrival(
  state: FingerprintState,
  arrival: Arrival,
  arrived: NonNullable<NormalisedAlert['parts']>,
): Folded {
  const { open, lastEndedAt } = state;
  const parts = foldParts(open?.parts ?? [], arrived, lastEndedAt, arrival.receivedAt);
  const firing = parts.filter(isFiring);
  if (open === null) return foldFirstParts(state, arrival, parts, firing);
  if (firing.length === 0) {
    const endsAt = Math.max(latestEnd(parts), open.startsAt);
    return {
      decision: { outcome: 'resolved', endsAt },
      state: { open: null, lastEndedAt: latest(lastEndedAt, endsAt) },
      endedParts: parts,
    };
  }
  const endOfOld = Math.max(...(open.parts ?? []).filter(isFiring).map((part) => endIn(parts, part)));
  const startOfNew = earliestStart(firing);
  const { severity } = arrival.alert;
  if (startOfNew >= endOfOld) {
    // What passed between the two notifications is told with the new episode.
    const isOld = ({ fingerprint, startsAt: at }: EpisodePart): boolean =>
      (open.parts ?? []).some((part) => part.fingerprint === fingerprint && at <= part.startsAt);
    const reopened = { startsAt: startOfNew, startsAtIsSent: true, severity, materialHash: arrival.materialHash };
    return {
      decision: { outcome: 'superseded', endsAt: endOfOld, startsAt: startOfNew },
      state: {
        open: { ...reopened, parts: parts.filter((part) => !isOld(part)) },
        lastEndedAt: latest(lastEndedAt, Math.max(endOfOld, latestEnd(parts.filter(isOld)))),
      },
      endedParts: parts.filter(isOld),
    };
  }
  const startsAt = Math.min(open.startsAt, startOfNew);
  // A delivery that only tells the end of a part says nothing about the severity of the one that still fires.
  if (arrival.alert.status === 'resolved' || arrival.materialHash === open.materialHash) {
    const repeated = { ...state, open: { ...open, startsAt, parts } };
    return { decision: { outcome: 'repeated', startsAt }, state: repeated, endedParts: null };
  }
  const severityFrom = severity === open.severity ? null : open.severity;
  const { materialHash } = arrival;
  return {
    decision: { outcome: 'changed', startsAt, severityFrom },
    state: { ...state, open: { ...open, startsAt, severity, materialHash, parts } },
    endedParts: null,
  };
}

function foldFirstParts(
  state: FingerprintState,
  arrival: Arrival,
  parts: readonly EpisodePart[],
  firing: readonly EpisodePart[],
): Folded {
  const { alert, materialHash } = arrival;
  if (firing.length > 0) {
    const startsAt = earliestStart(parts);
    const startsAtIsSent = alert.startsAt !== null;
    const open = { startsAt, startsAtIsSent, severity: alert.severity, materialHash, parts };
    return { decision: { outcome: 'opened', startsAt }, state: { ...state, open }, endedParts: null };
  }
  if (parts.length > 0) {
    const [startsAt, endsAt] = [earliestStart(parts), latestEnd(parts)];
    const closed = { open: null, lastEndedAt: latest(latest(state.lastEndedAt, endsAt), alert.endsAt) };
    return {
      decision: { outcome: 'passed', startsAt, endsAt, parts, supersedes: null },
      state: closed,
      endedParts: null,
    };
  }
  if (alert.status === 'firing') return { decision: { outcome: 'stale' }, state, endedParts: null };
  // All of it belongs to episodes that have ended: a late copy of their end tells nothing new.
  const endsAt = state.lastEndedAt ?? alert.endsAt ?? arrival.receivedAt;
  return { decision: { outcome: 'ignored', endsAt }, state: { open: null, lastEndedAt: endsAt }, endedParts: null };
}

/** When a part that fired ended, after the delivery; Infinity while it still fires. Its start may have moved earlier. */
function endIn(parts: readonly EpisodePart[], { fingerprint, startsAt }: EpisodePart): number {
  const now = parts.findLast((part) => part.fingerprint === fingerprint && part.startsAt <= startsAt);
  return now?.endsAt ?? Infinity;
}

/** The later of two instants; null is none. */
export function latest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
