import type { Explanation } from './correlation.js';
import type { Actor, EventData } from './event.js';
import { isOpenPhase, type DismissReason, type Incident, type IncidentPhase } from './incident.js';
import { isMoreSevere, type Severity } from './severity.js';
import type { IncidentCommand } from './transitionCommand.js';
import { changeType, edit } from './transitionEdit.js';
import { mergeInto, unmerge } from './transitionMerge.js';
import { changed, refused, unchanged, type IncidentEvent, type TransitionResult } from './transitionResult.js';

export type { IncidentCommand, IncidentReport } from './transitionCommand.js';
export type { IncidentEvent, TransitionResult } from './transitionResult.js';

/**
 * The only way an incident's phase and people's decisions change. Pure and exhaustive; the caller writes the row and
 * the events in one transaction. A command that changes nothing (acknowledged twice) succeeds without an event.
 */
export function transition(incident: Incident, command: IncidentCommand, actor: Actor, now: number): TransitionResult {
  switch (command.type) {
    case 'acknowledge':
      return acknowledge(incident, actor, now);
    case 'assign':
      return assign(incident, command.assignee, now);
    case 'changeSeverity':
      return changeSeverity(incident, command.severity, now);
    case 'note':
      // A note overrides nobody's decision, so it does not make another's version stale.
      return changed(incident, { version: incident.version }, now, {
        kind: 'incident.noteAdded',
        data: { text: command.text },
      });
    case 'triage':
      return triage(incident, now);
    case 'unacknowledge':
      return unacknowledge(incident, command.reason, now);
    case 'changeStatus':
      return changeStatus(incident, command, actor, now);
    case 'edit':
      return edit(incident, command.fields, now);
    case 'changeType':
      return changeType(incident, command, now);
    case 'mitigate':
      return mitigate(incident, actor, now);
    case 'resolve':
      return resolve(incident, actor, now, 'person');
    case 'autoResolve':
      return resolve(incident, actor, lastTouched(incident, command.endedAt, now), 'allAlertsResolved');
    case 'resolveEmptied':
      return resolve(incident, actor, now, 'emptied');
    case 'reopen':
      return reopen(incident, actor, now, 'person');
    case 'fireAgain':
      return reopen(incident, actor, now, 'alertFiredAgain', command.explanation);
    case 'close':
      return incident.phase === 'resolved'
        ? changed(incident, { phase: 'closed', closedAt: now }, now, { kind: 'incident.closed', data: {} })
        : refused(incident, 'close', 'resolve it first');
    case 'dismiss':
      return dismiss(incident, command.reason, command.comment, now);
    case 'mergeInto':
      return mergeInto(incident, command.incidentId, now);
    case 'unmerge':
      return unmerge(incident, now);
    case 'alertSeverity':
      return alertSeverity(incident, command.severity, now);
  }
}

/** Somebody looked at it and knows what it is; who works on it already has done so. */
function triage(incident: Incident, now: number): TransitionResult {
  if (isOpenPhase(incident.phase) && incident.phase !== 'detected') return unchanged(incident);
  if (incident.phase !== 'detected') return refused(incident, 'triage', 'reopen it first');
  return changed(incident, { phase: 'triaged' }, now, { kind: 'incident.triaged', data: {} });
}

/** The first acknowledge stays, for it was one; who is asked again acknowledges anew. */
function unacknowledge(incident: Incident, reason: string, now: number): TransitionResult {
  if (incident.phase !== 'acknowledged') return unchanged(incident);
  return changed(incident, { phase: 'detected', acknowledgedSeverity: null }, now, {
    kind: 'incident.unacknowledged',
    data: { reason },
  });
}

function changeStatus(
  incident: Incident,
  { status, by }: Extract<IncidentCommand, { type: 'changeStatus' }>,
  actor: Actor,
  now: number,
): TransitionResult {
  if (incident.status === status && by === null) return unchanged(incident);
  const moved = by === null ? unchanged(incident) : transition(incident, { type: by }, actor, now);
  if (!moved.ok) return moved;
  return changed(moved.incident, { version: incident.version + 1, status }, now, ...moved.events, {
    kind: 'incident.statusChanged',
    data: { from: incident.status, to: status },
  });
}

function acknowledge(incident: Incident, actor: Actor, now: number): TransitionResult {
  if (incident.phase === 'acknowledged' || incident.phase === 'mitigated') return unchanged(incident);
  if (!isOpenPhase(incident.phase)) return refused(incident, 'acknowledge', 'reopen it first');
  return changed(incident, { phase: 'acknowledged', ...acknowledgement(incident, actor, now) }, now, {
    kind: 'incident.acknowledged',
    data: {},
  });
}

/** The first acknowledge is the one that MTTA counts; the severity is the newest one that somebody took on. */
function acknowledgement(incident: Incident, actor: Actor, now: number): Partial<Incident> {
  return {
    acknowledgedAt: incident.acknowledgedAt ?? now,
    acknowledgedBy: incident.acknowledgedBy ?? actor.name,
    acknowledgedSeverity: incident.severity,
  };
}

