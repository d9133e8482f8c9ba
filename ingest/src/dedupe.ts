import type { Explanation } from '@tocsin/schema/domain/correlation';
import {
  applyDedupe,
  dedupe,
  unknownFingerprint,
  type DedupeDecision,
  type FingerprintState,
} from '@tocsin/schema/domain/dedupe';
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
  /** The key of its incident in the ledger of incidents; null until correlated. */
  incidentId: number | null;
  explanation: Explanation | null;
}

interface Entry {
  state: FingerprintState;
  current: Episode | null;
}

/** What a decision did to the episodes of its fingerprint. */
export interface DedupeResult {
  readonly decision: DedupeDecision;
  /** The episode that goes on, was opened or was closed by the arrival. */
  readonly episode: Episode | null;
  /** The one that ended unseen. */
  readonly superseded: Episode | null;
}

/** The fingerprints of a batch: each arrival is decided on what is stored and on the arrivals before it. */
export class EpisodeLedger {
  readonly touched = new Set<Episode>();
  /** Ends of conditions that were never seen firing. */
  readonly ends = new Map<string, { readonly integrationId: number; readonly fingerprint: string; endsAt: number }>();
  readonly #entries = new Map<string, Entry>();
  readonly #nextId: () => number;

  constructor(
    stored: readonly StoredFingerprint[],
    nextId: () => number,
    integrations: ReadonlyMap<number, Integration>,
  ) {
    this.#nextId = nextId;
    for (const fingerprint of stored) {
      const integration = integrations.get(fingerprint.integrationId);
      const { open, lastEndedAt } = fingerprint;
      const current = open && integration ? storedEpisode(fingerprint, open, integration) : null;
      const key = fingerprintKey(fingerprint.integrationId, fingerprint.fingerprint);
      this.#entries.set(key, { state: { open, lastEndedAt }, current });
    }
  }

  apply(arrival: BatchArrival): DedupeResult {
    const entry = this.#entries.get(arrival.key) ?? { state: unknownFingerprint, current: null };
    this.#entries.set(arrival.key, entry);
    const decision = dedupe(entry.state, arrival);
    entry.state = applyDedupe(entry.state, arrival, decision);
    return this.#record(entry, arrival, decision);
  }

  /** The state after the batch: what the next repeats may be folded into. */
  openState(key: string): FingerprintState['open'] {
    return this.#entries.get(key)?.state.open ?? null;
  }

  #record(entry: Entry, arrival: BatchArrival, decision: DedupeDecision): DedupeResult {
    const before = entry.current;
    switch (decision.outcome) {
      case 'stale':
        return { decision, episode: null, superseded: null };
      case 'ignored': {
        const { integrationId, fingerprint } = arrival;
        const endsAt = Math.max(this.ends.get(arrival.key)?.endsAt ?? decision.endsAt, decision.endsAt);
        this.ends.set(arrival.key, { integrationId, fingerprint, endsAt });
        return { decision, episode: null, superseded: null };
      }
      case 'opened':
        entry.current = this.#open(arrival, decision.startsAt);
        return { decision, episode: entry.current, superseded: null };
      case 'superseded':
        if (before) this.#close(before, arrival, { endsAt: decision.endsAt, reason: 'superseded' });
        entry.current = this.#open(arrival, decision.startsAt);
        return { decision, episode: entry.current, superseded: before };
      case 'resolved':
        if (before) {
          this.#receive(before, arrival);
          this.#close(before, arrival, { endsAt: decision.endsAt, reason: 'sender' });
        }
        entry.current = null;
        return { decision, episode: before, superseded: null };
      case 'repeated':
      case 'changed':
        if (before) {
          this.#receive(before, arrival);
          before.startsAt = decision.startsAt;
          if (decision.outcome === 'changed') before.changedBy = arrival;
        }
        return { decision, episode: before, superseded: null };
    }
  }

  #open(arrival: BatchArrival, startsAt: number): Episode {
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
    };
    this.touched.add(episode);
    return episode;
  }

  #close(episode: Episode, arrival: BatchArrival, closing: Omit<Closing, 'closedAt'>): void {
    this.#touch(episode);
    episode.closing = { ...closing, closedAt: arrival.receivedAt };
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
  };
}
