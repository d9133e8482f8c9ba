import type { Severity } from './severity.js';
import type { Actor } from './event.js';
import type { FieldValue } from './incidentType.js';
import type { Level, Priority } from './priority.js';

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
  /** Key of a type. */
  readonly type: string;
  /** Of the type's definition; it keeps the one that it began with. */
  readonly typeVersion: number;
  readonly severity: Severity;
  /** A person set it: the sender's no longer overrides it. */
  readonly severityIsManual: boolean;
  readonly phase: IncidentPhase;
  /** Key of a status of the type's workflow; after a change of phase the row's writer moves it along. */
  readonly status: string;
  /** Null: follows from the severity. */
  readonly impact: Level | null;
  readonly urgency: Level | null;
  /** Follows from impact, urgency and the matrix when the row is written. */
  readonly priority: Priority;
  readonly customFields: Readonly<Record<string, FieldValue>>;
  readonly tags: readonly string[];
  /** Only who takes part, the team and managers see it. */
  readonly isRestricted: boolean;
  /** What a person who works on it did last; un-acknowledging counts from here. */
  readonly touchedAt: number | null;
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
