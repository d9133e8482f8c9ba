import type { EventKind } from '../domain/event.js';

/** What of the log the API shows as events; `alerts.received` is bookkeeping and shows as deliveries. */
export type ShownEventKind = Exclude<EventKind, 'alerts.received'>;

/** A record, so that the compiler misses a kind that was forgotten. */
const shown: Readonly<Record<ShownEventKind, true>> = {
  'alert.opened': true,
  'alert.changed': true,
  'alert.resolved': true,
  'alert.superseded': true,
  'alert.stale': true,
  'incident.opened': true,
  'incident.alertJoined': true,
  'incident.alertLeft': true,
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
};

export const eventKinds: readonly string[] = Object.keys(shown);
