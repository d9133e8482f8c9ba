import type { NormalisedAlert } from './alert.js';
import { foldPartsArrival, latest } from './dedupeFold.js';
import { sameEpisodeToleranceMs, type EpisodePart } from './dedupeParts.js';
import type { Severity } from './severity.js';

/** The open episode of a fingerprint, as far as deduplication looks at it. Times are epoch milliseconds. */
export interface OpenEpisode {
  readonly startsAt: number;
  /** False where the sender named no start: then no later copy is a new episode. */
  readonly startsAtIsSent: boolean;
  readonly severity: Severity;
  readonly materialHash: string;
  /** The sender's own alerts of which it consists, with what has ended of them; absent where the sender has one for it. */
  readonly parts?: readonly EpisodePart[];
}

export interface FingerprintState {
  readonly open: OpenEpisode | null;
  /** The end of the last closed episode, seen or only heard of. */
  readonly lastEndedAt: number | null;
}

export const unknownFingerprint: FingerprintState = { open: null, lastEndedAt: null };

/** What arrived, with the time of its receipt and the hash of what counts as a change. */
export interface Arrival {
  readonly alert: Pick<NormalisedAlert, 'status' | 'severity' | 'startsAt' | 'endsAt' | 'parts'>;
  readonly receivedAt: number;
  readonly materialHash: string;
}

export type DedupeDecision =
  | { readonly outcome: 'opened'; readonly startsAt: number }
  | { readonly outcome: 'repeated'; readonly startsAt: number }
  | { readonly outcome: 'changed'; readonly startsAt: number; readonly severityFrom: Severity | null }
  /** The old episode ended unseen, at the latest when the new one began. */
  | { readonly outcome: 'superseded'; readonly endsAt: number; readonly startsAt: number }
  | { readonly outcome: 'stale' }
  | { readonly outcome: 'resolved'; readonly endsAt: number }
  /** Nothing is open; the end is remembered, so that a late copy of the start opens nothing. */
  | { readonly outcome: 'ignored'; readonly endsAt: number };

export { sameEpisodeToleranceMs } from './dedupeParts.js';

/** What an arrival means, and the state after it. */
export interface Folded {
  readonly decision:
    | DedupeDecision
    /** It began and ended between two notifications: an episode that opens and closes at once. */
    | {
        readonly outcome: 'passed';
        readonly startsAt: number;
        readonly endsAt: number;
        readonly parts: readonly EpisodePart[] | null;
        /** When the open episode of before ended unseen; null where none was open. */
        readonly supersedes: number | null;
      };
  readonly state: FingerprintState;
  /** The parts of the episode that ended (resolved, superseded), to be stored with it; else null. */
  readonly endedParts: readonly EpisodePart[] | null;
}

/** The table of the domain, row by row, with the state folded. Pure. */
export function foldArrival(state: FingerprintState, arrival: Arrival): Folded {
  const { parts } = arrival.alert;
  if (parts !== undefined && (state.open === null || state.open.parts !== undefined)) {
    return foldPartsArrival(state, arrival, parts);
  }
  const { open } = state;
  const { status, startsAt: start, endsAt: sentEnd } = arrival.alert;
  if (
    status === 'resolved' &&
    open?.startsAtIsSent &&
    start !== null &&
    start > open.startsAt + sameEpisodeToleranceMs
  ) {
    // The end of a later episode, whose start was never told: the open one ended before it.
    const endsAt = Math.max(sentEnd ?? arrival.receivedAt, start);
    return {
      decision: { outcome: 'passed', startsAt: start, endsAt, parts: null, supersedes: start },
      state: { open: null, lastEndedAt: latest(state.lastEndedAt, endsAt) },
      endedParts: null,
    };
  }
  const decision = dedupe(state, arrival);
  if (decision.outcome === 'ignored') {
    const { startsAt } = arrival.alert;
    const isNews = startsAt !== null && (state.lastEndedAt === null || startsAt > state.lastEndedAt);
    if (isNews && decision.endsAt >= startsAt) {
      const { endsAt } = decision;
      return {
        decision: { outcome: 'passed', startsAt, endsAt, parts: null, supersedes: null },
        state: applyDedupe(state, arrival, decision),
        endedParts: null,
      };
    }
  }
  return { decision, state: applyDedupe(state, arrival, decision), endedParts: null };
}

