import type {
  AlertFacts,
  CandidateScope,
  CompiledRule,
  IncidentCandidate,
  PlacementReason,
  PreviousEpisode,
} from './correlation.js';
import { conditionKey } from './correlateScopes.js';
import type { Subject } from './correlateSubject.js';
import { hopsOf, windows } from './correlateWindows.js';
import type { Topology } from './topology.js';
import { isUnexplained } from './topologyOrigin.js';

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

type Found = Omit<Evidence, 'candidate'>;

/** The strongest reason for an alert to belong to an incident; null where there is none. Whether the incident is over is not asked here. */
export function evidenceOf(comparison: Comparison, candidate: IncidentCandidate): Evidence | null {
  const repeated = sameCondition(comparison, candidate);
  if (repeated !== null) return { ...repeated, candidate };
  if (isNuisance(candidate)) return null;
  let best: Found | null = null;
  for (const scope of candidate.scopes) {
    const found = reasonOf(comparison, candidate, scope);
    if (found !== null && (best === null || found.strength > best.strength)) best = found;
  }
  return best === null ? null : { ...best, candidate };
}

/**
 * The condition itself was in this incident and comes back. What comes and goes keeps its incident through gaps of the reopen
 * window; a condition that was the incident's only one, with nothing else wrong, through gaps three times as long: it
 * comes back at its own rhythm and means the same each time.
 */
function sameCondition({ alert, rule, previous }: Comparison, candidate: IncidentCandidate): Found | null {
  if (previous?.incidentId !== candidate.incidentId) return null;
  const gapMs = alert.startsAt - previous.endsAt;
  const { windowSeconds, reopenWindowSeconds } = rule.rule;
  const isSole = candidate.soleCondition === conditionKey(alert);
  const goesOn = candidate.isOpen && candidate.hasFiringAlerts;
  const seconds = isSole
    ? 3 * reopenWindowSeconds
    : goesOn
      ? Math.max(windowSeconds, reopenWindowSeconds)
      : reopenWindowSeconds;
  if (gapMs > seconds * 1_000) return null;
  return found('sameCondition', strengths.sameCondition, seconds * 1_000);
}

/**
 * One condition that has come and gone three times, or twice in a long time, with nothing else wrong: it explains nothing
 * about other alerts. A failure would have shown in something else by then.
 */
export function isNuisance({ soleCondition, alertCount, firstStartsAt, lastActivityAt }: IncidentCandidate): boolean {
  return (
    soleCondition !== null &&
    (alertCount >= 3 || (alertCount === 2 && lastActivityAt - firstStartsAt > windows.aloneMs))
  );
}

function reasonOf(comparison: Comparison, candidate: IncidentCandidate, scope: CandidateScope): Found | null {
  const { alert, subject, rule } = comparison;
  const sinceActivity = alert.startsAt - candidate.lastActivityAt;
  const windowMs = rule.rule.windowSeconds * 1_000;
  switch (scope.kind) {
    case 'rule':
      return null;
    case 'condition':
      return sinceActivity <= windowMs ? found('sameCondition', strengths.sameCondition - 1, windowMs) : null;
    case 'group':
      return sinceActivity <= windowMs ? found('senderGroup', strengths.senderGroup, windowMs) : null;
    case 'service':
      return ofService(comparison, candidate, scope, sinceActivity);
    case 'peer':
      return ofPeer(comparison, candidate, scope);
    case 'host':
      return sinceActivity <= windowMs ? found('sameNode', strengths.sameNode, windowMs) : null;
    case 'hostGone':
      if (subject.service === null)
        return sinceActivity <= windowMs ? found('sameNode', strengths.sameNode, windowMs) : null;
      return alert.startsAt >= scope.firstAt - windows.onsetMs && sinceActivity <= windows.effectMs
        ? found('sameNode', strengths.gonePlacement, windows.effectMs)
        : null;
    case 'placed':
      return startedWithin(candidate, alert, windows.lossMs)
        ? found('sameNode', strengths.sameNode - 1, windows.lossMs, true)
        : null;
    case 'shared':
      return ofShared(comparison, scope, sinceActivity);
    case 'symptom':
      return ofSymptom(comparison, candidate, scope);
  }
}

