import type { PermissionName, Viewer } from './viewer.ts';
import { mayOf } from './viewer.ts';

/** What somebody who was given the incident may do on it, whatever their role. */
const engagedMay: ReadonlySet<PermissionName> = new Set<PermissionName>([
  'Mutation.acknowledgeIncident',
  'Mutation.addIncidentNote',
  'Mutation.mitigateIncident',
  'Mutation.resolveIncident',
]);

/** What whoever reported the incident may do on it. */
const reporterMay: ReadonlySet<PermissionName> = new Set<PermissionName>([
  'Mutation.addIncidentNote',
  'Mutation.reopenIncident',
]);

interface Concerned {
  readonly assignee: string | null;
  readonly reporter?: string | null;
}

/** Whether to offer it on this incident: by role, or because the viewer works on it or reported it. */
export function mayOnIncident(viewer: Viewer, permission: PermissionName, incident: Concerned): boolean {
  if (mayOf(viewer)(permission)) return true;
  const { handle } = viewer.person;
  if (incident.assignee === handle) return engagedMay.has(permission);
  return incident.reporter === handle && reporterMay.has(permission);
}
