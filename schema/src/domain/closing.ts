import type { IncidentRole } from './incidentRole.js';
import type { FieldValue, IncidentTypeDefinition } from './incidentType.js';
import { isMoreSevere, type Severity } from './severity.js';

/** What closing looks at beside the incident's row. */
export interface ClosingFacts {
  readonly hasPublishedReview: boolean;
  readonly openTasks: number;
  /** Roles that the type requires at this severity and nobody holds. */
  readonly missingRoles: readonly IncidentRole[];
  /** Items of the checklists of required roles that nobody ticked. */
  readonly uncheckedItems: number;
}

/** At least as bad as the limit; a limit of null is never reached. */
export function reaches(severity: Severity, limit: Severity | null): boolean {
  return limit !== null && !isMoreSevere(limit, severity);
}

/** What keeps an incident from being closed, one sentence each. */
export function closingObstacles(
  { closing, fields }: IncidentTypeDefinition,
  incident: { readonly severity: Severity; readonly customFields: Readonly<Record<string, FieldValue>> },
  facts: ClosingFacts,
): readonly string[] {
  const obstacles: string[] = [];
  if (reaches(incident.severity, closing.reviewFrom) && !facts.hasPublishedReview) {
    obstacles.push(`A ${incident.severity} incident is closed once its review is published.`);
  }
  if (closing.openTasks === 'refused' && facts.openTasks > 0) {
    obstacles.push(facts.openTasks === 1 ? 'One task is still open.' : `${facts.openTasks} tasks are still open.`);
  }
  for (const role of facts.missingRoles) obstacles.push(`Nobody is ${role}: assign the role first.`);
  if (facts.uncheckedItems > 0) {
    const items = facts.uncheckedItems === 1 ? 'One item is' : `${facts.uncheckedItems} items are`;
    obstacles.push(`${items} not ticked on the checklists of required roles.`);
  }
  for (const key of closing.fields) {
    const value = incident.customFields[key];
    if (value == null || value === '') {
      obstacles.push(`${fields.find((field) => field.key === key)?.title ?? key} has no value yet.`);
    }
  }
  return obstacles;
}
