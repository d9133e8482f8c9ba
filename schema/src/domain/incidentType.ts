import type { IncidentRole } from './incidentRole.js';
import type { Severity } from './severity.js';
import type { Workflow } from './workflow.js';

export const fieldKinds = ['text', 'number', 'choice', 'date', 'person', 'link'] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** A value as it is kept: trimmed text, number, ISO date, handle, http(s) link. */
export type FieldValue = string | number | null;

export interface CustomField {
  readonly key: string;
  readonly title: string;
  readonly kind: FieldKind;
  readonly choices: readonly string[];
  /** In the report template, in this order; null: not asked for when reporting. */
  readonly reportOrder: number | null;
  readonly isRequiredInReport: boolean;
}

export interface RoleRequirement {
  readonly role: IncidentRole;
  /** At this severity or worse; null: never. */
  readonly requiredFrom: Severity | null;
  readonly checklist: readonly { readonly key: string; readonly text: string }[];
}

export interface ClosingRequirement {
  /** A published review at this severity or worse; null: never. */
  readonly reviewFrom: Severity | null;
  readonly openTasks: 'allowed' | 'refused';
  /** Keys of fields that must have a value. */
  readonly fields: readonly string[];
}

/** One version of a type. */
export interface IncidentTypeDefinition {
  readonly workflow: Workflow;
  readonly fields: readonly CustomField[];
  readonly roles: readonly RoleRequirement[];
  readonly defaultSeverity: Severity;
  readonly closing: ClosingRequirement;
  /** Public and internal updates of it are approved by another before they go out. */
  readonly updatesNeedApproval: boolean;
}

export interface IncidentType {
  readonly key: string;
  readonly title: string;
  readonly isRestricted: boolean;
  readonly isArchived: boolean;
  readonly version: number;
}

export const typeLimits = { types: 50, statuses: 30, transitions: 200, fields: 50, choices: 100, items: 50 } as const;
