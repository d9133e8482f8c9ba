import type { Explanation } from './correlation.js';
import type { EventData, LogEvent } from './event.js';
import { incidentReference } from './incident.js';
import { summariseFurther } from './summary/further.js';

/** What a sentence may name beside the event itself; null where it is gone or not needed. */
export interface SummaryContext {
  readonly alert: { readonly title: string; readonly severity: string } | null;
  readonly integrationName?: string | null;
}

/** The event as one English sentence without a full stop, for people. */
export function summarise(event: LogEvent, context: SummaryContext): string {
  const who = event.actor.name;
  const isPerson = event.actor.kind === 'person';
  const alert = alertOf(context);
  switch (event.kind) {
    case 'alerts.received':
      return `${total(event.data.counts)} received`;
    case 'alert.opened':
      return `${event.data.title} (${event.data.severity}) started firing${at(event.data.service, event.data.environment)}`;
    case 'alert.changed':
      return event.data.severity
        ? `${titleOf(context)} went from ${event.data.severity.from} to ${event.data.severity.to}`
        : `${alert} changed: ${(event.data.annotations ?? []).join(', ') || 'its annotations'}`;
    case 'alert.resolved':
      return `${alert} resolved${resolvedWhy[event.data.reason]}`;
    case 'alert.superseded':
      return `${alert} had ended unseen: the same condition fired again`;
    case 'alert.stale':
      return `${alert} went stale: its sender no longer mentions it`;
    case 'alert.flapping':
      return `${titleOf(context)} is flapping: it fired ${event.data.episodes} times within ${event.data.withinSeconds / 60} minutes`;
    case 'alert.suppressed':
      return `${alert} is kept quiet by “${event.data.name}”`;
    case 'alert.surfaced':
      return `${alert} still fires and is no longer kept quiet by “${event.data.name}”`;
    case 'alert.vanished':
      return `${alert} ${vanishedWhy[event.data.reason]}`;
    case 'alert.reappeared':
      return `${alert} is firing at its sender again`;
    case 'change.received':
      return `${event.data.title}${at(event.data.service, event.data.environment)}`;
    case 'maintenance.created':
      return `${who} planned the ${quiet(event.data.definition)}`;
    case 'maintenance.changed':
      return `${who} changed the ${quiet(event.data.to)}`;
    case 'maintenance.ended':
      return isPerson ? `${who} ended “${event.data.name}”` : `“${event.data.name}” is over`;
    case 'configuration.rulesSaved':
      return `${who} saved version ${event.data.after} of the rules`;
    case 'configuration.servicesChanged':
      return `${who} changed the service catalogue: ${event.data.added} added, ${event.data.changed} changed, ${event.data.removed} removed`;
    case 'configuration.changed':
    case 'access.granted':
    case 'access.refused':
    case 'access.ended':
      return summariseFurther(event);
    default:
      return summariseIncident(event, context);
  }
}

/** Of its own, or taken out of another. */
function reported(who: string, { severity, explanation }: EventData['incident.opened']): string {
  if (explanation?.outcome !== 'split') return `${who} reported the incident (${severity})`;
  const { fromIncidentId: from } = explanation;
  return `${who} split the incident off${from === undefined ? '' : ` ${incidentReference(from)}`}`;
}

type IncidentEvent = Extract<LogEvent, { readonly kind: `incident.${string}` }>;

