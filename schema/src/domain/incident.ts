import type { Severity } from './severity.js';
import type { Actor } from './event.js';

export const incidentPhases = [
  'detected',
  'triaged',
  'acknowledged',
  'mitigated',
  'resolved',
  'closed',
  'merged',
  'dismissed',
] as const;
export type IncidentPhase = (typeof incidentPhases)[number];

/** Phases in which somebody may still have to act. */
export const openPhases = [
  'detected',
  'triaged',
  'acknowledged',
  'mitigated',
] as const satisfies readonly IncidentPhase[];
export function isOpenPhase(phase: IncidentPhase): boolean {
  return (openPhases as readonly IncidentPhase[]).includes(phase);
}

export const incidentTypes = ['operational', 'security', 'customer_service'] as const;
export type IncidentType = (typeof incidentTypes)[number];

export const dismissReasons = ['false_alarm', 'duplicate', 'expected_maintenance', 'test', 'not_actionable'] as const;
export type DismissReason = (typeof dismissReasons)[number];

/** What people work on. Times are epoch milliseconds. */
export interface Incident {
  /** Also its number: INC-<id>. */
  readonly id: number;
  /** Moves with every command; a stale writer is refused by it. */
  readonly version: number;
  readonly title: string;
  readonly description: string | null;
  readonly type: IncidentType;
  readonly severity: Severity;
  /** A person set it: the sender's no longer overrides it. */
  readonly severityIsManual: boolean;
  readonly phase: IncidentPhase;
  readonly services: readonly string[];
  readonly environment: string | null;
  readonly team: string | null;
  readonly assignee: string | null;
  readonly reporter: string | null;
  /** Null for what people reported by hand. */
  readonly correlationKey: string | null;
  readonly impactStartedAt: number;
  readonly openedAt: number;
  /** First human acknowledge; kept through un-acknowledge and reopening. */
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  /** The severity that was acknowledged: a rise above it un-acknowledges. */
  readonly acknowledgedSeverity: Severity | null;
  readonly mitigatedAt: number | null;
  readonly firstResolvedAt: number | null;
  /** Null again after a reopen. */
  readonly resolvedAt: number | null;
  readonly resolvedBy: Actor | null;
  readonly closedAt: number | null;
  readonly reopenedCount: number;
  readonly dismissReason: DismissReason | null;
  readonly mergedInto: number | null;
  readonly updatedAt: number;
}

/** `INC-12` */
export function incidentReference(id: number): string {
  return `INC-${id}`;
}
