import type { Explanation } from '@tocsin/schema/domain/correlation';
import type { PreviousEpisode } from '@tocsin/schema/domain/correlation';
import { foldArrival, unknownFingerprint, type Folded, type FingerprintState } from '@tocsin/schema/domain/dedupe';
import type { EpisodePart } from '@tocsin/schema/domain/dedupeParts';
import type { Integration } from '@tocsin/schema/domain/source';
import type { Closing } from '@tocsin/schema/postgres/alertWrite';
import type { StoredFingerprint } from '@tocsin/schema/postgres/fingerprintState';
import { fingerprintKey, type BatchArrival } from './arrival.js';

/** An episode that a batch touches: stored already, or opened by it. */
export interface Episode {
  readonly id: number;
  readonly integration: Integration;
  readonly fingerprint: string;
  readonly isNew: boolean;
  /** The newest statement that changed it; null where the batch only repeated it. */
  changedBy: BatchArrival | null;
  /** The arrival that opened it; null where it was stored already. */
  readonly openedBy: BatchArrival | null;
  startsAt: number;
  receivedCount: number;
  lastReceivedAt: number;
  closing: Closing | null;
  /** The key of its incident in the ledger of incidents; null until correlated, and while it is held back or kept quiet. */
  incidentId: number | null;
  explanation: Explanation | null;
  /** By the catalogue's name; null until looked at. */
  service: string | null;
  /** The sender's own alerts of which it consists; null where the batch says nothing of them. */
  parts: readonly EpisodePart[] | null;
  /** The group in which a rule holds it back. */
  pendingKey: string | null;
  /** The maintenance window that keeps it quiet. */
  suppressedBy: number | null;
}

interface Entry {
  state: FingerprintState;
  current: Episode | null;
  /** The last ended episode, if it was in an incident: stored, or of this batch. */
  previous: () => PreviousEpisode | null;
}

/** What a decision did to the episodes of its fingerprint. */
export interface DedupeResult {
  readonly decision: Folded['decision'];
  /** The episode that goes on, was opened or was closed by the arrival. */
  readonly episode: Episode | null;
  /** The episode of the condition before the one that opens. */
  readonly previous: PreviousEpisode | null;
  /** The one that ended unseen. */
  readonly superseded: Episode | null;
}

/**
 * When an ended episode is last known to have fired. One that ended unseen is only known to have started: its recorded end
 * is the start of the next, which would leave no gap between the two.
 */
export function lastKnownOf({ startsAt, closing }: Pick<Episode, 'startsAt' | 'closing'>): number {
  return closing === null || closing.reason === 'superseded' ? startsAt : closing.endsAt;
}

const nothing: Omit<DedupeResult, 'decision'> = { episode: null, previous: null, superseded: null };

/** The fingerprints of a batch: each arrival is decided on what is stored and on the arrivals before it. */
export class EpisodeLedger {
  readonly touched = new Set<Episode>();
  /** Ends of conditions that were never seen firing. */
  readonly ends = new Map<string, { readonly integrationId: number; readonly fingerprint: string; endsAt: number }>();
  readonly #entries = new Map<string, Entry>();
  readonly #nextId: () => number;
  readonly #stored = new Map<number, Episode>();

  constructor(
    stored: readonly StoredFingerprint[],
    nextId: () => number,
    integrations: ReadonlyMap<number, Integration>,
  ) {
    this.#nextId = nextId;
    for (const fingerprint of stored) {
      const integration = integrations.get(fingerprint.integrationId);
      const { open, lastEndedAt, previous } = fingerprint;
      const current = open && integration ? storedEpisode(fingerprint, open, integration) : null;
      if (current !== null) this.#stored.set(current.id, current);
      const key = fingerprintKey(fingerprint.integrationId, fingerprint.fingerprint);
      this.#entries.set(key, { state: { open, lastEndedAt }, current, previous: () => previous });
    }
  }

  apply(arrival: BatchArrival): DedupeResult {
    const entry = this.#entries.get(arrival.key) ?? {
      state: unknownFingerprint,
      current: null,
      previous: () => null,
    };
    this.#entries.set(arrival.key, entry);
    const folded = foldArrival(entry.state, arrival);
    entry.state = folded.state;
    return { decision: folded.decision, ...this.#record(entry, arrival, folded) };
  }

  /** The state after the batch: what the next repeats may be folded into. */
  openState(key: string): FingerprintState['open'] {
    return this.#entries.get(key)?.state.open ?? null;
  }

