import type { Severity } from './severity.js';

export type Labels = Readonly<Record<string, string>>;
export type AlertStatus = 'firing' | 'resolved';

export interface AlertLink {
  readonly title: string;
  readonly url: string;
}

/** One of the sender's own alerts that together are one condition, as a delivery stated it. Times are epoch milliseconds. */
export interface AlertPart {
  /** The sender's. */
  readonly fingerprint: string;
  readonly status: AlertStatus;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

/**
 * One alert as a sender stated it, in our words. Times are epoch milliseconds.
 * `startsAt` is null where the sender gave none: the time of receipt stands in, and never counts as a new episode.
 */
export interface NormalisedAlert {
  readonly fingerprint: string;
  readonly status: AlertStatus;
  readonly severity: Severity;
  /** The sender's own word. */
  readonly senderSeverity: string | null;
  readonly title: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly service: string | null;
  readonly environment: string | null;
  /** Verbatim, without the empty-valued ones. */
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number | null;
  /** Set when resolved and the sender said when; null while firing. */
  readonly endsAt: number | null;
  readonly generatorUrl: string | null;
  readonly runbookUrl: string | null;
  readonly links: readonly AlertLink[];
  readonly traceId: string | null;
  /** The sender's own grouping key, e.g. Alertmanager's `groupKey`. */
  readonly groupKey: string | null;
  /** Where several of the sender's alerts are one condition, such as two thresholds of one series: each of them. */
  readonly parts?: readonly AlertPart[];
  /** A test notification: shown on the integration's page, opens nothing. */
  readonly isTest: boolean;
}

/** Why a sender's own list no longer shows an alert as firing. `missing`: no longer there, and no end was told. */
export const vanishReasons = ['silenced', 'inhibited', 'missing'] as const;
export type VanishReason = (typeof vanishReasons)[number];

export type ResolveReason = 'sender' | 'stale' | 'superseded' | 'person';

/** One stored episode of one fingerprint: open while `closedAt` is null. */
export interface Alert extends Omit<NormalisedAlert, 'startsAt' | 'isTest' | 'status'> {
  readonly id: number;
  readonly integrationId: number;
  readonly status: AlertStatus;
  readonly startsAt: number;
  /** When it was first stored. */
  readonly receivedAt: number;
  readonly lastReceivedAt: number;
  readonly receivedCount: number;
  readonly resolveReason: ResolveReason | null;
  readonly isStale: boolean;
  /** With it the condition had fired too often within an hour; see `flapping`. */
  readonly isFlapping: boolean;
  readonly incidentId: number | null;
}
