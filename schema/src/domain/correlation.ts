import type { Labels } from './alert.js';
import type { CorrelationRule, GroupField } from './rule.js';
import type { Severity } from './severity.js';
import type { SourceKind } from './source.js';

/** Why an alert is where it is; stored with the membership and shown as a sentence. Durations are seconds. */
export interface Explanation {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly outcome: 'opened' | 'joined' | 'reopened' | 'split' | 'merged' | 'moved' | 'heldBack';
  readonly key: string;
  readonly values: Labels;
  readonly windowSeconds: number;
  readonly reason?: PlacementReason;
  /** Services from the alert's to the incident's, where the topology joined them. */
  readonly path?: readonly string[];
  /** Rules that failed on the alert, and were skipped. */
  readonly failures?: readonly { readonly ruleId: string; readonly message: string }[];
  /** The incident that a person, or a merge, took the alert from. */
  readonly fromIncidentId?: number;
  /** Where a decision says it itself; else `sentenceOf` makes it. */
  readonly sentence?: string;
}

/** Everything that correlation and the expressions of rules may look at. Names are as derived, labels verbatim. */
export interface AlertFacts {
  readonly integrationId: number;
  readonly fingerprint: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly groupKey: string | null;
  readonly labels: Labels;
  /** Its own time, epoch milliseconds: `startsAt`, else received. */
  readonly startsAt: number;
  readonly source: SourceKind;
  /** The integration's. */
  readonly team?: string | null;
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
  readonly rule: CorrelationRule;
  /** Of the rule set it was saved in; 0 for the built-in rule. */
  readonly version: number;
  /** Whether the rule decides about the alert. @throws RuleFailed where the expression cannot be evaluated on it. */
  matches(alert: AlertFacts): boolean;
  /** The value of a field of `groupBy`; null where the alert has none or an empty one. */
  groupValue(alert: AlertFacts, field: GroupField): string | null;
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

export const scopeKinds = [
  'service',
  'peer',
  'condition',
  'host',
  'hostGone',
  'placed',
  'shared',
  'symptom',
  'group',
  'rule',
] as const;

/**
 * What an incident is found by: something one of its alerts is about or names. `symptom` and `shared` stand for the whole
 * environment with the value `*`.
 */
export type ScopeKind = (typeof scopeKinds)[number];

export interface IncidentScope {
  readonly kind: ScopeKind;
  /** As {@link environmentKey} gives it; null where the alert names none, which matches every environment. */
  readonly environment: string | null;
  /** At most 300 characters. */
  readonly value: string;
}

/** What to look for. Only scopes whose last activity is not before `since` (epoch milliseconds) are wanted. */
export interface IncidentLookup extends IncidentScope {
  readonly since: number;
}

/** A scope of an incident that a lookup found, with the earliest and latest start of the alerts that brought it. */
export interface CandidateScope extends IncidentScope {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** An incident that an alert might belong to, or that held the last episode of its condition. Times are epoch milliseconds on the alerts' own clock. */
export interface IncidentCandidate {
  readonly incidentId: number;
  readonly environment: string | null;
  readonly ruleId: string;
  readonly key: string;
  readonly isOpen: boolean;
  /** False for what a person ended: dismissed, closed. */
  readonly mayReopen: boolean;
  /** No person has acknowledged, assigned, edited, merged or split it: only then may the system merge it into another. */
  readonly isUntouched: boolean;
  readonly firstStartsAt: number;
  readonly lastActivityAt: number;
  readonly hasFiringAlerts: boolean;
  /** Its affected services in the order in which they were affected, as `scopesOf` names them; at most 64. */
  readonly services: readonly string[];
  /** The only condition (`conditionKey`) it has had; null once it has had two. */
  readonly soleCondition: string | null;
  /** Episodes it has had, counted no further than is cheap: 3 is enough. */
  readonly alertCount: number;
  /** Only those that the alert's lookups matched. */
  readonly scopes: readonly CandidateScope[];
}

/** The last ended episode of the alert's own condition. */
export interface PreviousEpisode {
  readonly incidentId: number;
  readonly endsAt: number;
}

/** Everything that is known around an alert that is to be placed. */
export interface Surroundings {
  readonly candidates: readonly IncidentCandidate[];
  /** Its incident is among the candidates, whatever the lookups say. */
  readonly previous: PreviousEpisode | null;
}

export const placementReasons = [
  'sameCondition',
  'sameService',
  'dependency',
  'namedPeer',
  'sameNode',
  'sharedInfrastructure',
  'sameTime',
  'senderGroup',
  'rule',
  'nothingToJoin',
  'ended',
] as const;
export type PlacementReason = (typeof placementReasons)[number];

/** Why an alert is where it is, stored with the membership; {@link sentenceOf} makes a sentence of it. */
export interface PlacementExplanation extends Omit<Explanation, 'sentence'> {
  readonly reason: PlacementReason;
  /** Services from the alert's to the incident's, where the topology joined them; else empty. */
  readonly path: readonly string[];
}

/** What the system merges: untouched incidents that the alert shows to have the same cause. */
interface Absorbing {
  readonly absorbs: readonly number[];
}

/** Where an alert belongs. Rules that failed on it are named, and were skipped. */
export type Placement = (
  | ({ readonly outcome: 'joined'; readonly incidentId: number } & Absorbing)
  | ({
      readonly outcome: 'reopened';
      readonly incidentId: number;
      /** The incident is still open on record, but its quiet period is over on the alerts' clock: resolve it first. */
      readonly endsFirst: boolean;
    } & Absorbing)
  | {
      readonly outcome: 'opened';
      readonly key: string;
      readonly environment: string | null;
      /** Incidents that are over on the alerts' clock, though still open on record: resolve them first. */
      readonly ended: readonly number[];
    }
) & {
  readonly rule: CorrelationRule;
  readonly explanation: PlacementExplanation;
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
};
