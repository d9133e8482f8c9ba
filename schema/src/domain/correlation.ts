import type { Labels } from './alert.js';

/** Why an alert is where it is; stored with the membership and shown as a sentence. Durations are seconds. */
export interface Explanation {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly outcome: 'opened' | 'joined' | 'reopened' | 'split' | 'merged';
  readonly key: string;
  readonly values: Labels;
  readonly windowSeconds: number;
  readonly sentence: string;
}

/** What a rule groups by: the first key whose fields all have a value is used. */
export interface CorrelationRule {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** Tried in order; `fingerprint` always has a value, so a rule that ends with it never shares a "none" bucket. */
  readonly keys: readonly (readonly GroupField[])[];
  /** How long after the incident's last activity another alert still belongs to it, on the alerts' own times. */
  readonly windowSeconds: number;
  /** Older than this an incident takes no further alerts. */
  readonly maxAgeSeconds: number;
  /** How long all alerts must have been resolved before the incident resolves by itself. */
  readonly quietPeriodSeconds: number;
  /** A re-fire this soon after the end of the last alert reopens instead of opening another. */
  readonly reopenWindowSeconds: number;
}

export type GroupField = 'environment' | 'service' | 'groupKey' | 'integration' | 'fingerprint';

/** The alert's fields that correlation may look at. */
export interface CorrelatedAlert {
  readonly integrationId: number;
  readonly fingerprint: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly groupKey: string | null;
  readonly labels: Labels;
  /** Its own time, epoch milliseconds: `startsAt`, else received. */
  readonly startsAt: number;
}

/** An incident that an alert might belong to. Times are epoch milliseconds on the alerts' own clock. */
export interface CorrelationCandidate {
  readonly incidentId: number;
  readonly key: string;
  readonly isOpen: boolean;
  /** False for what a person ended: dismissed, closed. */
  readonly mayReopen: boolean;
  /** The earliest start of its alerts. */
  readonly firstStartsAt: number;
  /** The latest start or end of its alerts. */
  readonly lastActivityAt: number;
  readonly hasFiringAlerts: boolean;
}

/** Nothing is decided by looking at the clock: the same alerts in the same order give the same incidents, live or replayed. */
export type Decision =
  | {
      readonly outcome: 'joined';
      readonly incidentId: number;
      readonly explanation: Explanation;
    }
  | {
      readonly outcome: 'reopened';
      readonly incidentId: number;
      /** The incident is still open on record, but its quiet period is over on the alerts' clock: resolve it first. */
      readonly endsFirst: boolean;
      readonly explanation: Explanation;
    }
  | {
      readonly outcome: 'opened';
      readonly key: string;
      /** What becomes of the incident that held the key: it resolved on the alerts' clock, or only takes no more alerts. */
      readonly displaced: { readonly incidentId: number; readonly isOver: boolean } | null;
      readonly explanation: Explanation;
    };
