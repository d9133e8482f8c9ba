import type { IncidentRole } from '../incidentRole.js';
import type { Level, Priority } from '../priority.js';

/** Status, priority, fields, roles, automation. */
export interface TypeEvents {
  'incident.triaged': Record<never, never>;
  'incident.statusChanged': { readonly from: string; readonly to: string };
  'incident.typeChanged': { readonly from: string; readonly to: string; readonly version: number };
  'incident.priorityChanged': {
    readonly from: Priority;
    readonly to: Priority;
    readonly impact: Level | null;
    readonly urgency: Level | null;
  };
  /** title, description, services, environment, team, tags, impactStartedAt, restricted and `fields.<key>`. */
  'incident.edited': {
    readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  };
  'incident.roleAssigned': { readonly role: IncidentRole; readonly handle: string };
  'incident.roleRemoved': { readonly role: IncidentRole; readonly handle: string };
  'incident.checklistTicked': { readonly role: IncidentRole; readonly item: string; readonly isTicked: boolean };
  'incident.automated': {
    readonly runId: number;
    readonly ruleId: number;
    readonly rule: string;
    readonly state: 'done' | 'failed' | 'refused';
    readonly results: readonly { readonly action: string; readonly outcome: string }[];
  };
}
