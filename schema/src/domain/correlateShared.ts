import type { CandidateScope, IncidentCandidate } from './correlation.js';
import { found, isEffect, startedWithin, strengths, type Comparison, type Found } from './correlateReason.js';
import type { Subject } from './correlateSubject.js';
import { windows } from './correlateWindows.js';
import type { Topology } from './topology.js';

/** What the environment shares failed: the alert is about that itself, names it, or tells of what fails with it. */
export function ofShared(
  { alert, subject, topology }: Comparison,
  scope: CandidateScope,
  sinceActivity: number,
): Found | null {
  const sinceScope = alert.startsAt - scope.lastAt;
  const { effectMs, callerMs, onsetMs } = windows;
  if (subject.isShared) {
    return sinceScope <= effectMs ? found('sharedInfrastructure', strengths.sameNode, effectMs) : null;
  }
  if (subject.infrastructure === scope.value) {
    return sinceActivity <= effectMs ? found('sharedInfrastructure', strengths.suffersShared, effectMs) : null;
  }
  if (!isEffect(subject) || (scope.value === 'dns' && isCalledOnly(subject, topology))) return null;
  // What fails with it fails at once; later alerts have reasons of their own.
  const windowMs = scope.value === 'host' ? callerMs : onsetMs;
  return sinceScope <= windowMs && sinceScope >= -onsetMs
    ? found('sharedInfrastructure', strengths.shared, windowMs)
    : null;
}

/** What is known to call nobody does not suffer where names cannot be resolved: its callers do. */
function isCalledOnly({ service, infrastructure }: Subject, topology: Topology): boolean {
  if (service === null || infrastructure !== null) return false;
  return topology.dependents(service, 1).size > 0 && topology.dependencies(service, 1).size === 0;
}

/** The other way round, and, without a catalogue, what begins at the same time. */
export function ofSymptom(
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
    !isEffect(subject) ||
    topology.size > 0 ||
    alert.startsAt - scope.lastAt > windows.onsetMs ||
    !startedWithin(candidate, alert, windows.onsetMs)
  )
    return null;
  return found('sameTime', strengths.sameTime, windows.onsetMs);
}
