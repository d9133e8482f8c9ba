import type { AlertFacts, CandidateScope, IncidentCandidate } from './correlation.js';
import { found, isEffect, startedWithin, strengths, type Comparison, type Found } from './correlateReason.js';
import { hopsOf, windows } from './correlateWindows.js';
import { isUnexplained } from './topologyOrigin.js';

/** By the catalogue alone: an effect of what the alert's service calls, or the cause of what its callers suffer from. */
export function ofNeighbour(
  { alert, subject, rule, topology }: Comparison,
  candidate: IncidentCandidate,
  scope: CandidateScope,
  service: string,
): Found | null {
  const maxHops = hopsOf(rule);
  const callee = topology.dependencies(service, maxHops).get(scope.value);
  if (callee !== undefined && isEffect(subject) && isTimelyEffect(alert, candidate, scope, callee.hops)) {
    const path = topology.path(service, scope.value, maxHops) ?? [];
    const strength = strengths.dependency - callee.hops;
    return { ...found('dependency', strength, callerWindow(callee.hops)), path, onset: scope.firstAt };
  }
  const caller = topology.dependents(service, maxHops).get(scope.value);
  if (caller === undefined || !startedWithin(candidate, alert, callerWindow(caller.hops))) return null;
  if (!isUnexplained(scope.value, new Set(candidate.services), topology)) return null;
  const path = topology.path(scope.value, service, maxHops)?.toReversed() ?? [];
  return { ...found('dependency', strengths.cause - caller.hops, callerWindow(caller.hops), true), path };
}

function callerWindow(hops: number): number {
  return hops === 1 ? windows.callerMs : windows.farCallerMs;
}

/** Soon after the last that was heard of the cause, and while it lasts; over another service only when it has just begun. */
function isTimelyEffect(
  { startsAt }: AlertFacts,
  candidate: IncidentCandidate,
  { firstAt, lastAt }: CandidateScope,
  hops: number,
): boolean {
  if (startsAt - lastAt > callerWindow(hops) || startsAt - candidate.lastActivityAt > effectWindow(candidate))
    return false;
  return hops === 1 || startsAt - firstAt <= windows.causeMs;
}

/** An effect shows while its cause lasts, or soon after: alerts that look back some minutes still fire then. */
function effectWindow({ hasFiringAlerts }: IncidentCandidate): number {
  return hasFiringAlerts ? windows.effectMs : windows.afterEffectMs;
}
