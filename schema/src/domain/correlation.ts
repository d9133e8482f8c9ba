import type { Labels } from './alert.js';
import type { CorrelationRule as Rule, GroupField as RuleField } from './rule.js';
import type { Severity } from './severity.js';
import type { SourceKind } from './source.js';

/** Why an alert is where it is; stored with the membership and shown as a sentence. Durations are seconds. */
export interface Explanation {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly outcome: 'opened' | 'joined' | 'reopened' | 'split' | 'merged' | 'moved';
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

/** Everything that correlation and the expressions of rules may look at. Names are as derived, labels verbatim. */
export interface AlertFacts extends CorrelatedAlert {
  readonly source: SourceKind;
  readonly severity: Severity;
  readonly title: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly annotations: Labels;
  /** The machine that it names, as derived: a node's name or an address without port. */
  readonly host: string | null;
  readonly namespace: string | null;
}

/** A rule whose expression is compiled: once for each version of the rule set, never for an alert. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Of the rule set it was saved in; 0 for the built-in rule. */
  readonly version: number;
  /** Whether the rule decides about the alert. @throws RuleFailed where the expression cannot be evaluated on it. */
  matches(alert: AlertFacts): boolean;
  /** The value of a field of `groupBy`; null where the alert has none or an empty one. */
  groupValue(alert: AlertFacts, field: RuleField): string | null;
}

/** A rule could not be evaluated on one alert: it is reported on that alert, and the next rule is tried. */
export class RuleFailed extends Error {
  override readonly name = 'RuleFailed';
  readonly ruleId: string;

  constructor(ruleId: string, reason: string) {
    super(reason);
    this.ruleId = ruleId;
  }
}
