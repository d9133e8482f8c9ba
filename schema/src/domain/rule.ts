import type { Severity } from './severity.js';

/** A field of the alert, or `labels.<name>` (`.` and `_` in names are equal). */
export type GroupField =
  'environment' | 'service' | 'host' | 'namespace' | 'groupKey' | 'integration' | 'fingerprint' | `labels.${string}`;

export type NotifyMode = 'page' | 'record';
/** What becomes of an alert that lacks a field of `groupBy`: an incident of its own, or the next rule. */
export type OnMissingLabel = 'own' | 'skip';
export type ResolveMode = 'allResolved' | 'manual';

/**
 * One correlation rule, as data: rules are ordered, the first that matches decides. Durations are seconds.
 * A rule set is saved as a whole and has a version; a rule keeps its id through versions.
 */
export interface CorrelationRule {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** A CEL expression over the alert; null matches every alert. */
  readonly match: string | null;
  /** The fields that alerts of one incident have in common; empty leaves the grouping to the built-in correlation. */
  readonly groupBy: readonly GroupField[];
  /** How long after the incident's last activity another alert still belongs to it, on the alerts' own times. */
  readonly windowSeconds: number;
  /** Older than this an incident takes no further alerts. */
  readonly maxAgeSeconds: number;
  /** Opens only after this many alerts of the group within these seconds. */
  readonly threshold: { readonly count: number; readonly seconds: number } | null;
  /** Opens only if something still fires after this long; 0 opens at once. */
  readonly holdSeconds: number;
  /** `{{service}} {{labels.alertname}}`: fields and labels of the first alert; null takes its title. */
  readonly titleTemplate: string | null;
  /** What the incident's severity is instead of the alerts'; null keeps theirs. */
  readonly severity: Severity | null;
  /** Who is responsible; null leaves it to the service and then to the integration. */
  readonly team: string | null;
  /** Name of the escalation policy of what it opens; without one the service's and then the team's. */
  readonly escalationPolicy?: string | null;
  readonly notify: NotifyMode;
  readonly onMissingLabel: OnMissingLabel;
  readonly resolve: ResolveMode;
  /** How long all alerts must have been resolved before the incident resolves by itself. */
  readonly quietPeriodSeconds: number;
  /** A re-fire this soon after the end of the last alert reopens instead of opening another. */
  readonly reopenWindowSeconds: number;
  /** How many dependency steps away an alert may be and still join; 0 switches topology off. */
  readonly maxHops: number;
}

/** The ordered rules of one version. The built-in rule stands behind the last and matches everything. */
export interface RuleSet {
  readonly version: number;
  readonly rules: readonly CorrelationRule[];
}
