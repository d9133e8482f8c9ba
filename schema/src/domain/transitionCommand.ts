import type { Explanation } from './correlation.js';
import type { DismissReason, Incident } from './incident.js';
import type { Level } from './priority.js';
import type { Severity } from './severity.js';
import type { EditedFields } from './transitionEdit.js';
import type { PhaseCommand } from './workflow.js';

/** What a person reports. `impactStartedAt` is epoch milliseconds. */
export interface IncidentReport {
  readonly title: string;
  readonly description: string | null;
  readonly severity: Severity;
  /** Key of a type. */
  readonly type: string;
  readonly services: readonly string[];
  readonly environment: string | null;
  readonly team: string | null;
  readonly impactStartedAt: number;
  readonly impact?: Level | null;
  readonly urgency?: Level | null;
  readonly customFields?: Incident['customFields'];
  readonly tags?: readonly string[];
  readonly isRestricted?: boolean;
  readonly assignee?: string | null;
}

export type IncidentCommand =
  | { readonly type: 'acknowledge' }
  | { readonly type: 'assign'; readonly assignee: string | null }
  | { readonly type: 'changeSeverity'; readonly severity: Severity }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'triage' }
  /** Nobody seems to work on it any more. */
  | { readonly type: 'unacknowledge'; readonly reason: string }
  /** To a status of the workflow, by the command into its phase where that changes. */
  | { readonly type: 'changeStatus'; readonly status: string; readonly by: PhaseCommand | null }
  | { readonly type: 'edit'; readonly fields: EditedFields }
  | { readonly type: 'changeType'; readonly key: string; readonly version: number; readonly status: string }
  | { readonly type: 'mitigate' }
  | { readonly type: 'resolve' }
  | { readonly type: 'reopen' }
  | { readonly type: 'close' }
  | { readonly type: 'dismiss'; readonly reason: DismissReason; readonly comment: string | null }
  | { readonly type: 'mergeInto'; readonly incidentId: number }
  /** A merge is taken back: it goes on where it stood. */
  | { readonly type: 'unmerge' }
  /** Its alerts ended, at `endedAt`, and the quiet period passed. */
  | { readonly type: 'autoResolve'; readonly endedAt: number }
  /** Its last alert went to another incident, and nobody reported it: nothing is left to work on. */
  | { readonly type: 'resolveEmptied' }
  /** An alert fired again soon after the end. */
  | { readonly type: 'fireAgain'; readonly explanation: Explanation }
  /** An alert of this severity is part of it now. */
  | { readonly type: 'alertSeverity'; readonly severity: Severity };
