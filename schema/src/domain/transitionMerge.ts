import { isOpenPhase, type Incident } from './incident.js';
import { changed, refused, type TransitionResult } from './transitionResult.js';

export function mergeInto(incident: Incident, target: number, now: number): TransitionResult {
  if (incident.id === target) {
    const message = 'An incident cannot be merged into itself: choose another target.';
    return { ok: false, error: { code: 'INVALID_INPUT', message, field: 'into' } };
  }
  if (!isOpenPhase(incident.phase) && incident.phase !== 'resolved') {
    return refused(incident, 'merge', 'only open and resolved incidents can be merged');
  }
  return changed(incident, { phase: 'merged', mergedInto: target }, now, {
    kind: 'incident.merged',
    data: { intoIncidentId: target },
  });
}

/** The phase it had when it was merged follows from its times: merging changes none of them. */
export function unmerge(incident: Incident, now: number): TransitionResult {
  const { mergedInto } = incident;
  if (mergedInto === null) return refused(incident, 'unmerge', 'it was not merged');
  const phase =
    incident.resolvedAt !== null
      ? 'resolved'
      : incident.acknowledgedAt === null || incident.acknowledgedSeverity === null
        ? 'detected'
        : incident.mitigatedAt === null
          ? 'acknowledged'
          : 'mitigated';
  return changed(incident, { phase, mergedInto: null }, now, {
    kind: 'incident.unmerged',
    data: { fromIncidentId: mergedInto },
  });
}
