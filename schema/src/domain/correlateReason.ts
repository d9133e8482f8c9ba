import type { AlertFacts, CompiledRule, IncidentCandidate, PlacementReason, PreviousEpisode } from './correlation.js';
import type { Subject } from './correlateSubject.js';
import type { Topology } from './topology.js';

/** What is known when one alert is compared with one incident. */
export interface Comparison {
  readonly alert: AlertFacts;
  readonly subject: Subject;
  readonly rule: CompiledRule;
  readonly topology: Topology;
  readonly previous: PreviousEpisode | null;
}

/**
 * Why an alert may belong to an incident. `isCause` where the alert shows what the incident's other alerts come from: then
 * the incident has no other origin.
 */
export interface Evidence {
  readonly candidate: IncidentCandidate;
  readonly reason: PlacementReason;
  /** The higher counts; see {@link strengths}. */
  readonly strength: number;
  readonly path: readonly string[];
  readonly windowMs: number;
  readonly isCause: boolean;
  /** When what it is an effect of began, as far as the catalogue tells causes and effects; else 0. */
  readonly onset: number;
}

/** The surer goes first: the same thing, then what is named, then what is concluded from the catalogue, then from time. */
export const strengths = {
  sameCondition: 100,
  gonePlacement: 92,
  namedPeer: 85,
  sameService: 80,
  sameNode: 75,
  dependency: 60,
  cause: 50,
  suffersShared: 45,
  shared: 30,
  senderGroup: 20,
  sameTime: 10,
} as const;

/** A reason that is found, before it is said for which incident. */
export type Found = Omit<Evidence, 'candidate'>;

/** Whether a failure elsewhere can be what the alert tells of. */
export function isEffect({ isSymptom, isOwnCause }: Subject): boolean {
  return isSymptom && !isOwnCause;
}

export function startedWithin({ firstStartsAt }: IncidentCandidate, { startsAt }: AlertFacts, ms: number): boolean {
  return startsAt - firstStartsAt <= ms;
}

export function found(reason: PlacementReason, strength: number, windowMs: number, isCause = false): Found {
  return { reason, strength, windowMs, path: [], isCause, onset: 0 };
}
