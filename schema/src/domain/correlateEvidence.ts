import type { CandidateScope, IncidentCandidate } from './correlation.js';
import { ofNeighbour } from './correlateNeighbour.js';
import { found, startedWithin, strengths, type Comparison, type Evidence, type Found } from './correlateReason.js';
import { conditionKey } from './correlateScopes.js';
import { ofShared, ofSymptom } from './correlateShared.js';
import { windows } from './correlateWindows.js';

/** The strongest reason for an alert to belong to an incident; null where there is none. Whether the incident is over is not asked here. */
export function evidenceOf(comparison: Comparison, candidate: IncidentCandidate): Evidence | null {
  const repeated = sameCondition(comparison, candidate);
  if (repeated !== null) return { ...repeated, candidate };
  if (isNuisance(candidate)) return null;
  let best: Found | null = null;
  for (const scope of candidate.scopes) {
    const found = reasonOf(comparison, candidate, scope);
    // Of equals the later onset, in whatever order the scopes are read.
    if (found !== null && (best === null || (found.strength - best.strength || found.onset - best.onset) > 0)) {
      best = found;
    }
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
  const sinceScope = alert.startsAt - scope.lastAt;
  const windowMs = rule.rule.windowSeconds * 1_000;
  switch (scope.kind) {
    case 'rule':
      return null;
    case 'condition':
      return sinceActivity <= windowMs ? found('sameCondition', strengths.sameCondition - 1, windowMs) : null;
    case 'group':
      return sinceActivity <= windowMs ? found('senderGroup', strengths.senderGroup, windowMs) : null;
    case 'service':
      return ofService(comparison, candidate, scope);
    case 'peer':
      return ofPeer(comparison, candidate, scope);
    case 'host':
      return sinceScope <= windowMs ? found('sameNode', strengths.sameNode, windowMs) : null;
    case 'hostGone':
      if (subject.service === null)
        return sinceScope <= windowMs ? found('sameNode', strengths.sameNode, windowMs) : null;
      return alert.startsAt >= scope.firstAt - windows.onsetMs && sinceScope <= windows.effectMs
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

function ofService(comparison: Comparison, candidate: IncidentCandidate, scope: CandidateScope): Found | null {
  const { alert, subject, rule } = comparison;
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
  return ofNeighbour(comparison, candidate, scope, service);
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