  /** An episode that was open when the batch came. */
  stored(alertId: number): Episode | null {
    return this.#stored.get(alertId) ?? null;
  }

  #record(entry: Entry, arrival: BatchArrival, { decision, endedParts }: Folded): Omit<DedupeResult, 'decision'> {
    const before = entry.current;
    const parts = entry.state.open?.parts ?? null;
    switch (decision.outcome) {
      case 'stale':
        return nothing;
      case 'ignored': {
        const { integrationId, fingerprint } = arrival;
        const endsAt = Math.max(this.ends.get(arrival.key)?.endsAt ?? decision.endsAt, decision.endsAt);
        this.ends.set(arrival.key, { integrationId, fingerprint, endsAt });
        return nothing;
      }
      case 'opened':
        return this.#begin(entry, arrival, decision.startsAt, parts);
      case 'passed': {
        if (decision.supersedes !== null) {
          this.#close(entry, arrival, { endsAt: decision.supersedes, reason: 'superseded' }, null);
        }
        const begun = this.#begin(entry, arrival, decision.startsAt, decision.parts);
        this.#close(entry, arrival, { endsAt: decision.endsAt, reason: 'sender' }, decision.parts);
        return { ...begun, superseded: before };
      }
      case 'superseded':
        this.#close(entry, arrival, { endsAt: decision.endsAt, reason: 'superseded' }, endedParts);
        return { ...this.#begin(entry, arrival, decision.startsAt, parts), superseded: before };
      case 'resolved':
        if (before) this.#receive(before, arrival);
        this.#close(entry, arrival, { endsAt: decision.endsAt, reason: 'sender' }, endedParts);
        return { ...nothing, episode: before };
      case 'repeated':
      case 'changed':
        if (before) {
          this.#receive(before, arrival);
          before.startsAt = decision.startsAt;
          before.parts = parts;
          if (decision.outcome === 'changed') before.changedBy = arrival;
        }
        return { ...nothing, episode: before };
    }
  }

  #begin(
    entry: Entry,
    arrival: BatchArrival,
    startsAt: number,
    parts: readonly EpisodePart[] | null,
  ): Omit<DedupeResult, 'decision'> {
    const previous = entry.previous();
    entry.current = this.#open(arrival, startsAt, parts);
    return { episode: entry.current, previous, superseded: null };
  }

  #open(arrival: BatchArrival, startsAt: number, parts: readonly EpisodePart[] | null): Episode {
    const episode: Episode = {
      id: this.#nextId(),
      integration: arrival.delivery.integration,
      fingerprint: arrival.fingerprint,
      isNew: true,
      changedBy: null,
      openedBy: arrival,
      startsAt,
      receivedCount: 1,
      lastReceivedAt: arrival.receivedAt,
      closing: null,
      incidentId: null,
      explanation: null,
      service: null,
      parts,
      pendingKey: null,
      suppressedBy: null,
    };
    this.touched.add(episode);
    return episode;
  }

  #close(
    entry: Entry,
    arrival: BatchArrival,
    closing: Omit<Closing, 'closedAt'>,
    parts: readonly EpisodePart[] | null,
  ): void {
    const episode = entry.current;
    if (!episode) return;
    this.#touch(episode);
    episode.closing = { ...closing, closedAt: arrival.receivedAt };
    episode.parts = parts ?? episode.parts;
    entry.current = null;
    // Where it went is only known once it was correlated.
    entry.previous = () =>
      episode.incidentId === null ? null : { incidentId: episode.incidentId, endsAt: lastKnownOf(episode) };
  }

  #receive(episode: Episode, arrival: BatchArrival): void {
    this.#touch(episode);
    episode.receivedCount++;
    episode.lastReceivedAt = Math.max(episode.lastReceivedAt, arrival.receivedAt);
  }

  #touch(episode: Episode): void {
    this.touched.add(episode);
  }
}

/** `receivedCount` counts what the batch adds. */
function storedEpisode(
  { fingerprint }: StoredFingerprint,
  open: NonNullable<StoredFingerprint['open']>,
  integration: Integration,
): Episode {
  return {
    id: open.alertId,
    integration,
    fingerprint,
    isNew: false,
    changedBy: null,
    openedBy: null,
    startsAt: open.startsAt,
    receivedCount: 0,
    lastReceivedAt: 0,
    closing: null,
    incidentId: open.incidentId,
    explanation: null,
    service: null,
    parts: null,
    pendingKey: null,
    suppressedBy: null,
  };
}