/**
 * What an arrival means for the open episode of its fingerprint: the table of the domain, row by row.
 * Pure; the caller folds the decision into the state with {@link applyDedupe}.
 */
export function dedupe(state: FingerprintState, arrival: Arrival): DedupeDecision {
  return arrival.alert.status === 'firing' ? dedupeFiring(state, arrival) : dedupeResolved(state, arrival);
}

function dedupeFiring({ open, lastEndedAt }: FingerprintState, arrival: Arrival): DedupeDecision {
  const { startsAt } = arrival.alert;
  const isLateCopy = startsAt !== null && lastEndedAt !== null && startsAt <= lastEndedAt;
  if (open === null)
    return isLateCopy ? { outcome: 'stale' } : { outcome: 'opened', startsAt: startsAt ?? arrival.receivedAt };

  if (startsAt !== null && open.startsAtIsSent) {
    if (startsAt > open.startsAt + sameEpisodeToleranceMs) return { outcome: 'superseded', endsAt: startsAt, startsAt };
    // An end that was told between the two starts parts them, however near they are: a copy must not join what it parts.
    const isParted = lastEndedAt !== null && lastEndedAt < open.startsAt;
    if (isLateCopy && (isParted || startsAt < open.startsAt - sameEpisodeToleranceMs)) return { outcome: 'stale' };
  }
  const earliest = startsAt === null ? open.startsAt : Math.min(open.startsAt, startsAt);
  if (arrival.materialHash === open.materialHash) return { outcome: 'repeated', startsAt: earliest };
  const severityFrom = arrival.alert.severity === open.severity ? null : open.severity;
  return { outcome: 'changed', startsAt: earliest, severityFrom };
}

function dedupeResolved({ open }: FingerprintState, arrival: Arrival): DedupeDecision {
  const endsAt = arrival.alert.endsAt ?? arrival.receivedAt;
  if (open === null) return { outcome: 'ignored', endsAt };
  // A late copy of an earlier episode's end must not end the one that runs now.
  if (open.startsAtIsSent && endsAt < open.startsAt) return { outcome: 'stale' };
  return { outcome: 'resolved', endsAt: Math.max(endsAt, open.startsAt) };
}

/** The state after a decision. */
export function applyDedupe(state: FingerprintState, arrival: Arrival, decision: DedupeDecision): FingerprintState {
  const { severity, startsAt: sent } = arrival.alert;
  switch (decision.outcome) {
    case 'opened':
    case 'superseded': {
      const open = {
        startsAt: decision.startsAt,
        startsAtIsSent: sent !== null,
        severity,
        materialHash: arrival.materialHash,
      };
      const endsAt = decision.outcome === 'superseded' ? decision.endsAt : null;
      return { open, lastEndedAt: latest(state.lastEndedAt, endsAt) };
    }
    case 'repeated':
    case 'changed': {
      if (state.open === null) return state;
      const { materialHash } = arrival;
      return { ...state, open: { ...state.open, startsAt: decision.startsAt, severity, materialHash } };
    }
    case 'resolved':
    case 'ignored':
      return { open: null, lastEndedAt: latest(state.lastEndedAt, decision.endsAt) };
    case 'stale':
      return state;
  }
}

/** What counts as a change, as text to be hashed: the severity and every annotation that is not volatile. */
export function materialText(
  alert: Pick<NormalisedAlert, 'severity' | 'annotations'>,
  volatileAnnotations: readonly string[],
): string {
  const names = Object.keys(alert.annotations)
    .filter((name) => !volatileAnnotations.includes(name))
    .toSorted();
  return JSON.stringify([alert.severity, names.map((name) => [name, alert.annotations[name]])]);
}