function assign(incident: Incident, assignee: string | null, now: number): TransitionResult {
  if (incident.assignee === assignee) return unchanged(incident);
  if (hasEnded(incident)) return refused(incident, 'assign', 'reopen it first');
  return changed(incident, { assignee }, now, {
    kind: 'incident.assigned',
    data: { from: incident.assignee, to: assignee },
  });
}

function changeSeverity(incident: Incident, severity: Severity, now: number): TransitionResult {
  if (incident.phase === 'merged')
    return refused(incident, 'change the severity of', 'change the incident it went into');
  if (incident.severity === severity && incident.severityIsManual) return unchanged(incident);
  const acknowledgedSeverity = incident.acknowledgedSeverity === null ? null : severity;
  return changed(incident, { severity, severityIsManual: true, acknowledgedSeverity }, now, {
    kind: 'incident.severityChanged',
    data: { from: incident.severity, to: severity },
  });
}

/** Who mitigates works on it: a mitigate before any acknowledge is one too. */
function mitigate(incident: Incident, actor: Actor, now: number): TransitionResult {
  if (incident.phase === 'mitigated') return unchanged(incident);
  if (!isOpenPhase(incident.phase)) return refused(incident, 'mitigate', 'reopen it first');
  const isFirst = incident.acknowledgedAt === null;
  const events: IncidentEvent[] = isFirst ? [{ kind: 'incident.acknowledged', data: {} }] : [];
  const acknowledged = isFirst ? acknowledgement(incident, actor, now) : {};
  const fields: Partial<Incident> = { phase: 'mitigated', mitigatedAt: incident.mitigatedAt ?? now, ...acknowledged };
  return changed(incident, fields, now, ...events, { kind: 'incident.mitigated', data: {} });
}

function resolve(
  incident: Incident,
  actor: Actor,
  at: number,
  reason: EventData['incident.resolved']['reason'],
): TransitionResult {
  if (incident.phase === 'resolved') return unchanged(incident);
  if (!isOpenPhase(incident.phase)) return refused(incident, 'resolve', 'it has ended already');
  const fields: Partial<Incident> = {
    phase: 'resolved',
    firstResolvedAt: incident.firstResolvedAt ?? at,
    resolvedAt: at,
    resolvedBy: actor,
  };
  return changed(incident, fields, at, { kind: 'incident.resolved', data: { from: incident.phase, reason } });
}

/** An automatic resolve is dated by the last alert's end, but never before anything that people did. */
function lastTouched(incident: Incident, endedAt: number, now: number): number {
  const touched = [incident.openedAt, incident.acknowledgedAt, incident.mitigatedAt, endedAt];
  return Math.min(now, Math.max(...touched.filter((time) => time !== null)));
}

/** Reopened by a person: somebody works on it. By an alert: only if somebody had taken it on before; else nobody knows yet. */
function reopen(
  incident: Incident,
  actor: Actor,
  now: number,
  reason: EventData['incident.reopened']['reason'],
  explanation?: Explanation,
): TransitionResult {
  if (isOpenPhase(incident.phase)) return unchanged(incident);
  const mayReopen: readonly IncidentPhase[] = reason === 'person' ? ['resolved', 'closed', 'dismissed'] : ['resolved'];
  if (!mayReopen.includes(incident.phase)) return refused(incident, 'reopen', 'it has ended for good');
  const phase = reason === 'person' || incident.acknowledgedAt !== null ? 'acknowledged' : 'detected';
  const fields: Partial<Incident> = {
    phase,
    resolvedAt: null,
    resolvedBy: null,
    closedAt: null,
    dismissReason: null,
    reopenedCount: incident.reopenedCount + 1,
    ...(reason === 'person' ? acknowledgement(incident, actor, now) : {}),
  };
  return changed(incident, fields, now, {
    kind: 'incident.reopened',
    data: explanation ? { reason, explanation } : { reason },
  });
}

function dismiss(incident: Incident, reason: DismissReason, comment: string | null, now: number): TransitionResult {
  if (!isOpenPhase(incident.phase)) return refused(incident, 'dismiss', 'only an open incident can be dismissed');
  return changed(incident, { phase: 'dismissed', dismissReason: reason }, now, {
    kind: 'incident.dismissed',
    data: { reason, comment },
  });
}

/** What a person set stays; a rise above what somebody acknowledged takes the acknowledgement back and says so. */
function alertSeverity(incident: Incident, severity: Severity, now: number): TransitionResult {
  const events: IncidentEvent[] = [];
  let fields: Partial<Incident> = {};
  if (!incident.severityIsManual && isMoreSevere(severity, incident.severity)) {
    fields = { severity };
    events.push({ kind: 'incident.severityChanged', data: { from: incident.severity, to: severity } });
  }
  const taken = incident.acknowledgedSeverity;
  if (incident.phase === 'acknowledged' && taken !== null && isMoreSevere(severity, taken)) {
    fields = { ...fields, phase: 'detected', acknowledgedSeverity: null };
    const reason = `an alert is ${severity}, above the ${taken} that was acknowledged`;
    events.push({ kind: 'incident.unacknowledged', data: { reason } });
  }
  return events.length === 0 ? unchanged(incident) : changed(incident, fields, now, ...events);
}

function hasEnded(incident: Incident): boolean {
  return incident.phase === 'merged' || incident.phase === 'dismissed' || incident.phase === 'closed';
}