function summariseIncident(event: IncidentEvent, context: SummaryContext): string {
  const who = event.actor.name;
  const isPerson = event.actor.kind === 'person';
  const alert = alertOf(context);
  switch (event.kind) {
    case 'incident.opened':
      if (isPerson) return reported(who, event.data);
      return `The incident opened (${event.data.severity})`;
    case 'incident.alertJoined':
      return `${alert} joined${because(event.data.explanation)}`;
    case 'incident.alertLeft':
      return `${alert} moved to ${incidentReference(event.data.toIncidentId)}`;
    case 'incident.changeFound':
      return `Change: ${event.data.title}${at(event.data.service, event.data.environment)}`;
    case 'incident.acknowledged':
      return `${who} acknowledged the incident`;
    case 'incident.unacknowledged':
      return `The acknowledgement was taken back: ${event.data.reason}`;
    case 'incident.assigned':
      return assigned(who, event.data.from, event.data.to);
    case 'incident.severityChanged':
      return isPerson
        ? `${who} changed the severity from ${event.data.from} to ${event.data.to}`
        : `The severity went from ${event.data.from} to ${event.data.to}`;
    case 'incident.noteAdded':
      return `${who} added a note`;
    case 'incident.mitigated':
      return `${who} mitigated the incident`;
    case 'incident.resolved':
      return resolvedBy(who, event.data.reason);
    case 'incident.reopened':
      return event.data.reason === 'person' ? `${who} reopened the incident` : 'Reopened: an alert fired again';
    case 'incident.closed':
      return `${who} closed the incident`;
    case 'incident.dismissed':
      return `${who} dismissed the incident as ${event.data.reason.replaceAll('_', ' ')}`;
    case 'incident.merged':
      return `${who} merged the incident into ${incidentReference(event.data.intoIncidentId)}`;
    case 'incident.absorbed':
      return `${who} merged ${incidentReference(event.data.fromIncidentId)} into this incident (${alerts(event.data.alertCount)})`;
    case 'incident.unmerged':
      return `${who} took the merge into ${incidentReference(event.data.fromIncidentId)} back`;
    case 'incident.released':
      return `${who} took the merge of ${incidentReference(event.data.incidentId)} back (${alerts(event.data.alertCount)})`;
    default:
      return summariseFurther(event);
  }
}

function resolvedBy(who: string, reason: EventData['incident.resolved']['reason']): string {
  if (reason === 'person') return `${who} resolved the incident`;
  return reason === 'emptied'
    ? 'Resolved: its last alert went to another incident'
    : 'Resolved: all its alerts have ended';
}

function quiet({ kind, name }: { readonly kind: 'window' | 'silence'; readonly name: string }): string {
  return `${kind === 'silence' ? 'silence' : 'maintenance window'} “${name}”`;
}

const resolvedWhy = {
  sender: '',
  stale: ': its sender stopped mentioning it',
  superseded: ': the same condition fired again',
  person: ' by hand',
} as const;

const vanishedWhy = {
  silenced: 'is silenced at its sender',
  inhibited: 'is inhibited at its sender',
  missing: 'is no longer among the alerts of its sender, which told no end',
} as const;

function alertOf({ alert }: SummaryContext): string {
  return alert === null ? 'An alert' : `${alert.title} (${alert.severity})`;
}

function titleOf({ alert }: SummaryContext): string {
  return alert === null ? 'An alert' : alert.title;
}

function alerts(count: number): string {
  return `${count} ${count === 1 ? 'alert' : 'alerts'}`;
}

function total(counts: readonly { readonly count: number }[]): string {
  return alerts(counts.reduce((sum, { count }) => sum + count, 0));
}

function at(service: string | null, environment: string | null): string {
  return (service === null ? '' : ` on ${service}`) + (environment === null ? '' : ` in ${environment}`);
}

/** The reason that fits behind a colon; the explanation's own sentence is shown with it, in full. */
function because(explanation: Explanation | undefined): string {
  if (explanation === undefined) return '';
  const { service, environment } = explanation.values;
  if (service !== undefined) return `: same service ${service}${environment === undefined ? '' : ` in ${environment}`}`;
  return explanation.key === '' ? '' : `: same ${explanation.key}`;
}

function assigned(who: string, from: string | null, to: string | null): string {
  if (to === null) return `${who} took the assignment from ${from ?? 'nobody'}`;
  if (to === who) return `${who} took the incident`;
  return `${who} assigned the incident to ${to}`;
}
