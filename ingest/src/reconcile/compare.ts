import type { NormalisedAlert, VanishReason } from '@tocsin/schema/domain/alert';
import type { OpenAlert } from '@tocsin/schema/postgres/reconcile';
import type { SenderListing } from './listing.js';

/** What differs between what we have open and what the sender says. */
export interface Comparison {
  /** Says so from now on. */
  readonly vanished: readonly { readonly alert: OpenAlert; readonly reason: VanishReason }[];
  /** Missing for the first time: a moment later it may have been resolved. */
  readonly watched: readonly OpenAlert[];
  /** There again, or resolved meanwhile and back. */
  readonly back: readonly OpenAlert[];
  /** Fires there for long enough that we should have heard of it. */
  readonly missed: readonly NormalisedAlert[];
}

/**
 * Twice the default `group_interval`: that long an end or a start may be on its way to us by Alertmanager's own rules.
 * Being silenced or inhibited is said outright and needs no waiting.
 */
export const graceMs = 10 * 60_000;

export function compare(open: readonly OpenAlert[], listing: SenderListing, now: number): Comparison {
  const active = new Set(listing.active.map(({ fingerprint }) => fingerprint));
  const vanished: { alert: OpenAlert; reason: VanishReason }[] = [];
  const watched: OpenAlert[] = [];
  const back: OpenAlert[] = [];
  for (const alert of open) {
    const quiet = listing.quiet.get(alert.fingerprint);
    if (active.has(alert.fingerprint)) {
      if (alert.vanishReason !== null || alert.missingSince !== null) back.push(alert);
    } else if (quiet !== undefined) {
      if (alert.vanishReason !== quiet) vanished.push({ alert, reason: quiet });
    } else if (alert.missingSince === null) watched.push(alert);
    else if (alert.vanishReason !== 'missing' && now - alert.missingSince >= graceMs) {
      vanished.push({ alert, reason: 'missing' });
    }
  }
  const known = new Set(open.map(({ fingerprint }) => fingerprint));
  const missed = listing.active.filter(
    ({ fingerprint, startsAt }) => !known.has(fingerprint) && startsAt !== null && now - startsAt >= graceMs,
  );
  return { vanished, watched, back, missed };
}
