import type { EventKind } from '../domain/event.js';

/** What of the log the API shows as events; `alerts.received` shows as deliveries, `change.received` as `incident.changeFound`. */
export type ShownEventKind = Exclude<EventKind, 'alerts.received' | 'change.received'>;

/** A record, so that the compiler misses a kind that was forgotten. */
const shown: Readonly<Record<ShownEventKind, true>> = {
  'alert.opened': true,
  'alert.changed': true,
  'alert.resolved': true,
  'alert.superseded': true,
  'alert.stale': true,
  'alert.flapping': true,
  'alert.vanished': true,
  'alert.reappeared': true,
  'alert.suppressed': true,
  'alert.surfaced': true,
  'incident.opened': true,
  'incident.alertJoined': true,
  'incident.alertLeft': true,
  'incident.changeFound': true,
  'incident.acknowledged': true,
  'incident.unacknowledged': true,
  'incident.assigned': true,
  'incident.severityChanged': true,
  'incident.noteAdded': true,
  'incident.mitigated': true,
  'incident.resolved': true,
  'incident.reopened': true,
  'incident.closed': true,
  'incident.dismissed': true,
  'incident.merged': true,
  'incident.absorbed': true,
  'incident.unmerged': true,
  'incident.released': true,
  'maintenance.created': true,
  'maintenance.changed': true,
  'maintenance.ended': true,
  'configuration.servicesChanged': true,
  'configuration.rulesSaved': true,
};

export const eventKinds: readonly string[] = Object.keys(shown);