function ofService(
  { alert, subject, rule, topology }: Comparison,
  candidate: IncidentCandidate,
  scope: CandidateScope,
  sinceActivity: number,
): Found | null {
  const windowMs = rule.rule.windowSeconds * 1_000;
  const { service } = subject;
  if (service === null) return null;
  // Of this service, not of the incident: a large one goes on somewhere all the time.
  const sinceScope = alert.startsAt - scope.lastAt;
  if (scope.value === service || subject.otherNames.includes(scope.value)) {
    return sinceScope <= windowMs ? found('sameService', strengths.sameService, windowMs) : null;
  }
  if (subject.peers.includes(scope.value)) {
    return sinceScope <= windows.effectMs ? found('namedPeer', strengths.namedPeer, windows.effectMs) : null;
  }
  const maxHops = hopsOf(rule);
  const callee = topology.dependencies(service, maxHops).get(scope.value);
  if (
    callee !== undefined &&
    subject.isSymptom &&
    sinceScope <= windows.effectMs &&
    sinceActivity <= effectWindow(candidate)
  ) {
    const path = topology.path(service, scope.value, maxHops) ?? [];
    return { ...found('dependency', strengths.dependency - callee.hops, windows.effectMs), path };
  }
  const caller = topology.dependents(service, maxHops).get(scope.value);
  if (caller === undefined || alert.startsAt - candidate.firstStartsAt > windows.causeMs) return null;
  if (!isUnexplained(scope.value, new Set(candidate.services), topology)) return null;
  const path = topology.path(scope.value, service, maxHops)?.toReversed() ?? [];
  return { ...found('dependency', strengths.cause - caller.hops, windows.causeMs, true), path };
}

/** An effect shows while its cause lasts, or soon after: alerts that look back some minutes still fire then. */
function effectWindow({ hasFiringAlerts }: IncidentCandidate): number {
  return hasFiringAlerts ? windows.effectMs : windows.afterEffectMs;
}

function ofPeer({ alert, subject }: Comparison, candidate: IncidentCandidate, scope: CandidateScope): Found | null {
  if (subject.peers.includes(scope.value)) {
    return alert.startsAt - scope.lastAt <= windows.effectMs
      ? found('namedPeer', strengths.namedPeer - 1, windows.effectMs)
      : null;
  }
  const isNamed = scope.value === subject.service;
  if (!isNamed || alert.startsAt - candidate.firstStartsAt > windows.causeMs) return null;
  return found('namedPeer', strengths.cause + 1, windows.causeMs, true);
}

function ofShared({ alert, subject }: Comparison, scope: CandidateScope, sinceActivity: number): Found | null {
  const sinceScope = alert.startsAt - scope.lastAt;
  const { effectMs, lossMs, onsetMs } = windows;
  if (subject.isShared) {
    return sinceScope <= effectMs ? found('sharedInfrastructure', strengths.sameNode, effectMs) : null;
  }
  if (subject.infrastructure === scope.value) {
    return sinceActivity <= effectMs ? found('sharedInfrastructure', strengths.suffersShared, effectMs) : null;
  }
  // What fails with it fails at once; later alerts have reasons of their own.
  return sinceScope <= lossMs && sinceScope >= -onsetMs
    ? found('sharedInfrastructure', strengths.shared, lossMs)
    : null;
}

function ofSymptom(
  { alert, subject, topology }: Comparison,
  candidate: IncidentCandidate,
  scope: CandidateScope,
): Found | null {
  if (subject.isShared) {
    return startedWithin(candidate, alert, windows.onsetMs)
      ? found('sharedInfrastructure', strengths.shared, windows.onsetMs, true)
      : null;
  }
  if (
    topology.size > 0 ||
    alert.startsAt - scope.lastAt > windows.onsetMs ||
    !startedWithin(candidate, alert, windows.onsetMs)
  )
    return null;
  return found('sameTime', strengths.sameTime, windows.onsetMs);
}

function startedWithin({ firstStartsAt }: IncidentCandidate, { startsAt }: AlertFacts, ms: number): boolean {
  return startsAt - firstStartsAt <= ms;
}

function found(reason: PlacementReason, strength: number, windowMs: number, isCause = false): Found {
  return { reason, strength, windowMs, path: [], isCause };
}
