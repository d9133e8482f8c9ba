import { sameEpisodeToleranceMs } from '@tocsin/schema/domain/dedupe';
import type { Hint } from '@tocsin/schema/postgres/fingerprintState';
import type { BatchArrival } from './arrival.js';
import { KnownScopes } from './knownScopes.js';

interface Known {
  readonly materialHash: string;
  readonly startsAt: number;
  readonly startsAtIsSent: boolean;
}

/**
 * What this process believes to be open and unchanged, so that repeats need no reading. Never authoritative: the
 * statement that folds them checks every part of the belief, and a wrong one costs a round trip.
 */
export class Hints {
  /** What of the incidents' scopes needs no writing. */
  readonly scopes = new KnownScopes();
  readonly #known = new Map<string, Known>();
  readonly #limit: number;

  /** @param limit conditions kept; the least recently set go first */
  constructor(limit = 200_000) {
    this.#limit = limit;
  }

  remember(key: string, known: Known): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size <= this.#limit) return;
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }

  forget(key: string): void {
    this.#known.delete(key);
  }

  /** Splits a batch: conditions that all arrivals only repeat, and the arrivals that must be looked at. */
  split(arrivals: readonly BatchArrival[]): {
    readonly hints: readonly Hint[];
    readonly rest: readonly BatchArrival[];
  } {
    const needed = new Set(arrivals.filter((arrival) => !this.#isRepeat(arrival)).map((arrival) => arrival.key));
    const folded = new Map<string, Hint>();
    for (const arrival of arrivals) {
      const known = this.#known.get(arrival.key);
      if (known === undefined || needed.has(arrival.key)) continue;
      const { integrationId, fingerprint, key } = arrival;
      const { materialHash, startsAt } = known;
      const before = folded.get(key);
      folded.set(key, {
        integrationId,
        fingerprint,
        materialHash,
        startsAt,
        count: (before?.count ?? 0) + 1,
        receivedAt: Math.max(before?.receivedAt ?? 0, arrival.receivedAt),
      });
    }
    return { hints: [...folded.values()], rest: arrivals.filter((arrival) => needed.has(arrival.key)) };
  }

  #isRepeat({ key, alert, materialHash }: BatchArrival): boolean {
    const known = this.#known.get(key);
    if (known === undefined || alert.isTest || alert.status !== 'firing' || known.materialHash !== materialHash)
      return false;
    // Which of its parts fire may have changed while nothing else did.
    if (alert.parts !== undefined) return false;
    if (alert.startsAt === null || !known.startsAtIsSent) return true;
    // An earlier start moves the episode's start, which takes the long way.
    return alert.startsAt >= known.startsAt && alert.startsAt <= known.startsAt + sameEpisodeToleranceMs;
  }
}
