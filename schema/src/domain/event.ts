import type { Explanation } from './correlation.js';
import type { Severity } from './severity.js';
import type { IncidentPhase, DismissReason } from './incident.js';
import type { ResolveReason, VanishReason } from './alert.js';
import type { MaintenanceDefinition } from './maintenance.js';
import type { NotifyEvents } from './events/notify.js';
import type { OnCallEvents } from './events/onCall.js';
import type { PeopleEvents } from './events/people.js';
import type { ReviewEvents } from './events/review.js';
import type { TypeEvents } from './events/types.js';
import type { WorkEvents } from './events/work.js';

export type Actor =
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'sender'; readonly name: string }
  | {
      readonly kind: 'person';
      /** The handle. */
      readonly name: string;
      /** With what they acted, where it was an API token. */
      readonly tokenId?: number | null;
      readonly address?: string | null;
    };

/** What one batch received, summed over equal dimensions. Kept in the log so that the noise funnel can be rebuilt from it. */
export interface ReceivedCount {
  readonly integrationId: number;
  readonly source: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly severity: Severity;
  readonly outcome: ReceivedOutcome;
  readonly count: number;
}

export const receivedOutcomes = [
  'opened',
  'suppressed',
  'repeated',
  'changed',
  'superseded',
  'stale',
  'resolved',
  'ignored',
  'test',
  'deadLettered',
] as const;
export type ReceivedOutcome = (typeof receivedOutcomes)[number];

/** The log's vocabulary: kind → the shape of its `data`. */
export interface EventData extends PeopleEvents, OnCallEvents, NotifyEvents, TypeEvents, WorkEvents, ReviewEvents {
  'alerts.received': { readonly counts: readonly ReceivedCount[] };
  /** A deploy or another change was told; it belongs to no incident until somebody looks for causes. */
  'change.received': {
    readonly changeId: number;
    /** Missing in events of older versions. */
    readonly integrationId?: number;
    readonly title: string;
    readonly service: string | null;
    readonly environment: string | null;
  };
  'alert.opened': {
    readonly title: string;
    readonly severity: Severity;
    readonly service: string | null;
    readonly environment: string | null;
    readonly startsAt: number;
    /**
     * How it came to the incident of the event; the alert's explanation says why. Missing in events of older versions,
     * where `incident.alertJoined` beside it told.
     */
    readonly outcome?: Explanation['outcome'];
    readonly ruleId?: string;
    readonly ruleVersion?: number;
  };
  'alert.changed': {
    readonly severity?: { readonly from: Severity; readonly to: Severity };
    readonly annotations?: readonly string[];
  };
  'alert.resolved': { readonly endsAt: number; readonly reason: ResolveReason };
  'alert.superseded': { readonly endsAt: number };
  'alert.stale': { readonly lastReceivedAt: number };
  /** It has fired so often within that time. */
  'alert.flapping': { readonly episodes: number; readonly withinSeconds: number };
  /** Its sender's own list shows it no longer, or as kept quiet there. */
  'alert.vanished': { readonly reason: VanishReason };
  /** Its sender's own list shows it again. */
  'alert.reappeared': Record<never, never>;
  /** A maintenance window or a silence keeps it quiet from now on. */
  'alert.suppressed': { readonly windowId: number; readonly name: string; readonly until: number };
  /** Nothing keeps it quiet any more, and it still fires. */
  'alert.surfaced': { readonly windowId: number; readonly name: string };
  'incident.opened': { readonly title: string; readonly severity: Severity; readonly explanation?: Explanation };
  /** By a person's move; an alert that correlation placed says so in `alert.opened`. */
  'incident.alertJoined': { readonly explanation: Explanation };
  'incident.alertLeft': { readonly toIncidentId: number };
  /** A deploy or another change that may have to do with it, at the time it was done. */
  'incident.changeFound': {
    readonly changeId: number;
    readonly title: string;
    readonly service: string | null;
    readonly environment: string | null;
    readonly reason: string;
  };
  'incident.acknowledged': Record<never, never>;
  'incident.unacknowledged': { readonly reason: string };
  'incident.assigned': { readonly from: string | null; readonly to: string | null };
  'incident.severityChanged': { readonly from: Severity; readonly to: Severity };
  'incident.noteAdded': { readonly text: string; readonly noteId?: number; readonly mentions?: readonly string[] };
  'incident.mitigated': Record<never, never>;
  'incident.resolved': { readonly from: IncidentPhase; readonly reason: 'person' | 'allAlertsResolved' | 'emptied' };
  'incident.reopened': { readonly reason: 'person' | 'alertFiredAgain'; readonly explanation?: Explanation };
  'incident.closed': Record<never, never>;
  'incident.dismissed': { readonly reason: DismissReason; readonly comment: string | null };
  /** On the incident that ends. */
  'incident.merged': { readonly intoIncidentId: number };
  /** On the incident that goes on. */
  'incident.absorbed': { readonly fromIncidentId: number; readonly alertCount: number };
  /** On the incident that goes on by itself again. */
  'incident.unmerged': { readonly fromIncidentId: number };
  /** On the incident that it leaves. */
  'incident.released': { readonly incidentId: number; readonly alertCount: number };
  'maintenance.created': {
    readonly windowId: number;
    readonly version: number;
    readonly definition: MaintenanceDefinition;
  };
  'maintenance.changed': {
    readonly windowId: number;
    readonly version: number;
    readonly from: MaintenanceDefinition;
    readonly to: MaintenanceDefinition;
  };
  'maintenance.ended': { readonly windowId: number; readonly version: number; readonly name: string };
  /** `names` are the first fifty. */
  'configuration.servicesChanged': {
    readonly version: number;
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly names: readonly string[];
    /** What the catalogue states of the first fifty, by name; events of early versions lack both. */
    readonly before?: Readonly<Record<string, unknown>>;
    readonly after?: Readonly<Record<string, unknown>>;
  };
  /** The rules have another version. Before the first there is version 0, without rules. */
  'configuration.rulesSaved': { readonly before: number; readonly after: number; readonly comment: string | null };
}
export type EventKind = keyof EventData;

/** An event to be appended. `occurredAt` is epoch milliseconds. */
export type NewEvent = {
  [K in EventKind]: {
    readonly kind: K;
    readonly incidentId: number | null;
    readonly alertId: number | null;
    readonly actor: Actor;
    readonly occurredAt: number;
    readonly data: EventData[K];
  };
}[EventKind];

/** Where a reader stands in the log: the transaction and the row within. Both are decimal strings (64 bit). */
export interface LogCursor {
  readonly xid: string;
  readonly position: string;
}

export type LogEvent = NewEvent & { readonly cursor: LogCursor; readonly recordedAt: number };

export const startOfLog: LogCursor = { xid: '0', position: '0' };

export function compareCursors(a: LogCursor, b: LogCursor): number {
  const byXid = BigInt(a.xid) - BigInt(b.xid);
  const order = byXid === 0n ? BigInt(a.position) - BigInt(b.position) : byXid;
  return order < 0n ? -1 : order > 0n ? 1 : 0;
}

/** The opaque text of a cursor, as GraphQL hands it out. */
export function encodeCursor(cursor: LogCursor): string {
  return `${cursor.xid}_${cursor.position}`;
}

/** The cursor of an opaque text, or null where it is none of ours. */
export function decodeCursor(text: string): LogCursor | null {
  const match = /^(\d{1,20})_(\d{1,19})$/.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined ? { xid: match[1], position: match[2] } : null;
}
